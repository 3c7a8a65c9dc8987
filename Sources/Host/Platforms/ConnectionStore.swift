import WidgetAPI

/// Connections as rows, their tokens sealed.
struct ConnectionStore: Sendable {
    let database: any Database
    let vault: Vault
    let now: @Sendable () -> Timestamp

    /// The streamer's connection with a platform, or `nil`.
    func connection(on platform: Platform, in scope: TenantScope) async throws -> Connection? {
        let vault = vault
        return try await database.read(in: scope) { sql in
            try Self.connection(on: platform, of: scope.tenant, vault, sql: sql)
        }
    }

    /// Stores what a login gave, inside its transaction.
    static func save(
        _ grant: TokenGrant,
        of identity: PlatformIdentity,
        for tenant: Tenant.ID,
        _ schedule: ConnectionSchedule,
        _ vault: Vault,
        sql: any SQLSession
    ) throws {
        let (access, refresh) = try seal(grant, identity.platform, tenant, vault, sql: sql)
        try sql.run(
            """
            INSERT INTO connections (streamer_id, platform, platform_user_id, access_token, refresh_token, scopes,
                status, generation, expires_at, refresh_at, validate_at)
            VALUES ($1, $2, $3, $4, $5, $6, 'connected', $10, $7, $8, $9)
            ON CONFLICT (streamer_id, platform) DO UPDATE SET platform_user_id = $3, access_token = $4,
                refresh_token = $5, scopes = $6, status = 'connected', generation = connections.generation + 1,
                expires_at = $7, refresh_at = $8, validate_at = $9
            """,
            [
                .text(tenant.text), .text(identity.platform.rawValue), .text(identity.userId), .text(access),
                .optional(refresh), .text(grant.scopes.joined(separator: " ")), .moment(schedule.expiresAt),
                .moment(schedule.refreshAt), .moment(schedule.validateAt), .integer(firstGeneration()),
            ]
        )
    }

    /// Never one that an earlier connection had: what is still under way for that one must not meet this one.
    private static func firstGeneration() -> Int64 {
        Int64.random(in: 1...(Int64.max >> 1))
    }

    /// Stores fresh tokens in place of those seen; of two who come with some, the first one wins.
    ///
    /// - Returns: what is stored then, or `nil` when the streamer has disconnected meanwhile.
    func replace(
        _ seen: Connection,
        with grant: TokenGrant,
        _ schedule: ConnectionSchedule,
        in scope: TenantScope
    ) async throws -> Connection? {
        let vault = vault
        return try await database.transaction(in: scope) { sql in
            let tenant = scope.tenant
            let (access, refresh) = try Self.seal(grant, seen.platform, tenant, vault, sql: sql)
            // A refresh answer without a refresh token or scopes leaves those we have.
            try sql.run(
                """
                UPDATE connections SET access_token = $1, refresh_token = COALESCE($2, refresh_token),
                    scopes = CASE WHEN $3 = '' THEN scopes ELSE $3 END, generation = generation + 1,
                    expires_at = $4, refresh_at = $5, validate_at = $6
                WHERE streamer_id = $7 AND platform = $8 AND generation = $9
                """,
                [
                    .text(access), .optional(refresh), .text(grant.scopes.joined(separator: " ")),
                    .moment(schedule.expiresAt), .moment(schedule.refreshAt), .moment(schedule.validateAt),
                    .text(tenant.text), .text(seen.platform.rawValue), .integer(seen.generation),
                ]
            )
            return try Self.connection(on: seen.platform, of: tenant, vault, sql: sql)
        }
    }

    /// Notes that the streamer has to sign in again, unless they have done so since, or have left.
    ///
    /// - Returns: whether they have to.
    func markNeedsLogin(_ seen: Connection, in scope: TenantScope) async throws -> Bool {
        try await database.transaction(in: scope) { sql in
            try sql.run(
                """
                UPDATE connections SET status = 'needs-login', refresh_at = NULL, validate_at = NULL
                WHERE streamer_id = $1 AND platform = $2 AND generation = $3
                """,
                [.text(scope.tenant.text), .text(seen.platform.rawValue), .integer(seen.generation)]
            ) == 1
        }
    }

    /// Notes when to look after these tokens next; what the schedule does not say stays.
    func postpone(
        _ platform: Platform,
        refreshAt: Timestamp?,
        validateAt: Timestamp?,
        in scope: TenantScope
    ) async throws {
        _ = try await database.transaction(in: scope) { sql in
            try sql.run(
                """
                UPDATE connections SET refresh_at = COALESCE($1, refresh_at), validate_at = COALESCE($2, validate_at)
                WHERE streamer_id = $3 AND platform = $4 AND status = 'connected'
                """,
                [.moment(refreshAt), .moment(validateAt), .text(scope.tenant.text), .text(platform.rawValue)]
            )
        }
    }

    /// Moves what is due by now to a later moment.
    func retry(_ platform: Platform, at later: Timestamp, in scope: TenantScope) async throws {
        let moment = now()
        _ = try await database.transaction(in: scope) { sql in
            try sql.run(
                """
                UPDATE connections SET refresh_at = CASE WHEN refresh_at <= $1 THEN $2 ELSE refresh_at END,
                    validate_at = CASE WHEN validate_at <= $1 THEN $2 ELSE validate_at END
                WHERE streamer_id = $3 AND platform = $4
                """,
                [
                    .integer(moment.milliseconds), .integer(later.milliseconds), .text(scope.tenant.text),
                    .text(platform.rawValue),
                ]
            )
        }
    }

