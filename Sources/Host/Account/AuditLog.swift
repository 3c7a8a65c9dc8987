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
        let entry = AuditEntry(at: now(), action: action, objectId: objectId, address: address)
        let tenant = scope.tenant
        try await database.transaction(in: scope) { sql in try Self.note(entry, of: tenant, sql: sql) }
    }

    /// The same inside of the transaction that changes what is noted.
    static func note(_ entry: AuditEntry, of tenant: Tenant.ID, sql: any SQLSession) throws {
        try sql.run("UPDATE streamers SET last_seq = last_seq WHERE id = $1", [.text(tenant.text)])
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
