import Hummingbird
import WidgetAPI

/// Who may open a streamer's layouts: everybody, or who has the key of one.
struct OverlayKeyRoutes: Sendable {
    let sessions: SessionStore
    let owned: OwnedLayouts
    let keys: OverlayKeyStore

    /// `GET /api/layouts/{layoutId}/key`: `{key,previousEndsAt}`, both `null` for a public layout.
    func get(_ request: Request, _ context: some RequestContext) async throws -> Response {
        let session = try await sessions.requiredSession(of: request)
        let id = try await layout(context, in: session.scope)
        return Replies.data(try await report(on: id, in: session.scope))
    }

    /// `POST /api/layouts/{layoutId}/key`: a new key; a layout that was public is private from now on.
    ///
    /// Pages without a key are sent away when that happens. Pages with a replaced key stay.
    func rotate(_ request: Request, _ context: some RequestContext) async throws -> Response {
        let session = try await sessions.changingSession(of: request)
        let id = try await layout(context, in: session.scope)
        let (key, keys) = (OverlayKey.random(), keys)
        try await owned.manage(id, in: session.scope) { layout, tenant, moment, sql in
            try keys.rotate(to: key, on: layout.id, of: tenant, at: moment, sql: sql)
            return [LayoutStore.updated(layout.id, to: layout.version, at: moment)]
        }
        return Replies.data(try await report(on: id, in: session.scope), status: .created)
    }

    /// `DELETE /api/layouts/{layoutId}/key`: public again; with `?previous=true` only replaced keys end, at once and
    /// with the pages that have them.
    func remove(_ request: Request, _ context: some RequestContext) async throws -> Response {
        let session = try await sessions.changingSession(of: request)
        let id = try await layout(context, in: session.scope)
        let replacedOnly = try Self.flag("previous", of: request)
        try await owned.manage(id, in: session.scope) { layout, tenant, moment, sql in
            try OverlayKeyStore.remove(replacedOnly: replacedOnly, on: layout.id, of: tenant, sql: sql)
            return [LayoutStore.updated(layout.id, to: layout.version, at: moment)]
        }
        return Replies.noContent
    }

    private func layout(_ context: some RequestContext, in scope: TenantScope) async throws -> Layout.ID {
        try await owned.layout(context.parameters.get("layoutId") ?? "", in: scope).id
    }

    private func report(on id: Layout.ID, in scope: TenantScope) async throws -> JSONValue {
        let (tenant, moment, keys) = (scope.tenant, owned.now(), keys)
        let report = try await owned.store.database.read(in: scope) { sql in
            try keys.report(on: id, of: tenant, at: moment, sql: sql)
        }
        return ["key": .optional(report.key?.text), "previousEndsAt": .optional(report.previousEndsAt?.iso8601)]
    }

    /// A choice of yes or no in the address; absent is no.
    static func flag(_ name: String, of request: Request) throws(InputError) -> Bool {
        switch request.uri.queryParameters.get(name) {
        case nil, "false"?: return false
        case "true"?: return true
        case let text?: throw InputError(name, .string(text), wanted: "true or false")
        }
    }
}
