import WidgetAPI

/// Sessions as rows.
struct SessionStore: Sendable {
    let database: any Database
    let now: @Sendable () -> Timestamp
    /// Whether browsers reach this host under HTTPS, which decides the cookie.
    var isSecure = false
    /// What ends with a session; `nil` where nobody opens sockets.
    var sockets: SessionSockets?

    /// How long a session lasts after its last use.
    static let lifetimeMilliseconds: Int64 = 7 * 86_400_000
    /// A use is noted when the last one that was noted is older than this: a note is a write.
    static let noteMilliseconds: Int64 = 300_000

    /// Begins a session of that streamer and forgets those that have ended.
    func begin(for tenant: Tenant.ID, from origin: SessionOrigin) async throws -> SessionToken {
        let token = SessionToken.random()
        let moment = now()
        try await database.hostTransaction { sql in
            try sql.run("DELETE FROM sessions WHERE expires_at <= $1", [.integer(moment.milliseconds)])
            try sql.run(
                """
                INSERT INTO sessions (token_hash, id, streamer_id, csrf_token, created_at, last_used_at, expires_at,
                    user_agent, address)
                VALUES ($1, $2, $3, $4, $5, $5, $6, $7, $8)
                """,
                [
                    .text(token.hash), .text(UUIDv7.make(at: moment)), .text(tenant.text),
                    .text(RandomText.make(bytes: 24)), .integer(moment.milliseconds),
                    .integer(moment.milliseconds + Self.lifetimeMilliseconds), .text(origin.userAgent),
                    .text(origin.address),
                ]
            )
            let entry = AuditEntry(at: moment, action: "login", address: origin.address)
            try AuditLog.note(entry, of: tenant, sql: sql)
        }
        return token
    }

    /// The session of that token while it lasts, or `nil`; each use makes it last longer.
    func session(_ token: SessionToken) async throws -> Session? {
        let moment = now()
        let row = try await database.hostRead { sql in
            try sql.first(
                """
                SELECT streamer_id, csrf_token, expires_at, id, last_used_at FROM sessions
                WHERE token_hash = $1 AND expires_at > $2
                """,
                [.text(token.hash), .integer(moment.milliseconds)]
            )
        }
        guard let row else { return nil }
        var expiresAt = Timestamp(milliseconds: row.integer(2))
        if moment.milliseconds - row.integer(4) >= Self.noteMilliseconds {
            expiresAt = moment.advanced(byMilliseconds: Self.lifetimeMilliseconds)
            try await note(token, at: moment, until: expiresAt)
        }
        return Session(
            id: Session.ID(row.text(3)),
            tenant: Tenant.ID(row.text(0)),
            csrfToken: row.text(1),
            expiresAt: expiresAt
        )
    }

    /// The streamer's sessions, the one that was used last before the others.
    func sessions(in scope: TenantScope) async throws -> [SessionSummary] {
        let moment = now()
        return try await database.read(in: scope) { sql in
            try sql.rows(
                """
                SELECT id, created_at, last_used_at, expires_at, user_agent, address FROM sessions
                WHERE streamer_id = $1 AND expires_at > $2 ORDER BY last_used_at DESC, id DESC
                """,
                [.text(scope.tenant.text), .integer(moment.milliseconds)]
            ).map { row in
                SessionSummary(
                    id: Session.ID(row.text(0)),
                    createdAt: Timestamp(milliseconds: row.integer(1)),
                    lastUsedAt: Timestamp(milliseconds: row.integer(2)),
                    expiresAt: Timestamp(milliseconds: row.integer(3)),
                    origin: SessionOrigin(userAgent: row.text(4), address: row.text(5))
                )
            }
        }
    }

    /// Ends the session of that token.
    func end(_ token: SessionToken) async throws {
        _ = try await database.hostTransaction { sql in
            try sql.run("DELETE FROM sessions WHERE token_hash = $1", [.text(token.hash)])
        }
        sockets?.end(token.hash)
    }

    /// Ends one of the streamer's sessions; `false` when they have none of that id.
    func end(_ id: Session.ID, in scope: TenantScope) async throws -> Bool {
        let ended = try await database.transaction(in: scope) { sql in
            try sql.first(
                "DELETE FROM sessions WHERE streamer_id = $1 AND id = $2 RETURNING token_hash",
                [.text(scope.tenant.text), .text(id.text)]
            )?.text(0)
        }
        if let ended { sockets?.end(ended) }
        return ended != nil
    }

    private func note(_ token: SessionToken, at moment: Timestamp, until end: Timestamp) async throws {
        _ = try await database.hostTransaction { sql in
            try sql.run(
                "UPDATE sessions SET last_used_at = $1, expires_at = $2 WHERE token_hash = $3",
                [.integer(moment.milliseconds), .integer(end.milliseconds), .text(token.hash)]
            )
        }
    }
}
