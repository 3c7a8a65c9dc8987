import Hummingbird
import WidgetAPI

/// What operators and their tools ask.
struct OpsRoutes: Sendable {
    let database: any Database

    /// `GET /health`: 200 once ready, 503 while storage is away.
    func health() async -> Response {
        do {
            _ = try await database.hostRead { try $0.rows("SELECT 1", []) }
            return Replies.json(["status": "ok"])
        } catch {
            return Replies.failure(.unavailable, "Storage is not available right now.")
        }
    }
}
