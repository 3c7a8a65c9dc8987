import Hummingbird
import WidgetAPI

/// How a streamer's widgets fare, and another start for one that has stopped.
struct HealthRoutes: Sendable {
    let sessions: SessionStore
    let layouts: LayoutStore
    let runtimes: TenantRuntimes
    let objects: ObjectDirectory

    /// Written as `GET /api/widgets/{widgetId}/health`.
    func health(_ request: Request, _ context: some RequestContext) async throws -> Response {
        let session = try await sessions.requiredSession(of: request)
        let id = try await widget(context, in: session.scope)
        return try await reply(runtimes.health(of: id, in: session.scope))
    }

    /// `POST /api/widgets/{widgetId}/restart`: answered with how it fares then.
    func restart(_ request: Request, _ context: some RequestContext) async throws -> Response {
        let session = try await sessions.changingSession(of: request)
        let id = try await widget(context, in: session.scope)
        return try await reply(runtimes.restart(id, in: session.scope))
    }

    private func reply(_ health: WidgetHealth?) throws -> Response {
        // On a layout, but not on air yet: what it is asked about is about to begin.
        guard let health else { throw WidgetHealthUnavailable() }
        return Replies.data(health.json)
    }

    private func widget(_ context: some RequestContext, in scope: TenantScope) async throws -> PlacedWidget.ID {
        let id = context.parameters.get("widgetId") ?? ""
        let all = try await layouts.stages(in: scope).flatMap(\.layout.widgets)
        if let widget = all.first(where: { $0.id.text == id }) { return widget.id }
        throw try await objects.refusal(of: id, in: scope)
    }
}
