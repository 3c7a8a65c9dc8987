import HTTPTypes
import Hummingbird
import Logging

/// Notes every request of a session that has changed something.
struct Auditing: RouterMiddleware {
    typealias Context = HostRequestContext

    let sessions: SessionStore
    let audit: AuditLog
    let logger: Logger

    /// What is a row of the log itself needs no second one.
    private static let elsewhere = ["/api/events/", "/api/alerts/", "/api/webhooks/"]

    func handle(
        _ request: Request,
        context: HostRequestContext,
        next: (Request, HostRequestContext) async throws -> Response
    ) async throws -> Response {
        let route = context.route
        guard request.method != .get, route.hasPrefix("/api/"), !Self.elsewhere.contains(where: route.hasPrefix) else {
            return try await next(request, context)
        }
        // The request may end the session.
        let session = try await sessions.session(of: request)
        let response = try await next(request, context)
        if let session, response.status.code < 400 { await note(request, context, for: session) }
        return response
    }

    private func note(_ request: Request, _ context: HostRequestContext, for session: Session) async {
        let object = context.parameters.first { $0.key.hasSuffix("Id") || $0.key == "platform" }
        do {
            try await audit.note(
                "\(request.method.rawValue) \(context.route)",
                of: object.map { String($0.value) },
                from: context.visitor.address?.description ?? "",
                in: session.scope
            )
        } catch {
            // After an account's deletion there is nobody left to note it for; the change itself stands in any case.
            logger.debug("a change was not noted", metadata: ["reason": "\(error)"])
        }
    }
}
