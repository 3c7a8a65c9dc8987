import WidgetAPI

/// Who signs in becomes whose streamer they are.
struct AccountStore: Sendable {
    let database: any Database
    let vault: Vault
    let now: @Sendable () -> Timestamp

    /// The streamer of that platform's user, made when there is none yet.
    ///
    /// A channel that was added by command belongs to whoever signs in with its user id. Tokens are replaced. Throws
    /// `LoginProblem.nameTaken`.
    func signIn(
        _ identity: PlatformIdentity,
        _ grant: TokenGrant,
        _ schedule: ConnectionSchedule
    ) async throws -> Tenant.ID {
        let (vault, moment) = (vault, now())
        return try await database.hostTransaction { sql in
            let tenant: Tenant.ID
            if let known = try ChannelStore.owner(of: identity, sql: sql) {
                tenant = known
                try ChannelStore.rename(identity, of: tenant, sql: sql)
            } else {
                tenant = try Self.claimingName {
                    try ChannelStore.add(
                        identity.platform,
                        identity.channel,
                        userId: identity.userId,
                        owner: nil,
                        at: moment,
                        sql: sql
                    ).tenant
                }
            }
            try Self.describe(tenant, as: identity, sql: sql)
            try ConnectionStore.save(grant, of: identity, for: tenant, schedule, vault, sql: sql)
            return tenant
        }
    }

    /// Adds a platform to a streamer who is signed in.
    ///
    /// Throws `LoginProblem` when the account is somebody else's, or the platform is connected already and this login
    /// does not grant all that is granted and more.
    func connect(
        _ identity: PlatformIdentity,
        _ grant: TokenGrant,
        _ schedule: ConnectionSchedule,
        in scope: TenantScope
    ) async throws {
        let (vault, moment) = (vault, now())
        try await database.hostTransaction { sql in
            let tenant = scope.tenant
            if let owner = try ChannelStore.owner(of: identity, sql: sql), owner != tenant {
                throw LoginProblem.elsewhere
            }
            let present = try sql.first(
                """
                SELECT c.platform_user_id, n.status, n.scopes FROM channels c
                LEFT JOIN connections n ON n.streamer_id = c.streamer_id AND n.platform = c.platform
                WHERE c.streamer_id = $1 AND c.platform = $2
                """,
                [.text(tenant.text), .text(identity.platform.rawValue)]
            )
            if let present {
                // Somebody whose tokens have ended comes this way too, and who had granted less than is asked for now.
                let isBroken = present.optionalText(1) != Connection.Status.connected.rawValue
                let granted = (present.optionalText(2) ?? "").split(separator: " ").map(String.init)
                let grantsMore = Set(grant.scopes).isStrictSuperset(of: granted)
                guard present.text(0) == identity.userId, isBroken || grantsMore else { throw LoginProblem.already }
            } else {
                _ = try Self.claimingName {
                    try ChannelStore.add(
                        identity.platform,
                        identity.channel,
                        userId: identity.userId,
                        owner: tenant,
                        at: moment,
                        sql: sql
                    )
                }
            }
            try ConnectionStore.save(grant, of: identity, for: tenant, schedule, vault, sql: sql)
        }
    }

    /// Takes over name, e-mail and picture; the name only from the first login, for later it is the streamer's own.
    private static func describe(_ tenant: Tenant.ID, as identity: PlatformIdentity, sql: any SQLSession) throws {
        let hasSignedIn = try sql.first("SELECT 1 FROM connections WHERE streamer_id = $1", [.text(tenant.text)]) != nil
        if !hasSignedIn {
            try sql.run(
                "UPDATE streamers SET display_name = $1 WHERE id = $2",
                [.text(identity.displayName), .text(tenant.text)]
            )
        }
        try sql.run(
            "UPDATE streamers SET email = COALESCE($1, email), avatar_url = COALESCE($2, avatar_url) WHERE id = $3",
            [.optional(identity.email), .optional(identity.avatarURL), .text(tenant.text)]
        )
    }

    private static func claimingName<Value>(_ body: () throws -> Value) throws -> Value {
        do {
            return try body()
        } catch is ChannelError {
            throw LoginProblem.nameTaken
        }
    }
}
