/// The steps that bring a database to the current schema.
///
/// A step that has been released never changes again.
struct Migration: Sendable {
    let version: Int
    let statements: [String]

    static let all: [Migration] = [
        Migration(
            version: 1,
            statements: [
                """
                CREATE TABLE streamers (
                    id TEXT PRIMARY KEY,
                    display_name TEXT NOT NULL,
                    created_at BIGINT NOT NULL,
                    last_seq BIGINT NOT NULL DEFAULT 0,
                    last_received_at BIGINT NOT NULL DEFAULT 0,
                    overlay_open INTEGER NOT NULL DEFAULT 0
                )
                """,
                """
                CREATE TABLE channels (
                    streamer_id TEXT NOT NULL REFERENCES streamers (id) ON DELETE CASCADE,
                    platform TEXT NOT NULL,
                    channel TEXT NOT NULL,
                    platform_user_id TEXT NOT NULL,
                    connected_at BIGINT NOT NULL,
                    PRIMARY KEY (platform, platform_user_id),
                    UNIQUE (platform, channel)
                )
                """,
                "CREATE INDEX channels_by_streamer ON channels (streamer_id)",
                """
                CREATE TABLE themes (
                    id TEXT PRIMARY KEY,
                    streamer_id TEXT NOT NULL REFERENCES streamers (id) ON DELETE CASCADE,
                    name TEXT NOT NULL,
                    is_default INTEGER NOT NULL,
                    variables TEXT NOT NULL,
                    created_at BIGINT NOT NULL
                )
                """,
                "CREATE INDEX themes_by_streamer ON themes (streamer_id)",
                """
                CREATE TABLE layouts (
                    id TEXT PRIMARY KEY,
                    streamer_id TEXT NOT NULL REFERENCES streamers (id) ON DELETE CASCADE,
                    theme_id TEXT NOT NULL REFERENCES themes (id),
                    name TEXT NOT NULL,
                    is_default INTEGER NOT NULL,
                    mode TEXT NOT NULL,
                    grid_columns BIGINT NOT NULL,
                    grid_rows BIGINT NOT NULL,
                    grid_gap BIGINT NOT NULL,
                    version BIGINT NOT NULL,
                    created_at BIGINT NOT NULL,
                    updated_at BIGINT NOT NULL
                )
                """,
                "CREATE INDEX layouts_by_streamer ON layouts (streamer_id)",
                """
                CREATE TABLE widgets (
                    id TEXT PRIMARY KEY,
                    streamer_id TEXT NOT NULL REFERENCES streamers (id) ON DELETE CASCADE,
                    layout_id TEXT NOT NULL REFERENCES layouts (id) ON DELETE CASCADE,
                    type TEXT NOT NULL,
                    config TEXT NOT NULL,
                    x BIGINT NOT NULL,
                    y BIGINT NOT NULL,
                    width BIGINT NOT NULL,
                    height BIGINT NOT NULL,
                    z_index BIGINT NOT NULL,
                    visible INTEGER NOT NULL,
                    locked INTEGER NOT NULL,
                    placed_at_seq BIGINT NOT NULL
                )
                """,
                "CREATE INDEX widgets_by_layout ON widgets (streamer_id, layout_id)",
                """
                CREATE TABLE events (
                    streamer_id TEXT NOT NULL REFERENCES streamers (id) ON DELETE CASCADE,
                    seq BIGINT NOT NULL,
                    platform TEXT NOT NULL,
                    source_id TEXT NOT NULL,
                    type TEXT NOT NULL,
                    channel_id TEXT,
                    occurred_at BIGINT NOT NULL,
                    received_at BIGINT NOT NULL,
                    test INTEGER NOT NULL,
                    payload TEXT NOT NULL,
                    PRIMARY KEY (streamer_id, seq),
                    UNIQUE (streamer_id, platform, source_id)
                )
                """,
                "CREATE INDEX events_by_age ON events (received_at)",
                "CREATE INDEX events_besides_chat ON events (streamer_id, seq) WHERE type <> 'chat:message'",
                """
                CREATE TABLE checkpoints (
                    streamer_id TEXT NOT NULL REFERENCES streamers (id) ON DELETE CASCADE,
                    widget_id TEXT NOT NULL,
                    seq BIGINT NOT NULL,
                    clock BIGINT NOT NULL,
                    state TEXT NOT NULL,
                    PRIMARY KEY (streamer_id, widget_id)
                )
                """,
                """
                CREATE TABLE sessions (
                    token_hash TEXT PRIMARY KEY,
                    streamer_id TEXT NOT NULL REFERENCES streamers (id) ON DELETE CASCADE,
                    csrf_token TEXT NOT NULL,
                    created_at BIGINT NOT NULL,
                    expires_at BIGINT NOT NULL
                )
                """,
                "CREATE INDEX sessions_by_streamer ON sessions (streamer_id)",
            ]
        ),
        Migration(
            version: 2,
            statements: [
                // Settings change while a widget runs, and each change is a row of the log. A replay without a
                // checkpoint begins with the settings of the day on which the widget was placed.
                "ALTER TABLE widgets ADD COLUMN placed_config TEXT NOT NULL DEFAULT '{}'",
                "ALTER TABLE widgets ADD COLUMN placed_version TEXT NOT NULL DEFAULT '1.0.0'",
                // The version of the widget type that wrote the settings.
                "ALTER TABLE widgets ADD COLUMN config_version TEXT NOT NULL DEFAULT '1.0.0'",
                "UPDATE widgets SET placed_config = config",
            ]
        ),
        draftsKeysAndFiles,
    ]

    /// Brings the database to the newest version; all steps that are missing, or none.
    ///
    /// - Returns: the versions that were applied, none when there was nothing to do.
    @discardableResult
    static func migrate(_ database: any Database) async throws -> [Int] {
        try await database.hostTransaction { sql in
            try sql.run("CREATE TABLE IF NOT EXISTS schema_migrations (version BIGINT PRIMARY KEY)")
            let applied = try sql.rows("SELECT version FROM schema_migrations", []).map { Int($0.integer(0)) }
            let newest = all.map(\.version).max() ?? 0
            if let found = applied.max(), found > newest {
                throw StorageError.newerSchema(found: found, known: newest)
            }
            let missing = all.filter { !applied.contains($0.version) }
            for migration in missing {
                for statement in migration.statements {
                    try sql.run(statement)
                }
                try sql.run("INSERT INTO schema_migrations (version) VALUES ($1)", [.integer(Int64(migration.version))])
            }
            return missing.map(\.version)
        }
    }
}
