import Hummingbird
import WidgetAPI

/// The overlay pages of a streamer that are connected, over HTTP.
struct OpenPageRoutes: Sendable {
    let sessions: SessionStore
    let runtimes: TenantRuntimes

    /// Written as `GET /api/overlays`.
    func list(_ request: Request) async throws -> Response {
        let session = try await sessions.requiredSession(of: request)
        let page = try ListPage(request)
        return page.reply(await runtimes.openPages(in: session.scope)) { $0 }
    }
}
