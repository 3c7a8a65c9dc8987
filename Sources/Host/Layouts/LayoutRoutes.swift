import Hummingbird
import WidgetAPI

/// A streamer's layouts and the widgets on them over HTTP.
struct LayoutRoutes: Sendable {
    let sessions: SessionStore
    let layouts: LayoutStore
    let catalogue: WidgetCatalogue
    let objects: ObjectDirectory
    let log: EventLog
    let now: @Sendable () -> Timestamp

    // MARK: Layouts

    /// Written as `GET /api/layouts`.
    func list(_ request: Request) async throws -> Response {
        let session = try await sessions.requiredSession(of: request)
        let page = try ListPage(request)
        return page.reply(try await layouts.stages(in: session.scope).map(\.layout), json)
    }

    /// Written as `GET /api/layouts/{layoutId}`.
    func get(_ request: Request, _ context: some RequestContext) async throws -> Response {
        let session = try await sessions.requiredSession(of: request)
        return Replies.data(json(try await layout(context.parameters.get("layoutId"), in: session.scope)))
    }

    /// `PUT /api/layouts/{layoutId}`: all of it or nothing, and on air at once.
    func put(_ request: Request, _ context: some RequestContext) async throws -> Response {
        let body = try await RequestBody(request)
        let session = try await sessions.changingSession(of: request)
        let id = try await layout(context.parameters.get("layoutId"), in: session.scope).id
        let edit = LayoutEdit(try body.members())
        let version = try edit.version()
        try await change(id, seen: version, in: session.scope) { layout in try edit.applied(to: layout, catalogue) }
        return Replies.data(json(try await layout(id.text, in: session.scope)))
    }

    // MARK: Widgets

    /// Written as `GET /api/widgets?layoutId=`, the default layout's without an id.
    func listWidgets(_ request: Request) async throws -> Response {
        let session = try await sessions.requiredSession(of: request)
        let layout = try await layout(request.uri.queryParameters.get("layoutId"), in: session.scope)
        return try ListPage(request).reply(layout.widgets) { json($0, on: layout) }
    }

    /// Written as `POST /api/widgets`, on the layout that the query or the body names, else on the default one.
    func addWidget(_ request: Request) async throws -> Response {
        let body = try await RequestBody(request)
        let session = try await sessions.changingSession(of: request)
        let query = request.uri.queryParameters.get("layoutId")
        if let query { _ = try await layout(query, in: session.scope) }
        let members = try body.members()
        let edit = LayoutEdit.WidgetEdit(members)
        let wish = try query ?? members.text("layoutId", 1...64)
        // What is wrong anywhere is wrong here too, and that is said before anything about the layout that was named.
        _ = try edit.new(on: try await layout(nil, in: session.scope).emptied, catalogue)
        let before = try await layout(wish, in: session.scope)
        try await change(before.id, in: session.scope) { layout throws -> Layout in
            var layout = layout
            layout.widgets.append(try edit.new(on: layout, catalogue))
            return layout
        }
        let after = try await layout(before.id.text, in: session.scope)
        let known = Set(before.widgets.map(\.id))
        guard let added = after.widgets.last(where: { !known.contains($0.id) }) else { throw ObjectError.unknown }
        return Replies.data(json(added, on: after), status: .created)
    }

    /// Written as `GET /api/widgets/{widgetId}`.
    func getWidget(_ request: Request, _ context: some RequestContext) async throws -> Response {
        let session = try await sessions.requiredSession(of: request)
        let (widget, layout) = try await widget(context, in: session.scope)
        return Replies.data(json(widget, on: layout))
    }

    /// `PUT /api/widgets/{widgetId}`: what is absent stays, a config is replaced whole.
    func putWidget(_ request: Request, _ context: some RequestContext) async throws -> Response {
        let body = try await RequestBody(request)
        let session = try await sessions.changingSession(of: request)
        let (widget, layout) = try await widget(context, in: session.scope)
        let edit = LayoutEdit.WidgetEdit(try body.members())
        try await change(layout.id, in: session.scope) { layout throws -> Layout in
            var layout = layout
            guard let index = layout.widgets.firstIndex(where: { $0.id == widget.id }) else {
                throw ObjectError.unknown
            }
            layout.widgets[index] = try edit.applied(to: layout.widgets[index], catalogue)
            try edit.checkLayout(layout.id)
            return layout
        }
        let (changed, now) = try await self.widget(context, in: session.scope)
        return Replies.data(json(changed, on: now))
    }

    /// Written as `DELETE /api/widgets/{widgetId}`.
    func removeWidget(_ request: Request, _ context: some RequestContext) async throws -> Response {
        let session = try await sessions.changingSession(of: request)
        let (widget, layout) = try await widget(context, in: session.scope)
        try await change(layout.id, in: session.scope) { layout in
            var layout = layout
            layout.widgets.removeAll { $0.id == widget.id }
            return layout
        }
        return Replies.noContent
    }

    // MARK: Catalogue

