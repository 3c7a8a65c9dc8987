import WidgetAPI

/// Whose events are wanted: everybody whose login still works.
extension ConnectionStore {
    /// All of them on a platform, in no order.
    func subscribers(on platform: Platform) async throws -> [Subscriber] {
        try await database.hostRead { sql in
            try sql.rows(
                """
                SELECT streamer_id, platform_user_id, scopes, signature FROM connections
                WHERE platform = $1 AND status = 'connected'
                """,
                [.text(platform.rawValue)]
            ).map {
                Subscriber(
                    tenant: Tenant.ID($0.text(0)),
                    platformUserId: $0.text(1),
                    scopes: Self.words($0.text(2)),
                    signature: $0.optionalText(3)
                )
            }
        }
    }

    /// The platform's ids of all who have a channel here, also of those who have to sign in again or never did.
    func channelOwners(on platform: Platform) async throws -> Set<String> {
        try await database.hostRead { sql in
            Set(
                try sql.rows("SELECT platform_user_id FROM channels WHERE platform = $1", [.text(platform.rawValue)])
                    .map { $0.text(0) }
            )
        }
    }

    /// The streamer's connection, if their login still works.
    ///
    /// - Throws: `PlatformFailure.notConnected` or `needsLogin` where it does not.
    func working(on platform: Platform, in scope: TenantScope) async throws -> Connection {
        guard let connection = try await connection(on: platform, in: scope) else {
            throw PlatformFailure.notConnected(platform)
        }
        guard connection.status == .connected else { throw PlatformFailure.needsLogin(platform) }
        return connection
    }

    /// Whether somebody's login with that user of a platform works.
    func isSubscriber(_ userId: String, on platform: Platform) async throws -> Bool {
        try await database.hostRead { sql in
            try sql.first(
                """
                SELECT 1 FROM connections WHERE platform = $1 AND platform_user_id = $2 AND status = 'connected'
                """,
                [.text(platform.rawValue), .text(userId)]
            ) != nil
        }
    }

    /// That one, if their login still works.
    func subscriber(_ tenant: Tenant.ID, on platform: Platform) async throws -> Subscriber? {
        try await database.hostRead { sql in
            try sql.first(
                """
                SELECT platform_user_id, scopes, signature FROM connections
                WHERE streamer_id = $1 AND platform = $2 AND status = 'connected'
                """,
                [.text(tenant.text), .text(platform.rawValue)]
            ).map {
                Subscriber(
                    tenant: tenant,
                    platformUserId: $0.text(0),
                    scopes: Self.words($0.text(1)),
                    signature: $0.optionalText(2)
                )
            }
        }
    }

    /// Notes which secret signs what is posted for somebody from now on, by its fingerprint.
    func note(signature: String, of subscriber: Subscriber, on platform: Platform) async throws {
        _ = try await database.hostTransaction { sql in
            try sql.run(
                "UPDATE connections SET signature = $1 WHERE streamer_id = $2 AND platform = $3",
                [.text(signature), .text(subscriber.tenant.text), .text(platform.rawValue)]
            )
        }
    }

    private static func words(_ scopes: String) -> [String] { scopes.split(separator: " ").map(String.init) }
}
