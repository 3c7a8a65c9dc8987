import HTTPTypes
import Hummingbird
import Logging
import WidgetAPI

/// Who did what to an account, for its streamer: logins, changes and deletions, the newest of them.
struct AuditLog: Sendable {
    /// Entries of a streamer that are kept.
    static let limit: Int64 = 1000

    let database: any Database
    let now: @Sendable () -> Timestamp

    /// Adds an entry and forgets the oldest beyond the limit.
    ///
    func note(_ action: String, of objectId: String?, from address: String, in scope: TenantScope) async throws {
        let (tenant, entry) = (scope.tenant, AuditEntry(at: now(), action: action, objectId: objectId, address: address))
        try await database.transaction(in: scope) { sql in try Self.note(entry, of: tenant, sql: sql) }
    }

    /// The same inside of the transaction that changes what is noted.
    static func note(_ entry: AuditEntry, of tenant: Tenant.ID, sql: any SQLSession) throws {
        let last = try sql.first(
            "SELECT id FROM audit_entries WHERE streamer_id = $1 ORDER BY id DESC LIMIT 1",
            [.text(tenant.text)]
        )
        let id = (last?.integer(0) ?? 0) + 1
        try sql.run(
            """
            INSERT INTO audit_entries (streamer_id, id, at, action, object_id, address)
            VALUES ($1, $2, $3, $4, $5, $6)
            """,
            [
                .text(tenant.text), .integer(id), .integer(entry.at.milliseconds), .text(entry.action),
                .optional(entry.objectId), .text(entry.address),
            ]
        )
        try sql.run(
            "DELETE FROM audit_entries WHERE streamer_id = $1 AND id <= $2",
            [.text(tenant.text), .integer(id - limit)]
        )
    }
}

/// One thing that was done to an account.
struct AuditEntry: Sendable {
    let at: Timestamp
    /// A request such as `PUT /api/layouts/{layoutId}`, or `login`.
    let action: String
    var objectId: String?
    /// From where, as far as that is known.
    var address = ""
}

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
        let path = request.uri.path
        guard request.method != .get, path.hasPrefix("/api/"), !Self.elsewhere.contains(where: path.hasPrefix) else {
            return try await next(request, context)
        }
        // The request may end the session.
        let session = try await sessions.session(of: request)
        let response = try await next(request, context)
        if let session, response.status.code < 400 { await note(request, context, for: session) }
        return response
    }

    private func note(_ request: Request, _ context: HostRequestContext, for session: Session) async {
        let route = context.endpointPath ?? request.uri.path
        let object = context.parameters.first { $0.key.hasSuffix("Id") || $0.key == "platform" }
        do {
            try await audit.note(
                "\(request.method.rawValue) \(route)",
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