    /// Ends a connection with its channel; the last one stays.
    ///
    /// - Returns: the tokens that it had.
    func disconnect(_ platform: Platform, in scope: TenantScope) async throws -> Connection? {
        let vault = vault
        return try await database.transaction(in: scope) { sql in
            let tenant = scope.tenant
            // Of two at once the second one sees what the first has left.
            try sql.run("UPDATE streamers SET last_seq = last_seq WHERE id = $1", [.text(tenant.text)])
            let platforms = try sql.rows(
                "SELECT platform FROM channels WHERE streamer_id = $1",
                [.text(tenant.text)]
            ).map { $0.text(0) }
            guard platforms.contains(platform.rawValue) else { throw PlatformFailure.notConnected(platform) }
            guard platforms.count > 1 else { throw ConnectionError.last }
            let connection = try Self.revocable(on: platform, of: tenant, vault, sql: sql)
            try sql.run(
                "DELETE FROM channels WHERE streamer_id = $1 AND platform = $2",
                [.text(tenant.text), .text(platform.rawValue)]
            )
            return connection
        }
    }

    // MARK: What is due

    /// A connection whose time has come.
    struct Due: Sendable, Hashable {
        let tenant: Tenant.ID
        let platform: Platform
        let generation: Int64
    }

    /// Tokens to be renewed, those that end first before the others.
    func dueForRefresh(on platform: Platform, limit: Int) async throws -> [Due] {
        try await due(
            """
            SELECT streamer_id, generation FROM connections
            WHERE platform = $1 AND refresh_at <= $2 AND status = 'connected' ORDER BY refresh_at LIMIT $3
            """,
            platform,
            limit
        )
    }

    /// Tokens to be shown to their platform once more, those that have waited longest first.
    func dueForValidation(on platform: Platform, limit: Int) async throws -> [Due] {
        try await due(
            """
            SELECT streamer_id, generation FROM connections
            WHERE platform = $1 AND validate_at <= $2 AND status = 'connected' ORDER BY validate_at LIMIT $3
            """,
            platform,
            limit
        )
    }

    /// Makes every validation due: the platform wants one at each start.
    func validateAll(on platform: Platform) async throws {
        let moment = now()
        _ = try await database.hostTransaction { sql in
            try sql.run(
                "UPDATE connections SET validate_at = $1 WHERE platform = $2 AND validate_at > $1",
                [.integer(moment.milliseconds), .text(platform.rawValue)]
            )
        }
    }

    private func due(_ statement: String, _ platform: Platform, _ limit: Int) async throws -> [Due] {
        let values: [SQLValue] = [
            .text(platform.rawValue), .integer(now().milliseconds), .integer(Int64(limit)),
        ]
        return try await database.hostRead { sql in
            try sql.rows(statement, values).map { row in
                Due(tenant: Tenant.ID(row.text(0)), platform: platform, generation: row.integer(1))
            }
        }
    }

    // MARK: Rows

    /// A connection inside of a transaction, or `nil`.
    static func connection(
        on platform: Platform,
        of tenant: Tenant.ID,
        _ vault: Vault,
        sql: any SQLSession
    ) throws -> Connection? {
        let row = try sql.first(
            """
            SELECT platform_user_id, access_token, refresh_token, scopes, status, generation, expires_at
            FROM connections WHERE streamer_id = $1 AND platform = $2
            """,
            [.text(tenant.text), .text(platform.rawValue)]
        )
        guard let row else { return nil }
        let (access, refresh) = places(platform, tenant)
        return Connection(
            platform: platform,
            platformUserId: row.text(0),
            accessToken: try vault.open(row.text(1), for: access, sql: sql),
            refreshToken: try row.optionalText(2).map { try vault.open($0, for: refresh, sql: sql) },
            scopes: row.text(3).split(separator: " ").map(String.init),
            status: Connection.Status(rawValue: row.text(4)) ?? .needsLogin,
            generation: row.integer(5),
            expiresAt: row.values[6] == .null ? nil : Timestamp(milliseconds: row.integer(6))
        )
    }

    /// The same where its tokens are wanted for nothing but their end: damaged ones keep nobody here.
    static func revocable(
        on platform: Platform,
        of tenant: Tenant.ID,
        _ vault: Vault,
        sql: any SQLSession
    ) throws -> Connection? {
        do {
            return try connection(on: platform, of: tenant, vault, sql: sql)
        } catch is VaultError {
            return nil
        }
    }

    private static func seal(
        _ grant: TokenGrant,
        _ platform: Platform,
        _ tenant: Tenant.ID,
        _ vault: Vault,
        sql: any SQLSession
    ) throws -> (access: String, refresh: String?) {
        let (access, refresh) = places(platform, tenant)
        return (
            try vault.seal(grant.accessToken, for: access, sql: sql),
            try grant.refreshToken.map { try vault.seal($0, for: refresh, sql: sql) }
        )
    }

    private static func places(_ platform: Platform, _ tenant: Tenant.ID) -> (access: SealedPlace, refresh: SealedPlace)
    {
        (
            SealedColumn.accessToken.place(row: platform.rawValue, of: tenant.text),
            SealedColumn.refreshToken.place(row: platform.rawValue, of: tenant.text)
        )
    }
}

extension SQLValue {
    /// Milliseconds since 1970, or `NULL`.
    static func moment(_ moment: Timestamp?) -> SQLValue {
        moment.map { .integer($0.milliseconds) } ?? .null
    }
}
