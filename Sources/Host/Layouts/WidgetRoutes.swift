import Hummingbird
import WidgetAPI

/// The widgets on a streamer's layouts, and the types there are, over HTTP.
struct WidgetRoutes: Sendable {
    let sessions: SessionStore
    let owned: OwnedLayouts

    private var catalogue: WidgetCatalogue { owned.catalogue }
    private var json: LayoutJSON { LayoutJSON(catalogue: catalogue) }

    /// Written as `GET /api/widgets?layoutId=`, the default layout's without an id.
    func list(_ request: Request) async throws -> Response {
        let session = try await sessions.requiredSession(of: request)
        let layout = try await owned.layout(request.uri.queryParameters.get("layoutId"), in: session.scope)
        return try ListPage(request).reply(layout.widgets) { json.widget($0, on: layout) }
    }

    /// Written as `POST /api/widgets`, on the layout that the query or the body names, else on the default one.
    func add(_ request: Request) async throws -> Response {
        let body = try await RequestBody(request)
        let session = try await sessions.changingSession(of: request)
        let query = request.uri.queryParameters.get("layoutId")
        if let query { _ = try await owned.layout(query, in: session.scope) }
        let members = try body.members()
        let edit = LayoutEdit.WidgetEdit(members)
        let wish = try query ?? members.text("layoutId", 1...64)
        // What is wrong anywhere is wrong here too, and that is said before anything about the layout that was named.
        _ = try edit.new(on: try await owned.layout(nil, in: session.scope).emptied, catalogue)
        let before = try await owned.layout(wish, in: session.scope)
        let id = PlacedWidget.ID(UUIDv7.make())
        try await owned.change(before.id, in: session.scope) { found throws -> Layout in
            var layout = found.layout
            var widget = try edit.new(on: layout, catalogue)
            widget.id = id
            layout.widgets.append(widget)
            return layout
        }
        let after = try await owned.layout(before.id.text, in: session.scope)
        guard let added = after.widgets.first(where: { $0.id == id }) else { throw ObjectError.unknown }
        return Replies.data(json.widget(added, on: after), status: .created)
    }

    /// Written as `GET /api/widgets/{widgetId}`.
    func get(_ request: Request, _ context: some RequestContext) async throws -> Response {
        let session = try await sessions.requiredSession(of: request)
        let (widget, layout) = try await owned.widget(Self.id(context), in: session.scope)
        return Replies.data(json.widget(widget, on: layout))
    }

    /// `PUT /api/widgets/{widgetId}`: what is absent stays, a config is replaced whole.
    func put(_ request: Request, _ context: some RequestContext) async throws -> Response {
        let body = try await RequestBody(request)
        let session = try await sessions.changingSession(of: request)
        let (widget, layout) = try await owned.widget(Self.id(context), in: session.scope)
        let edit = LayoutEdit.WidgetEdit(try body.members())
        try await owned.change(layout.id, in: session.scope) { found throws -> Layout in
            var layout = found.layout
            guard let index = layout.widgets.firstIndex(where: { $0.id == widget.id }) else {
                throw ObjectError.unknown
            }
            layout.widgets[index] = try edit.applied(to: layout.widgets[index], catalogue)
            try edit.checkIdentity(widget.id)
            try edit.checkLayout(layout.id)
            return layout
        }
        let (changed, now) = try await owned.widget(widget.id.text, in: session.scope)
        return Replies.data(json.widget(changed, on: now))
    }

    /// Written as `DELETE /api/widgets/{widgetId}`.
    func remove(_ request: Request, _ context: some RequestContext) async throws -> Response {
        let session = try await sessions.changingSession(of: request)
        let (widget, layout) = try await owned.widget(Self.id(context), in: session.scope)
        try await owned.change(layout.id, in: session.scope) { found in
            var layout = found.layout
            layout.widgets.removeAll { $0.id == widget.id }
            return layout
        }
        return Replies.noContent
    }

    /// Written as `GET /api/widget-types`.
    func types(_ request: Request) async throws -> Response {
        _ = try await sessions.requiredSession(of: request)
        return try ListPage(request).reply(catalogue.all, json.type)
    }

    private static func id(_ context: some RequestContext) -> String {
        context.parameters.get("widgetId") ?? ""
    }
}
