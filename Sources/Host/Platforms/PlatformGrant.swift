import WidgetAPI

/// What a streamer has allowed this host to do on a platform.
struct PlatformGrant: Sendable, Hashable {
    let platform: Platform
    let platformUserId: String
    let scopes: [String]
}

extension ConnectionStore {
    /// What holds right now, with the generation of its tokens; connections that need a login only where `evenEnded`.
    func grants(in scope: TenantScope, evenEnded: Bool = false) async throws -> [PlatformGrant: Int64] {
        let rows = try await database.read(in: scope) { sql in
            try sql.rows(
                """
                SELECT platform, platform_user_id, scopes, generation, status FROM connections
                WHERE streamer_id = $1
                """,
                [.text(scope.tenant.text)]
            )
        }
        var grants: [PlatformGrant: Int64] = [:]
        for row in rows {
            guard let platform = Platform(rawValue: row.text(0)),
                evenEnded || row.text(4) == Connection.Status.connected.rawValue
            else { continue }
            let scopes = row.text(2).split(separator: " ").map(String.init).sorted()
            grants[PlatformGrant(platform: platform, platformUserId: row.text(1), scopes: scopes)] = row.integer(3)
        }
        return grants
    }
}
