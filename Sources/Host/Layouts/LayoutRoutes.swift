import Hummingbird
import WidgetAPI

/// A streamer's layouts over HTTP: what is on air, and the draft of what will be.
struct LayoutRoutes: Sendable {
    let sessions: SessionStore
    let themes: ThemeStore
    let owned: OwnedLayouts

    private var json: LayoutJSON { LayoutJSON(catalogue: owned.catalogue) }

    /// Written as `GET /api/layouts`.
    func list(_ request: Request) async throws -> Response {
        let session = try await sessions.requiredSession(of: request)
        let page = try ListPage(request)
        return page.reply(try await owned.all(in: session.scope), json.layout)
    }

    /// `POST /api/layouts`: an empty one that wears the default theme, unless the body says more.
    func add(_ request: Request) async throws -> Response {
        let body = try await RequestBody(request)
        let session = try await sessions.changingSession(of: request)
        let members = try body.members()
        try members.expectOnly("name", "mode", "grid", "themeId", "widgets")
        let name = try members.required("name") { name throws(InputError) in
            try members.text(name, 1...Layout.nameLimit)
        }
        let fresh = Self.fresh(name, wearing: try await themes.defaultTheme(in: session.scope).id, at: owned.now())
        let layout = try LayoutEdit(members).applied(to: fresh, owned.catalogue)
        try await owned.add(layout, in: session.scope)
        return Replies.data(json.layout(try await owned.layout(layout.id.text, in: session.scope)), status: .created)
    }

    /// Written as `GET /api/layouts/{layoutId}`.
    func get(_ request: Request, _ context: some RequestContext) async throws -> Response {
        let session = try await sessions.requiredSession(of: request)
        return Replies.data(json.layout(try await layout(context, in: session.scope)))
    }

    /// `PUT /api/layouts/{layoutId}`: all of it or nothing, and on air at once; its draft is gone then.
    func put(_ request: Request, _ context: some RequestContext) async throws -> Response {
        let body = try await RequestBody(request)
        let session = try await sessions.changingSession(of: request)
        let id = try await layout(context, in: session.scope).id
        let edit = LayoutEdit(try body.members())
        let version = try edit.version()
        let catalogue = owned.catalogue
        try await owned.change(id, seen: version, publishing: true, in: session.scope) { before in
            let drafted = before.draft?.widgets.filter { widget in
                !before.layout.widgets.contains { $0.id == widget.id }
            }
            return try edit.applied(to: before.layout, orWith: drafted ?? [], catalogue)
        }
        return Replies.data(json.layout(try await layout(context, in: session.scope)))
    }

    /// `DELETE /api/layouts/{layoutId}`: with its widgets, its draft and its keys; never the last one.
    func remove(_ request: Request, _ context: some RequestContext) async throws -> Response {
        let session = try await sessions.changingSession(of: request)
        let id = try await layout(context, in: session.scope).id
        try await owned.manage(id, in: session.scope) { layout, tenant, moment, sql in
            try LayoutStore.remove(layout, of: tenant, at: moment, sql: sql)
        }
        return Replies.noContent
    }

    /// `POST /api/layouts/{layoutId}/duplicate`: a copy with widgets of its own, public and not the default one.
    func duplicate(_ request: Request, _ context: some RequestContext) async throws -> Response {
        let session = try await sessions.changingSession(of: request)
        let original = try await layout(context, in: session.scope)
        let fresh = Self.fresh("", wearing: original.themeId, at: owned.now()).id
        try await owned.manage(original.id, in: session.scope) { layout, tenant, moment, sql in
            try LayoutStore.add(layout.copy(as: fresh), of: tenant, at: moment, sql: sql)
        }
        return Replies.data(json.layout(try await owned.layout(fresh.text, in: session.scope)), status: .created)
    }

    /// `PUT /api/layouts/{layoutId}/default`: pages that show the default layout show this one at once.
    func makeDefault(_ request: Request, _ context: some RequestContext) async throws -> Response {
        let session = try await sessions.changingSession(of: request)
        let id = try await layout(context, in: session.scope).id
        try await owned.manage(id, in: session.scope) { layout, tenant, moment, sql in
            try LayoutStore.makeDefault(layout, of: tenant, at: moment, sql: sql)
        }
        return Replies.data(json.layout(try await layout(context, in: session.scope)))
    }

    // MARK: Draft

    /// Written as `GET /api/layouts/{layoutId}/draft`.
    ///
    /// With `?orLayout=true` it is the layout itself where there is no draft: all that an editor begins with.
    func draft(_ request: Request, _ context: some RequestContext) async throws -> Response {
        let session = try await sessions.requiredSession(of: request)
        let layout = try await layout(context, in: session.scope)
        let orLayout = try OverlayKeyRoutes.flag("orLayout", of: request)
        if let draft = try await owned.store.draft(of: layout, in: session.scope) {
            return Replies.data(json.layout(draft))
        }
        guard orLayout else { throw LayoutError.noDraft }
        return Replies.data(json.layout(layout))
    }

    /// `PUT /api/layouts/{layoutId}/draft`: the checks of a layout's PUT, and nothing on air.
    ///
    /// What is absent stays as the draft has it, or as the layout has it where there is no draft yet.
    func putDraft(_ request: Request, _ context: some RequestContext) async throws -> Response {
        let body = try await RequestBody(request)
        let session = try await sessions.changingSession(of: request)
        let layout = try await layout(context, in: session.scope)
        let edit = LayoutEdit(try body.members())
        let version = try edit.version()
        let catalogue = owned.catalogue
        try await owned.changeDraft(of: layout.id, seen: version, in: session.scope) { before in
            guard let draft = before.draft else { return try edit.applied(to: before.layout, catalogue) }
            let others = before.layout.widgets.filter { widget in !draft.widgets.contains { $0.id == widget.id } }
            return try edit.applied(to: draft, orWith: others, catalogue)
        }
        return try await self.draft(request, context)
    }

    /// `DELETE /api/layouts/{layoutId}/draft`: what is on air stays.
    func removeDraft(_ request: Request, _ context: some RequestContext) async throws -> Response {
        let session = try await sessions.changingSession(of: request)
        let id = try await layout(context, in: session.scope).id
        try await owned.manage(id, in: session.scope) { layout, tenant, _, sql in
            guard try LayoutStore.removeDraft(of: layout.id, tenant, sql: sql) else { throw LayoutError.noDraft }
            return []
        }
        return Replies.noContent
    }

    // MARK: Steps

    private func layout(_ context: some RequestContext, in scope: TenantScope) async throws -> Layout {
        try await owned.layout(context.parameters.get("layoutId") ?? "", in: scope)
    }

    private static func fresh(_ name: String, wearing theme: Identifier<Theme>, at moment: Timestamp) -> Layout {
        Layout(
            id: Layout.ID(UUIDv7.make(at: moment)),
            name: name,
            isDefault: false,
            mode: .grid,
            grid: .init(),
            themeId: theme,
            version: 0,
            createdAt: moment,
            updatedAt: moment,
            widgets: []
        )
    }
}
