import WidgetAPI

/// A table of which a streamer is given their rows; a test holds the list against the schema.
struct ExportedTable: Sendable {
    /// A column, and how it is told.
    enum Column: Sendable {
        case text(String)
        case number(String)
        case flag(String)
        case moment(String)
        /// JSON that stands in the table as text.
        case json(String)

        var name: String {
            switch self {
            case .text(let name), .number(let name), .flag(let name), .moment(let name), .json(let name): name
            }
        }
    }

    /// Its place in the document.
    let member: String
    let table: String
    let statement: String
    let columns: [Column]

    /// Tables that the document tells in another way: files with their bytes, the log as everybody sees it.
    static let toldElsewhere = ["files", "events"]

    static let all = [
        ExportedTable(
            member: "streamer",
            table: "streamers",
            statement: "SELECT id, display_name, email, avatar_url, created_at FROM streamers WHERE id = $1",
            columns: [
                .text("id"), .text("displayName"), .text("email"), .text("avatarUrl"), .moment("createdAt"),
            ]
        ),
        ExportedTable(
            member: "channels",
            table: "channels",
            statement: """
                SELECT platform, channel, platform_user_id, connected_at, followers_at_start, follows_since_start
                FROM channels WHERE streamer_id = $1 ORDER BY platform
                """,
            columns: [
                .text("platform"), .text("channel"), .text("platformUserId"), .moment("connectedAt"),
                .number("followersAtStart"), .number("followsSinceStart"),
            ]
        ),
        ExportedTable(
            member: "connections",
            table: "connections",
            statement: """
                SELECT platform, platform_user_id, scopes, status, expires_at
                FROM connections WHERE streamer_id = $1 ORDER BY platform
                """,
            columns: [
                .text("platform"), .text("platformUserId"), .text("scopes"), .text("status"), .moment("expiresAt"),
            ]
        ),
        ExportedTable(
            member: "sessions",
            table: "sessions",
            statement: """
                SELECT id, created_at, last_used_at, expires_at, user_agent, address
                FROM sessions WHERE streamer_id = $1 ORDER BY created_at
                """,
            columns: [
                .text("id"), .moment("createdAt"), .moment("lastUsedAt"), .moment("expiresAt"), .text("userAgent"),
                .text("address"),
            ]
        ),
        ExportedTable(
            member: "loginsUnderWay",
            table: "login_states",
            statement: "SELECT platform, expires_at FROM login_states WHERE streamer_id = $1 ORDER BY expires_at",
            columns: [.text("platform"), .moment("expiresAt")]
        ),
        ExportedTable(
            member: "settings",
            table: "streamer_settings",
            statement: """
                SELECT locale, time_zone, shortcuts, setup_step FROM streamer_settings WHERE streamer_id = $1
                """,
            columns: [.text("locale"), .text("timeZone"), .flag("shortcuts"), .number("setupStep")]
        ),
        ExportedTable(
            member: "themes",
            table: "themes",
            statement: """
                SELECT id, name, is_default, variables, created_at FROM themes WHERE streamer_id = $1 ORDER BY id
                """,
            columns: [.text("id"), .text("name"), .flag("isDefault"), .json("variables"), .moment("createdAt")]
        ),
        ExportedTable(
            member: "layouts",
            table: "layouts",
            statement: """
                SELECT id, name, is_default, mode, grid_columns, grid_rows, grid_gap, theme_id, version, created_at,
                    updated_at
                FROM layouts WHERE streamer_id = $1 ORDER BY id
                """,
            columns: [
                .text("id"), .text("name"), .flag("isDefault"), .text("mode"), .number("gridColumns"),
                .number("gridRows"), .number("gridGap"), .text("themeId"), .number("version"), .moment("createdAt"),
                .moment("updatedAt"),
            ]
        ),
        ExportedTable(
            member: "widgets",
            table: "widgets",
            statement: """
                SELECT id, layout_id, type, config_version, config, x, y, width, height, z_index, visible, locked
                FROM widgets WHERE streamer_id = $1 ORDER BY id
                """,
            columns: placed
        ),
        ExportedTable(
            member: "layoutDrafts",
            table: "layout_drafts",
            statement: """
                SELECT layout_id, name, mode, grid_columns, grid_rows, grid_gap, theme_id, version, updated_at
                FROM layout_drafts WHERE streamer_id = $1 ORDER BY layout_id
                """,
            columns: [
                .text("layoutId"), .text("name"), .text("mode"), .number("gridColumns"), .number("gridRows"),
                .number("gridGap"), .text("themeId"), .number("version"), .moment("updatedAt"),
            ]
        ),
        ExportedTable(
            member: "draftWidgets",
            table: "draft_widgets",
            statement: """
                SELECT id, layout_id, type, config_version, config, x, y, width, height, z_index, visible, locked
                FROM draft_widgets WHERE streamer_id = $1 ORDER BY id
                """,
            columns: placed
        ),
        ExportedTable(
            member: "overlayKeys",
            table: "overlay_keys",
            statement: """
                SELECT layout_id, created_at, ends_at FROM overlay_keys WHERE streamer_id = $1 ORDER BY created_at
                """,
            columns: [.text("layoutId"), .moment("createdAt"), .moment("endsAt")]
        ),
        ExportedTable(
            member: "tipSources",
            table: "tip_sources",
            statement: """
                SELECT id, service, created_at, last_delivery_at FROM tip_sources WHERE streamer_id = $1
                ORDER BY created_at, id
                """,
            columns: [.text("id"), .text("service"), .moment("createdAt"), .moment("lastDeliveryAt")]
        ),
        ExportedTable(
            member: "widgetStates",
            table: "checkpoints",
            statement: """
                SELECT widget_id, seq, clock, state FROM checkpoints WHERE streamer_id = $1 ORDER BY widget_id
                """,
            columns: [.text("widgetId"), .number("seq"), .moment("clock"), .json("state")]
        ),
        ExportedTable(
            member: "streamSessions",
            table: "stream_sessions",
            statement: """
                SELECT platform, id, started_at, resumed_at, ended_at, is_live
                FROM stream_sessions WHERE streamer_id = $1 ORDER BY platform, id
                """,
            columns: [
                .text("platform"), .number("id"), .moment("startedAt"), .moment("resumedAt"), .moment("endedAt"),
                .flag("isLive"),
            ]
        ),
        ExportedTable(
            member: "audit",
            table: "audit_entries",
            statement: """
                SELECT at, action, object_id, address FROM audit_entries WHERE streamer_id = $1 ORDER BY id
                """,
            columns: [.moment("at"), .text("action"), .text("objectId"), .text("address")]
        ),
    ]

    private static let placed: [Column] = [
        .text("id"), .text("layoutId"), .text("type"), .text("configVersion"), .json("config"), .number("x"),
        .number("y"), .number("width"), .number("height"), .number("zIndex"), .flag("visible"), .flag("locked"),
    ]

    /// A row as an object.
    func json(_ row: SQLRow) -> JSONValue {
        var object = JSONObject()
        for (index, column) in columns.enumerated() { object[column.name] = value(column, row.values[index]) }
        return .object(object)
    }

    private func value(_ column: Column, _ value: SQLValue) -> JSONValue {
        switch (column, value) {
        case (_, .null): .null
        case (.flag, .integer(let number)): .bool(number != 0)
        case (.moment, .integer(let number)): .string(Timestamp(milliseconds: number).iso8601)
        case (_, .integer(let number)): .integer(number)
        case (.json, .text(let text)): (try? JSONValue(parsing: text)) ?? .string(text)
        case (_, .text(let text)): .string(text)
        }
    }
}
