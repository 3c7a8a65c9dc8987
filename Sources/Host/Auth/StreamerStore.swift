import WidgetAPI

/// Streamers as rows.
struct StreamerStore: Sendable {
    let database: any Database

    /// What a streamer's login told about them.
    struct Profile: Sendable {
        let displayName: String
        let email: String?
        let avatarURL: String?
    }

    func profile(in scope: TenantScope) async throws -> Profile? {
        try await database.read(in: scope) { sql in
            try sql.first(
                "SELECT display_name, email, avatar_url FROM streamers WHERE id = $1",
                [.text(scope.tenant.text)]
            ).map { Profile(displayName: $0.text(0), email: $0.optionalText(1), avatarURL: $0.optionalText(2)) }
        }
    }

    /// The name to show, or `nil` when the streamer is gone.
    func displayName(in scope: TenantScope) async throws -> String? {
        try await database.read(in: scope) { sql in
            try sql.first("SELECT display_name FROM streamers WHERE id = $1", [.text(scope.tenant.text)])?.text(0)
        }
    }
}
