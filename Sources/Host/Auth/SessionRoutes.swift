import HTTPTypes
import Hummingbird
import WidgetAPI

/// The sessions of a streamer, to be seen and ended.
struct SessionRoutes: Sendable {
    let sessions: SessionStore
    let objects: ObjectDirectory

    /// Written as `GET /api/sessions`.
    func list(_ request: Request) async throws -> Response {
        let session = try await sessions.requiredSession(of: request)
        let page = try ListPage(request)
        return page.reply(try await sessions.sessions(in: session.scope)) { summary in
            [
                "id": .string(summary.id.text), "createdAt": .string(summary.createdAt.iso8601),
                "lastUsedAt": .string(summary.lastUsedAt.iso8601), "expiresAt": .string(summary.expiresAt.iso8601),
                "userAgent": .string(summary.origin.userAgent), "address": .string(summary.origin.address),
                "isCurrent": .bool(summary.id == session.id),
            ]
        }
    }

    /// `DELETE /api/sessions/{sessionId}`: the browser there is signed out at once.
    func end(_ request: Request, _ context: some RequestContext) async throws -> Response {
        _ = try await RequestBody(request)
        let session = try await sessions.changingSession(of: request)
        let id = Session.ID(context.parameters.get("sessionId") ?? "")
        guard try await sessions.end(id, in: session.scope) else {
            throw try await objects.refusal(of: id.text, in: session.scope)
        }
        var response = Replies.noContent
        if id == session.id { response.headers[.setCookie] = sessions.cookie.ending }
        return response
    }
}
