import WidgetAPI

/// Sessions as rows.
struct SessionStore: Sendable {
    let database: any Database
    let now: @Sendable () -> Timestamp

    /// How long a session lasts.
    static let lifetimeMilliseconds: Int64 = 7 * 86_400_000

    /// Begins a session of that streamer and forgets those that have ended.
    func begin(for tenant: Tenant.ID) async throws -> SessionToken {
        let token = SessionToken.random()
        let moment = now()
        try await database.hostTransaction { sql in
            try sql.run("DELETE FROM sessions WHERE expires_at <= $1", [.integer(moment.milliseconds)])
            try sql.run(
                """
                INSERT INTO sessions (token_hash, streamer_id, csrf_token, created_at, expires_at)
                VALUES ($1, $2, $3, $4, $5)
                """,
                [
                    .text(token.hash), .text(tenant.text), .text(RandomText.make(bytes: 24)),
                    .integer(moment.milliseconds),
                    .integer(moment.milliseconds + Self.lifetimeMilliseconds),
                ]
            )
        }
        return token
    }

    /// The session of that token while it lasts, or `nil`.
    func session(_ token: SessionToken) async throws -> Session? {
        let moment = now()
        return try await database.hostRead { sql in
            try sql.first(
                "SELECT streamer_id, csrf_token, expires_at FROM sessions WHERE token_hash = $1 AND expires_at > $2",
                [.text(token.hash), .integer(moment.milliseconds)]
            ).map {
                Session(
                    tenant: Tenant.ID($0.text(0)),
                    csrfToken: $0.text(1),
                    expiresAt: Timestamp(milliseconds: $0.integer(2))
                )
            }
        }
    }

    /// Ends the session of that token.
    func end(_ token: SessionToken) async throws {
        _ = try await database.hostTransaction { sql in
            try sql.run("DELETE FROM sessions WHERE token_hash = $1", [.text(token.hash)])
        }
    }
}
