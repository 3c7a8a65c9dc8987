import WidgetAPI

extension LayoutStore {
    /// Layouts of one streamer (FR11.2).
    static let layoutsLimit = 10

    /// How many layouts the streamer has; nobody makes or removes one before this transaction ends.
    static func lockedCount(of tenant: Tenant.ID, sql: any SQLSession) throws -> Int {
        // Writing the streamer's row takes its lock in both engines.
        try sql.run("UPDATE streamers SET last_seq = last_seq WHERE id = $1", [.text(tenant.text)])
        let row = try sql.first("SELECT count(*) FROM layouts WHERE streamer_id = $1", [.text(tenant.text)])
        return Int(row?.integer(0) ?? 0)
    }

    /// Adds a layout whose widgets have no ids yet, and says what that means to the log.
    static func add(
        _ layout: Layout,
        of tenant: Tenant.ID,
        at now: Timestamp,
        sql: any SQLSession
    ) throws -> [EventDraft] {
        guard try lockedCount(of: tenant, sql: sql) < layoutsLimit else { throw LayoutError.tooManyLayouts }
        try sql.run(
            """
            INSERT INTO layouts (id, streamer_id, theme_id, name, is_default, mode, grid_columns, grid_rows, grid_gap,
                version, created_at, updated_at)
            VALUES ($1, $2, $3, $4, 0, $5, $6, $7, $8, 0, $9, $9)
            """,
            [
                .text(layout.id.text), .text(tenant.text), .text(layout.themeId.text), .text(layout.name),
                .text(layout.mode.rawValue), .integer(layout.grid.columns), .integer(layout.grid.rows),
                .integer(layout.grid.gap), .integer(now.milliseconds),
            ]
        )
        return try save(layout, over: layout.emptied, of: tenant, at: now, sql: sql)
    }

    /// Makes a layout the one that pages show without being told which, and no other.
    static func makeDefault(
        _ layout: Layout,
        of tenant: Tenant.ID,
        at now: Timestamp,
        sql: any SQLSession
    ) throws -> [EventDraft] {
        try sql.run(
            "UPDATE layouts SET is_default = 0 WHERE streamer_id = $1 AND is_default = 1",
            [.text(tenant.text)]
        )
        try sql.run(
            "UPDATE layouts SET is_default = 1 WHERE streamer_id = $1 AND id = $2",
            [.text(tenant.text), .text(layout.id.text)]
        )
        return [updated(layout.id, to: layout.version, at: now)]
    }

    /// Removes a layout with everything on it; when it was the default one, the oldest of the others is that now.
    static func remove(
        _ layout: Layout,
        of tenant: Tenant.ID,
        at now: Timestamp,
        sql: any SQLSession
    ) throws -> [EventDraft] {
        guard try lockedCount(of: tenant, sql: sql) > 1 else { throw LayoutError.lastLayout }
        for widget in layout.widgets { try remove(widget.id, of: tenant, sql: sql) }
        try removeDraft(of: layout.id, tenant, sql: sql)
        try sql.run(
            "DELETE FROM layouts WHERE streamer_id = $1 AND id = $2",
            [.text(tenant.text), .text(layout.id.text)]
        )
        if layout.isDefault {
            try sql.run(
                """
                UPDATE layouts SET is_default = 1 WHERE streamer_id = $1 AND id = (
                    SELECT id FROM layouts WHERE streamer_id = $1 ORDER BY created_at, id LIMIT 1
                )
                """,
                [.text(tenant.text)]
            )
        }
        return [updated(layout.id, to: layout.version, at: now)]
    }
}
