import WidgetAPI

extension LayoutStore {
    /// Writes a layout over what it was, inside a transaction, and says what that means to the log.
    ///
    /// New settings are rows of their own, so that a replay takes them where they belong; the last row tells pages that
    /// the layout has changed. A widget that is new begins after the log's last row, with the platforms' numbers.
    static func save(
        _ layout: Layout,
        over old: Layout,
        of tenant: Tenant.ID,
        at now: Timestamp,
        sql: any SQLSession
    ) throws -> [EventDraft] {
        try sql.run(
            """
            UPDATE layouts SET name = $3, mode = $4, grid_columns = $5, grid_rows = $6, grid_gap = $7, theme_id = $8,
                version = $9, updated_at = $10
            WHERE streamer_id = $1 AND id = $2
            """,
            [
                .text(tenant.text), .text(layout.id.text), .text(layout.name), .text(layout.mode.rawValue),
                .integer(layout.grid.columns), .integer(layout.grid.rows), .integer(layout.grid.gap),
                .text(layout.themeId.text), .integer(old.version + 1), .integer(now.milliseconds),
            ]
        )
        for widget in old.widgets where !layout.widgets.contains(where: { $0.id == widget.id }) {
            try remove(widget.id, of: tenant, sql: sql)
        }
        var drafts: [EventDraft] = []
        for widget in layout.widgets {
            guard let before = old.widgets.first(where: { $0.id == widget.id }) else { continue }
            try update(widget, of: tenant, sql: sql)
            if before.settings != widget.settings { drafts.append(configChange(of: widget, on: layout.id, at: now)) }
        }
        // Those of a draft have their ids already.
        let newcomers = layout.widgets.filter { widget in !old.widgets.contains { $0.id == widget.id } }
        if !newcomers.isEmpty {
            // Writing the row first takes its lock in both engines: the place cannot change any more.
            let head = try sql.first(
                "UPDATE streamers SET last_seq = last_seq WHERE id = $1 RETURNING last_seq",
                [.text(tenant.text)]
            )
            for (index, widget) in newcomers.enumerated() {
                // Ids of one moment fall anyhow; the order of widgets is that of their ids.
                let moment = now.advanced(byMilliseconds: Int64(index))
                try insert(widget, on: layout.id, of: tenant, after: head?.integer(0) ?? 0, at: moment, sql: sql)
            }
            drafts += try CountStore.repeated(for: tenant, at: now, sql: sql)
        }
        drafts.append(updated(layout.id, to: old.version + 1, at: now))
        return drafts
    }

    /// The row that tells pages of a layout that has changed.
    static func updated(_ id: Layout.ID, to version: Int64, at now: Timestamp) -> EventDraft {
        draft(.overlayUpdate, ["layoutId": .string(id.text), "version": .integer(version)], at: now)
    }

    private static func configChange(of widget: PlacedWidget, on layoutId: Layout.ID, at now: Timestamp) -> EventDraft {
        draft(
            .configChange,
            [
                "widgetId": .string(widget.id.text), "layoutId": .string(layoutId.text),
                "version": .string(widget.settings.version), "config": widget.settings.config,
            ],
            at: now
        )
    }

    private static func draft(_ type: EventType, _ payload: JSONValue, at now: Timestamp) -> EventDraft {
        EventDraft(
            id: Event.ID(UUIDv7.make(at: now)),
            type: type,
            platform: .streamvibes,
            occurredAt: now,
            payload: payload
        )
    }

    static func remove(_ id: PlacedWidget.ID, of tenant: Tenant.ID, sql: any SQLSession) throws {
        let values: [SQLValue] = [.text(tenant.text), .text(id.text)]
        try sql.run("DELETE FROM checkpoints WHERE streamer_id = $1 AND widget_id = $2", values)
        try sql.run("DELETE FROM widgets WHERE streamer_id = $1 AND id = $2", values)
    }

    private static func update(_ widget: PlacedWidget, of tenant: Tenant.ID, sql: any SQLSession) throws {
        try sql.run(
            """
            UPDATE widgets SET config = $3, config_version = $4, x = $5, y = $6, width = $7, height = $8, z_index = $9,
                visible = $10, locked = $11
            WHERE streamer_id = $1 AND id = $2
            """,
            [
                .text(tenant.text), .text(widget.id.text), .text(widget.settings.config.text),
                .text(widget.settings.version), .integer(widget.position.x), .integer(widget.position.y),
                .integer(widget.position.width), .integer(widget.position.height), .integer(widget.zIndex),
                .flag(widget.visible), .flag(widget.locked),
            ]
        )
    }

    private static func insert(
        _ widget: PlacedWidget,
        on layoutId: Layout.ID,
        of tenant: Tenant.ID,
        after seq: Int64,
        at now: Timestamp,
        sql: any SQLSession
    ) throws {
        try sql.run(
            """
            INSERT INTO widgets (id, streamer_id, layout_id, type, config, x, y, width, height, z_index, visible,
                locked, placed_at_seq, config_version, placed_config, placed_version)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $5, $14)
            """,
            [
                .text(widget.id.text.isEmpty ? UUIDv7.make(at: now) : widget.id.text), .text(tenant.text),
                .text(layoutId.text), .text(widget.type),
                .text(widget.settings.config.text), .integer(widget.position.x), .integer(widget.position.y),
                .integer(widget.position.width), .integer(widget.position.height), .integer(widget.zIndex),
                .flag(widget.visible), .flag(widget.locked), .integer(seq), .text(widget.settings.version),
            ]
        )
    }
}
