import WidgetAPI

/// Themes as rows.
struct ThemeStore: Sendable {
    /// Themes of one streamer: more than anybody can tell apart in a list, and a bound for imports.
    static let themesLimit = 50

    let database: any Database

    /// All themes in the order in which they were made.
    func themes(in scope: TenantScope) async throws -> [Theme] {
        let tenant = scope.tenant
        return try await database.read(in: scope) { sql in try Self.themes(of: tenant, sql: sql) }
    }

    /// The theme that new layouts wear.
    func defaultTheme(in scope: TenantScope) async throws -> Theme {
        guard let theme = try await themes(in: scope).first(where: \.isDefault) else { throw ObjectError.unknown }
        return theme
    }

    static func themes(of tenant: Tenant.ID, sql: any SQLSession) throws -> [Theme] {
        try sql.rows(
            "SELECT id, name, is_default, variables FROM themes WHERE streamer_id = $1 ORDER BY created_at, id",
            [.text(tenant.text)]
        ).map { row in
            Theme(
                id: Identifier(row.text(0)),
                name: row.text(1),
                isDefault: row.flag(2),
                variables: Theme.Variables(json: try JSONValue(parsing: row.text(3))) ?? .signal
            )
        }
    }

    /// Adds a theme inside a transaction.
    static func add(_ theme: Theme, of tenant: Tenant.ID, at now: Timestamp, sql: any SQLSession) throws {
        // Writing the streamer's row takes its lock in both engines, so nobody else adds one meanwhile.
        try sql.run("UPDATE streamers SET last_seq = last_seq WHERE id = $1", [.text(tenant.text)])
        let row = try sql.first("SELECT count(*) FROM themes WHERE streamer_id = $1", [.text(tenant.text)])
        guard (row?.integer(0) ?? 0) < themesLimit else { throw ThemeError.tooMany }
        try sql.run(
            """
            INSERT INTO themes (id, streamer_id, name, is_default, variables, created_at)
            VALUES ($1, $2, $3, $4, $5, $6)
            """,
            [
                .text(theme.id.text), .text(tenant.text), .text(theme.name), .flag(theme.isDefault),
                .text(theme.variables.json.text), .integer(now.milliseconds),
            ]
        )
    }

    static func save(_ theme: Theme, of tenant: Tenant.ID, sql: any SQLSession) throws {
        try sql.run(
            "UPDATE themes SET name = $3, variables = $4 WHERE streamer_id = $1 AND id = $2",
            [.text(tenant.text), .text(theme.id.text), .text(theme.name), .text(theme.variables.json.text)]
        )
    }

    /// Makes a theme the one that new layouts wear, and no other.
    static func makeDefault(_ theme: Theme, of tenant: Tenant.ID, sql: any SQLSession) throws {
        try sql.run(
            "UPDATE themes SET is_default = 0 WHERE streamer_id = $1 AND is_default = 1",
            [.text(tenant.text)]
        )
        try sql.run(
            "UPDATE themes SET is_default = 1 WHERE streamer_id = $1 AND id = $2",
            [.text(tenant.text), .text(theme.id.text)]
        )
    }

    /// Removes a theme that nothing needs.
    static func remove(_ theme: Theme, of tenant: Tenant.ID, sql: any SQLSession) throws {
        guard !theme.isDefault else { throw ThemeError.isDefault }
        let values: [SQLValue] = [.text(tenant.text), .text(theme.id.text)]
        let wearers =
            try sql.rows(
                "SELECT name FROM layouts WHERE streamer_id = $1 AND theme_id = $2 ORDER BY created_at, id",
                values
            ).map { "the layout \"\($0.text(0))\"" }
            + sql.rows(
                "SELECT name FROM layout_drafts WHERE streamer_id = $1 AND theme_id = $2 ORDER BY layout_id",
                values
            ).map { "the draft \"\($0.text(0))\"" }
        guard wearers.isEmpty else { throw ThemeError.worn(by: wearers) }
        try sql.run("DELETE FROM themes WHERE streamer_id = $1 AND id = $2", values)
    }
}
