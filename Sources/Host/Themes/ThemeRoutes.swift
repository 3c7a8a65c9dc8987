import HTTPTypes
import Hummingbird
import WidgetAPI

/// A streamer's themes over HTTP; a saved one is on running overlays at once.
struct ThemeRoutes: Sendable {
    let sessions: SessionStore
    let themes: ThemeStore
    let objects: ObjectDirectory
    let log: EventLog
    let now: @Sendable () -> Timestamp

    /// Written as `GET /api/themes`.
    func list(_ request: Request) async throws -> Response {
        let session = try await sessions.requiredSession(of: request)
        let page = try ListPage(request)
        return page.reply(try await themes.themes(in: session.scope), \.json)
    }

    /// `POST /api/themes`: what is not said is as in "Signal".
    func add(_ request: Request) async throws -> Response {
        let body = try await RequestBody(request)
        let session = try await sessions.changingSession(of: request)
        let members = try body.members()
        try members.expectOnly("name", "variables")
        let edit = ThemeEdit(members)
        let name = try members.required("name") { _ throws(InputError) in try edit.name() }
        return try await add(name, try edit.variables(over: .signal), for: session)
    }

    /// `POST /api/themes/import`: a file from anywhere becomes a new theme, or nothing happens.
    func load(_ request: Request) async throws -> Response {
        let body = try await RequestBody(request, limit: ThemeFile.limit)
        let session = try await sessions.changingSession(of: request)
        let file = try ThemeFile(try body.members())
        return try await add(file.name, file.variables, for: session)
    }

    /// Written as `GET /api/themes/{themeId}`.
    func get(_ request: Request, _ context: some RequestContext) async throws -> Response {
        let session = try await sessions.requiredSession(of: request)
        return Replies.data(try await theme(context, in: session.scope).json)
    }

    /// `PUT /api/themes/{themeId}`: what is absent stays.
    func put(_ request: Request, _ context: some RequestContext) async throws -> Response {
        let body = try await RequestBody(request)
        let session = try await sessions.changingSession(of: request)
        let id = try await theme(context, in: session.scope).id
        let members = try body.members()
        try members.expectOnly("name", "variables")
        let edit = ThemeEdit(members)
        try await change(id, in: session.scope) { theme, tenant, sql in
            var theme = theme
            theme.name = try edit.name() ?? theme.name
            theme.variables = try edit.variables(over: theme.variables)
            try ThemeStore.save(theme, of: tenant, sql: sql)
        }
        return Replies.data(try await theme(context, in: session.scope).json)
    }

    /// `DELETE /api/themes/{themeId}`: neither the default one nor one that a layout wears.
    func remove(_ request: Request, _ context: some RequestContext) async throws -> Response {
        let session = try await sessions.changingSession(of: request)
        let id = try await theme(context, in: session.scope).id
        try await change(id, in: session.scope) { theme, tenant, sql in
            try ThemeStore.remove(theme, of: tenant, sql: sql)
        }
        return Replies.noContent
    }

    /// `PUT /api/themes/{themeId}/default`: new layouts wear it; those that there are keep theirs.
    func makeDefault(_ request: Request, _ context: some RequestContext) async throws -> Response {
        let session = try await sessions.changingSession(of: request)
        let id = try await theme(context, in: session.scope).id
        try await change(id, in: session.scope) { theme, tenant, sql in
            try ThemeStore.makeDefault(theme, of: tenant, sql: sql)
        }
        return Replies.data(try await theme(context, in: session.scope).json)
    }

    /// `GET /api/themes/{themeId}/export`: the file itself, which an import takes as it is.
    func export(_ request: Request, _ context: some RequestContext) async throws -> Response {
        let session = try await sessions.requiredSession(of: request)
        let file = ThemeFile(try await theme(context, in: session.scope))
        var response = Replies.json(file.json)
        response.headers[.contentDisposition] = file.disposition
        return response
    }

    // MARK: Steps

    private func theme(_ context: some RequestContext, in scope: TenantScope) async throws -> Theme {
        let id = context.parameters.get("themeId") ?? ""
        if let theme = try await themes.themes(in: scope).first(where: { $0.id.text == id }) { return theme }
        throw try await objects.refusal(of: id, in: scope)
    }

    private func add(_ name: String, _ variables: Theme.Variables, for session: Session) async throws -> Response {
        let (tenant, moment) = (session.tenant, now())
        let theme = Theme(id: Identifier(UUIDv7.make(at: moment)), name: name, variables: variables)
        // Nobody wears it yet, so there is nothing to tell.
        try await themes.database.transaction(in: session.scope) { sql in
            try ThemeStore.add(theme, of: tenant, at: moment, sql: sql)
        }
        return Replies.data(theme.json, status: .created)
    }

    /// Changes a theme as it is at that moment, and tells pages in the same transaction.
    private func change(
        _ id: Identifier<Theme>,
        in scope: TenantScope,
        _ step: @escaping @Sendable (Theme, Tenant.ID, any SQLSession) throws -> Void
    ) async throws {
        let (tenant, moment) = (scope.tenant, now())
        try await log.append(in: scope) { sql in
            let theme = try ThemeStore.themes(of: tenant, sql: sql).first { $0.id == id }
            guard let theme else { throw ObjectError.unknown }
            try step(theme, tenant, sql)
            return [
                EventDraft(
                    id: Event.ID(UUIDv7.make(at: moment)),
                    type: .overlayUpdate,
                    platform: .streamvibes,
                    occurredAt: moment,
                    payload: ["themeId": .string(id.text)]
                )
            ]
        }
    }
}
