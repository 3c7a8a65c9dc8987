import WidgetAPI

/// The unpublished layout that an editor saves while somebody works on it.
///
/// It is never on air. `version` is the layout's as the draft's author has seen it, so publishing over a newer one is
/// noticed. Widgets that stand on the draft alone have their ids already and keep them when it is published.
extension LayoutStore {
    /// A layout's draft, or `nil`.
    func draft(of layout: Layout, in scope: TenantScope) async throws -> Layout? {
        let tenant = scope.tenant
        return try await database.read(in: scope) { sql in try Self.draft(of: layout, tenant, sql: sql) }
    }

    /// A layout's draft inside a transaction, or `nil`.
    static func draft(of layout: Layout, _ tenant: Tenant.ID, sql: any SQLSession) throws -> Layout? {
        let values: [SQLValue] = [.text(tenant.text), .text(layout.id.text)]
        let row = try sql.first(
            """
            SELECT name, mode, grid_columns, grid_rows, grid_gap, theme_id, version, updated_at
            FROM layout_drafts WHERE streamer_id = $1 AND layout_id = $2
            """,
            values
        )
        guard let row else { return nil }
        var draft = layout
        draft.name = row.text(0)
        draft.mode = Layout.Mode(rawValue: row.text(1)) ?? .grid
        draft.grid = .init(columns: row.integer(2), rows: row.integer(3), gap: row.integer(4))
        draft.themeId = Identifier(row.text(5))
        draft.version = row.integer(6)
        draft.updatedAt = Timestamp(milliseconds: row.integer(7))
        draft.widgets = try sql.rows(
            """
            SELECT layout_id, id, type, config, x, y, width, height, z_index, visible, 0, locked, config_version,
                config, config_version
            FROM draft_widgets WHERE streamer_id = $1 AND layout_id = $2 ORDER BY id
            """,
            values
        ).map(widget)
        return draft
    }

    /// Writes a draft over what it was.
    static func saveDraft(_ draft: Layout, of tenant: Tenant.ID, at now: Timestamp, sql: any SQLSession) throws {
        try removeDraft(of: draft.id, tenant, sql: sql)
        try sql.run(
            """
            INSERT INTO layout_drafts (layout_id, streamer_id, theme_id, name, mode, grid_columns, grid_rows, grid_gap,
                version, updated_at)
            VALUES ($2, $1, $3, $4, $5, $6, $7, $8, $9, $10)
            """,
            [
                .text(tenant.text), .text(draft.id.text), .text(draft.themeId.text), .text(draft.name),
                .text(draft.mode.rawValue), .integer(draft.grid.columns), .integer(draft.grid.rows),
                .integer(draft.grid.gap), .integer(draft.version), .integer(now.milliseconds),
            ]
        )
        for (index, widget) in draft.widgets.enumerated() {
            // Ids of one moment fall anyhow; the order of widgets is that of their ids.
            let fresh = UUIDv7.make(at: now.advanced(byMilliseconds: Int64(index)))
            try sql.run(
                """
                INSERT INTO draft_widgets (id, streamer_id, layout_id, type, config, config_version, x, y, width,
                    height, z_index, visible, locked)
                VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
                """,
                [
                    .text(widget.id.text.isEmpty ? fresh : widget.id.text), .text(tenant.text), .text(draft.id.text),
                    .text(widget.type), .text(widget.settings.config.text), .text(widget.settings.version),
                    .integer(widget.position.x), .integer(widget.position.y), .integer(widget.position.width),
                    .integer(widget.position.height), .integer(widget.zIndex), .flag(widget.visible),
                    .flag(widget.locked),
                ]
            )
        }
    }

    /// Forgets a layout's draft.
    ///
    /// - Returns: whether there was one.
    @discardableResult
    static func removeDraft(of id: Layout.ID, _ tenant: Tenant.ID, sql: any SQLSession) throws -> Bool {
        let values: [SQLValue] = [.text(tenant.text), .text(id.text)]
        try sql.run("DELETE FROM draft_widgets WHERE streamer_id = $1 AND layout_id = $2", values)
        return try sql.run("DELETE FROM layout_drafts WHERE streamer_id = $1 AND layout_id = $2", values) > 0
    }
}
