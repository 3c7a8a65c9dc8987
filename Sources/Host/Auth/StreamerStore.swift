import WidgetAPI

/// Streamers as rows.
struct StreamerStore: Sendable {
    let database: any Database

    /// The name to show, or `nil` when the streamer is gone.
    func displayName(in scope: TenantScope) async throws -> String? {
        try await database.read(in: scope) { sql in
            try sql.first("SELECT display_name FROM streamers WHERE id = $1", [.text(scope.tenant.text)])?.text(0)
        }
    }
}
