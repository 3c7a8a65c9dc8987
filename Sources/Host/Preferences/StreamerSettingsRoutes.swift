import Hummingbird
import WidgetAPI

/// What a streamer has chosen for their dashboard, over HTTP.
struct StreamerSettingsRoutes: Sendable {
    let sessions: SessionStore
    let settings: StreamerSettingsStore

    /// Written as `GET /api/settings`.
    func get(_ request: Request) async throws -> Response {
        let session = try await sessions.requiredSession(of: request)
        guard let settings = try await settings.settings(in: session.scope) else { throw ObjectError.unknown }
        return Replies.data(settings.json)
    }

    /// `PUT /api/settings`: all of it or nothing; what is absent stays.
    func put(_ request: Request) async throws -> Response {
        let body = try await RequestBody(request)
        let session = try await sessions.changingSession(of: request)
        let members = try body.members()
        let changed = try await settings.change(in: session.scope) { before in try before.changed(by: members) }
        guard let changed else { throw ObjectError.unknown }
        return Replies.data(changed.json)
    }
}