    /// Written as `GET /api/widget-types`.
    func types(_ request: Request) async throws -> Response {
        _ = try await sessions.requiredSession(of: request)
        return try ListPage(request).reply(catalogue.all, Self.json)
    }

    // MARK: Steps

    private func layout(_ id: String?, in scope: TenantScope) async throws -> Layout {
        let all = try await layouts.stages(in: scope).map(\.layout)
        guard let id else {
            guard let layout = all.first(where: \.isDefault) else { throw ObjectError.unknown }
            return layout
        }
        if let layout = all.first(where: { $0.id.text == id }) { return layout }
        throw try await objects.refusal(of: id)
    }

    private func widget(
        _ context: some RequestContext,
        in scope: TenantScope
    ) async throws -> (PlacedWidget, Layout) {
        let id = context.parameters.get("widgetId") ?? ""
        for layout in try await layouts.stages(in: scope).map(\.layout) {
            if let widget = layout.widgets.first(where: { $0.id.text == id }) { return (widget, layout) }
        }
        throw try await objects.refusal(of: id)
    }

    /// Changes a layout as it is at that moment, with what follows for the log, in one transaction.
    ///
    /// The order of the checks is the contract's: what does not fit, ids of others, conflicts.
    private func change(
        _ id: Layout.ID,
        seen version: Int64? = nil,
        in scope: TenantScope,
        _ edit: @escaping @Sendable (Layout) throws -> Layout
    ) async throws {
        let (tenant, moment) = (scope.tenant, now())
        do {
            try await log.append(in: scope) { sql in
                guard let before = try LayoutStore.layout(id, of: tenant, sql: sql) else { throw ObjectError.unknown }
                let after = try edit(before)
                try after.checkPlaces()
                guard try LayoutStore.hasTheme(after.themeId, of: tenant, sql: sql) else {
                    throw LayoutError.elsewhere(field: "themeId", id: after.themeId.text)
                }
                if let version, version != before.version { throw LayoutError.stale(current: before.version) }
                guard after.widgets.count <= LayoutEdit.widgetsLimit else { throw LayoutError.tooManyWidgets }
                return try LayoutStore.save(after, over: before, of: tenant, at: moment, sql: sql)
            }
        } catch LayoutError.elsewhere(let field, let id) {
            let own = try await layouts.stages(in: scope).flatMap { stage in
                [stage.layout.id.text] + stage.layout.widgets.map(\.id.text)
            }
            guard own.contains(id) else { throw try await objects.refusal(of: id) }
            throw InputError(field, .string(id), wanted: "an id of this layout")
        }
    }

    // MARK: JSON

    private func json(_ layout: Layout) -> JSONValue {
        [
            "id": .string(layout.id.text), "name": .string(layout.name), "isDefault": .bool(layout.isDefault),
            "mode": .string(layout.mode.rawValue),
            "grid": [
                "columns": .integer(layout.grid.columns), "rows": .integer(layout.grid.rows),
                "gap": .integer(layout.grid.gap),
            ],
            "themeId": .string(layout.themeId.text),
            "widgets": .array(layout.widgets.map { json($0, on: layout) }), "version": .integer(layout.version),
            "createdAt": .string(layout.createdAt.iso8601), "updatedAt": .string(layout.updatedAt.iso8601),
        ]
    }

    private func json(_ widget: PlacedWidget, on layout: Layout) -> JSONValue {
        [
            "id": .string(widget.id.text), "layoutId": .string(layout.id.text), "type": .string(widget.type),
            "config": config(of: widget),
            "position": [
                "x": .integer(widget.position.x), "y": .integer(widget.position.y),
                "width": .integer(widget.position.width), "height": .integer(widget.position.height),
            ],
            "zIndex": .integer(widget.zIndex), "visible": .bool(widget.visible), "locked": .bool(widget.locked),
        ]
    }

    /// Complete and of today's version; as it was stored where that cannot be.
    private func config(of widget: PlacedWidget) -> JSONValue {
        guard let kind = catalogue.kind(widget.type), let config = try? widget.settings.current(for: kind) else {
            return widget.settings.config
        }
        return .object(config)
    }

    private static func json(_ kind: any WidgetKind) -> JSONValue {
        let manifest = kind.manifest
        let schema = ConfigSchema(everySettingOf: manifest)
        return [
            "id": .string(manifest.id), "name": .string(manifest.name), "version": .string(manifest.version),
            "kind": .string(kind.language.rawValue), "description": .string(manifest.description),
            "author": .string(manifest.author),
            "icon": .string(manifest.icon), "category": .string(manifest.category.rawValue),
            "defaultSize": [
                "width": .integer(Int64(manifest.defaultSize.width)),
                "height": .integer(Int64(manifest.defaultSize.height)),
            ],
            "configSchema": schema.jsonSchema, "defaults": .object(schema.defaults),
            "events": .array(manifest.events.map { .string($0.text) }),
            "permissions": .array(manifest.permissions.map { .string($0.rawValue) }),
        ]
    }
}
