import WidgetAPI

/// Layouts with their widgets and themes, as rows.
struct LayoutStore: Sendable {
    let database: any Database

    /// Everything a tenant's runtime needs to know, from one moment.
    func stages(in scope: TenantScope) async throws -> [Stage] {
        try await database.read(in: scope) { sql in
            let tenant = SQLValue.text(scope.tenant.text)
            let themes = try sql.rows("SELECT id, name, variables FROM themes WHERE streamer_id = $1", [tenant])
                .map(Self.theme)
            let widgets = try Dictionary(
                grouping: sql.rows(
                    """
                    SELECT layout_id, id, type, config, x, y, width, height, z_index, visible, placed_at_seq
                    FROM widgets WHERE streamer_id = $1 ORDER BY id
                    """,
                    [tenant]
                ),
                by: { $0.text(0) }
            )
            return try sql.rows(
                """
                SELECT id, name, is_default, mode, grid_columns, grid_rows, grid_gap, theme_id, version
                FROM layouts WHERE streamer_id = $1 ORDER BY created_at, id
                """,
                [tenant]
            ).map { row in
                let layout = Layout(
                    id: Layout.ID(row.text(0)),
                    name: row.text(1),
                    isDefault: row.flag(2),
                    mode: Layout.Mode(rawValue: row.text(3)) ?? .grid,
                    grid: .init(columns: row.integer(4), rows: row.integer(5), gap: row.integer(6)),
                    themeId: Identifier(row.text(7)),
                    version: row.integer(8),
                    widgets: try widgets[row.text(0), default: []].map(Self.widget)
                )
                let theme = themes.first { $0.id == layout.themeId }
                return Stage(layout: layout, theme: theme ?? Theme(id: layout.themeId, name: "", variables: .signal))
            }
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
        for (type, position) in starterWidgets {
            try sql.run(
                """
                INSERT INTO widgets (id, streamer_id, layout_id, type, config, x, y, width, height, z_index, visible,
                    locked, placed_at_seq)
                VALUES ($1, $2, $3, $4, '{}', $5, $6, $7, $8, 0, 1, 0, 0)
                """,
                [
                    .text(UUIDv7.make(at: now)), .text(tenant.text), .text(layoutId), .text(type),
                    .integer(position.x), .integer(position.y), .integer(position.width), .integer(position.height),
                ]
            )
        }
    }

    /// The places are the contract's (section 1, `channel add`).
    private static let starterWidgets: [(String, PlacedWidget.Position)] = [
        ("chat", .init(x: 9, y: 3, width: 3, height: 5)),
        ("events", .init(x: 3, y: 1, width: 6, height: 3)),
        ("goals", .init(x: 0, y: 0, width: 3, height: 1)),
        ("tips", .init(x: 0, y: 8, width: 12, height: 1)),
    ]

    private static func theme(_ row: SQLRow) throws -> Theme {
        Theme(
            id: Identifier(row.text(0)),
            name: row.text(1),
            variables: Theme.Variables(json: try JSONValue(parsing: row.text(2))) ?? .signal
        )
    }

    private static func widget(_ row: SQLRow) throws -> PlacedWidget {
        PlacedWidget(
            id: PlacedWidget.ID(row.text(1)),
            type: row.text(2),
            config: try JSONValue(parsing: row.text(3)),
            position: .init(x: row.integer(4), y: row.integer(5), width: row.integer(6), height: row.integer(7)),
            zIndex: row.integer(8),
            visible: row.flag(9),
            placedAtSeq: row.integer(10)
        )
    }
}

/// A layout as it goes on air: with the theme that it wears.
struct Stage: Sendable, Equatable {
    var layout: Layout
    var theme: Theme
}
