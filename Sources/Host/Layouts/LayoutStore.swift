import WidgetAPI

/// Layouts with their widgets and themes, as rows.
struct LayoutStore: Sendable {
    let database: any Database

    /// Whether the streamer has a layout of that id.
    func exists(_ id: Layout.ID, in scope: TenantScope) async throws -> Bool {
        let tenant = scope.tenant
        return try await database.read(in: scope) { sql in
            try sql.first(
                "SELECT 1 FROM layouts WHERE streamer_id = $1 AND id = $2",
                [.text(tenant.text), .text(id.text)]
            ) != nil
        }
    }

    /// Everything a tenant's runtime needs to know, from one moment.
    func stages(in scope: TenantScope) async throws -> [Stage] {
        let tenant = scope.tenant
        return try await database.read(in: scope) { sql in
            let themes = try ThemeStore.themes(of: tenant, sql: sql)
            let rings = try OverlayKeyStore.rings(of: tenant, sql: sql)
            return try Self.layouts(of: tenant, sql: sql).map { layout in
                let theme = themes.first { $0.id == layout.themeId }
                return Stage(
                    layout: layout,
                    theme: theme ?? Theme(id: layout.themeId, name: "", variables: .signal),
                    keys: rings[layout.id] ?? OverlayKeyRing()
                )
            }
        }
    }

    /// A layout inside a transaction that is about to change it.
    static func layout(_ id: Layout.ID, of tenant: Tenant.ID, sql: any SQLSession) throws -> Layout? {
        try layouts(of: tenant, sql: sql).first { $0.id == id }
    }

    /// Whether the streamer has a theme of that id.
    static func hasTheme(_ id: Identifier<Theme>, of tenant: Tenant.ID, sql: any SQLSession) throws -> Bool {
        try sql.first(
            "SELECT 1 FROM themes WHERE streamer_id = $1 AND id = $2",
            [.text(tenant.text), .text(id.text)]
        ) != nil
    }

    /// All layouts in the order in which they were made, each with its widgets in the order of their ids.
    static func layouts(of tenant: Tenant.ID, sql: any SQLSession) throws -> [Layout] {
        let widgets = try Dictionary(
            grouping: sql.rows(
                """
                SELECT layout_id, id, type, config, x, y, width, height, z_index, visible, placed_at_seq,
                    locked, config_version, placed_config, placed_version
                FROM widgets WHERE streamer_id = $1 ORDER BY id
                """,
                [.text(tenant.text)]
            ),
            by: { $0.text(0) }
        )
        return try sql.rows(
            """
            SELECT id, name, is_default, mode, grid_columns, grid_rows, grid_gap, theme_id, version, created_at,
                updated_at
            FROM layouts WHERE streamer_id = $1 ORDER BY created_at, id
            """,
            [.text(tenant.text)]
        ).map { row in
            Layout(
                id: Layout.ID(row.text(0)),
                name: row.text(1),
                isDefault: row.flag(2),
                mode: Layout.Mode(rawValue: row.text(3)) ?? .grid,
                grid: .init(columns: row.integer(4), rows: row.integer(5), gap: row.integer(6)),
                themeId: Identifier(row.text(7)),
                version: row.integer(8),
                createdAt: Timestamp(milliseconds: row.integer(9)),
                updatedAt: Timestamp(milliseconds: row.integer(10)),
                widgets: try widgets[row.text(0), default: []].map(Self.widget)
            )
        }
    }

    /// Adds the layout "Main" with the four core widgets and the theme "Signal" for a streamer who has just been made.
    static func addStarter(for tenant: Tenant.ID, now: Timestamp, sql: any SQLSession) throws {
        let themeId = UUIDv7.make(at: now)
        try sql.run(
            """
            INSERT INTO themes (id, streamer_id, name, is_default, variables, created_at)
            VALUES ($1, $2, 'Signal', 1, $3, $4)
            """,
            [
                .text(themeId), .text(tenant.text), .text(Theme.Variables.signal.json.text),
                .integer(now.milliseconds),
            ]
        )
        let layoutId = UUIDv7.make(at: now)
        try sql.run(
            """
            INSERT INTO layouts (id, streamer_id, theme_id, name, is_default, mode, grid_columns, grid_rows, grid_gap,
                version, created_at, updated_at)
            VALUES ($1, $2, $3, 'Main', 1, 'grid', 12, 9, 0, 1, $4, $4)
            """,
            [.text(layoutId), .text(tenant.text), .text(themeId), .integer(now.milliseconds)]
        )
        for (index, (type, position, config)) in starterWidgets.enumerated() {
            try sql.run(
                """
                INSERT INTO widgets (id, streamer_id, layout_id, type, config, x, y, width, height, z_index, visible,
                    locked, placed_at_seq, placed_config)
                VALUES ($1, $2, $3, $4, $9, $5, $6, $7, $8, 0, 1, 0, 0, $9)
                """,
                [
                    // Ids of one moment fall anyhow; the order of widgets is that of their ids.
                    .text(UUIDv7.make(at: now.advanced(byMilliseconds: Int64(index)))), .text(tenant.text),
                    .text(layoutId), .text(type),
                    .integer(position.x), .integer(position.y), .integer(position.width), .integer(position.height),
                    .text(config),
                ]
            )
        }
    }

    /// The places are the contract's (section 1, `channel add`).
    ///
    /// Rotating messages would be an empty bar until somebody writes some, so the tips begin with tips.
    private static let starterWidgets: [(type: String, position: PlacedWidget.Position, config: String)] = [
        ("chat", .init(x: 9, y: 3, width: 3, height: 5), "{}"),
        ("events", .init(x: 3, y: 1, width: 6, height: 3), "{}"),
        ("goals", .init(x: 0, y: 0, width: 3, height: 1), "{}"),
        ("tips", .init(x: 0, y: 8, width: 12, height: 1), #"{"mode":"donations"}"#),
    ]

    static func widget(_ row: SQLRow) throws -> PlacedWidget {
        PlacedWidget(
            id: PlacedWidget.ID(row.text(1)),
            type: row.text(2),
            settings: WidgetSettings(version: row.text(12), config: try JSONValue(parsing: row.text(3))),
            position: .init(x: row.integer(4), y: row.integer(5), width: row.integer(6), height: row.integer(7)),
            zIndex: row.integer(8),
            visible: row.flag(9),
            locked: row.flag(11),
            placedAtSeq: row.integer(10),
            placedSettings: WidgetSettings(version: row.text(14), config: try JSONValue(parsing: row.text(13)))
        )
    }
}

/// A layout as it goes on air: with the theme that it wears and the keys that open it.
struct Stage: Sendable, Equatable {
    var layout: Layout
    var theme: Theme
    var keys = OverlayKeyRing()
}
