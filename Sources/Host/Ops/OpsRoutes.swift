import Hummingbird
import WidgetAPI

/// What operators and their tools ask.
struct OpsRoutes: Sendable {
    let database: any Database
    let log: EventLog

    /// `GET /health`: 200 once ready, 503 while storage is away.
    func health() async -> Response {
        do {
            _ = try await database.hostRead { try $0.rows("SELECT 1", []) }
            guard await !log.isStorageAway else {
                return Replies.failure(.unavailable, "Events cannot be stored right now.")
            }
            return Replies.json(["status": "ok"])
        } catch {
            return Replies.failure(.unavailable, "Storage is not available right now.")
        }
    }
}
