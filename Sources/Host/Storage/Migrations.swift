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
        Migration(
            version: 3,
            statements: [
                "ALTER TABLE streamers ADD COLUMN email TEXT",
                "ALTER TABLE streamers ADD COLUMN avatar_url TEXT",
                // What a platform does not tell (Kick), the streamer does.
                "ALTER TABLE channels ADD COLUMN followers_at_start BIGINT",
                // A data key stands here once for each key that may open it: two of them between a change of SECRET_KEY
                // and the next start.
                """
                CREATE TABLE data_keys (
                    id TEXT NOT NULL,
                    secret_key_id TEXT NOT NULL,
                    sealed TEXT NOT NULL,
                    is_leaving INTEGER NOT NULL,
                    created_at BIGINT NOT NULL,
                    PRIMARY KEY (id, secret_key_id)
                )
                """,
                // Tokens of a channel whose owner has signed in. Both are sealed.
                """
                CREATE TABLE connections (
                    streamer_id TEXT NOT NULL REFERENCES streamers (id) ON DELETE CASCADE,
                    platform TEXT NOT NULL,
                    platform_user_id TEXT NOT NULL,
                    access_token TEXT NOT NULL,
                    refresh_token TEXT,
                    scopes TEXT NOT NULL,
                    status TEXT NOT NULL,
                    generation BIGINT NOT NULL,
                    expires_at BIGINT,
                    refresh_at BIGINT,
                    validate_at BIGINT,
                    PRIMARY KEY (streamer_id, platform),
                    FOREIGN KEY (platform, platform_user_id) REFERENCES channels (platform, platform_user_id)
                        ON DELETE CASCADE
                )
                """,
                "CREATE INDEX connections_by_channel ON connections (platform, platform_user_id)",
                "CREATE INDEX connections_by_refresh ON connections (refresh_at)",
                "CREATE INDEX connections_by_validation ON connections (validate_at)",
                // Logins that are under way. Nothing in a row opens anything: state and cookie are kept as hashes.
                """
                CREATE TABLE login_states (
                    state_hash TEXT PRIMARY KEY,
                    browser_hash TEXT NOT NULL,
                    platform TEXT NOT NULL,
                    streamer_id TEXT REFERENCES streamers (id) ON DELETE CASCADE,
                    expires_at BIGINT NOT NULL
                )
                """,
                "CREATE INDEX login_states_by_age ON login_states (expires_at)",
                "CREATE INDEX login_states_by_streamer ON login_states (streamer_id)",
                // Sessions of before have no id to be ended by: everybody signs in once more.
                "DELETE FROM sessions",
                "ALTER TABLE sessions ADD COLUMN id TEXT NOT NULL DEFAULT ''",
                "ALTER TABLE sessions ADD COLUMN last_used_at BIGINT NOT NULL DEFAULT 0",
                "ALTER TABLE sessions ADD COLUMN user_agent TEXT NOT NULL DEFAULT ''",
                "ALTER TABLE sessions ADD COLUMN address TEXT NOT NULL DEFAULT ''",
                "CREATE UNIQUE INDEX sessions_by_id ON sessions (id)",
                "CREATE INDEX sessions_by_age ON sessions (expires_at)",
            ]
        ),
        draftsKeysAndFiles,
        audit,
        typesAndPlatforms,
        tipSources,
        followsSinceStart,
        streamSessions,
        signatures,
    ]

    /// The schema of a database that lacks no step.
    static var newest: Int { all.map(\.version).max() ?? 0 }

    /// Brings the database to the newest version; all steps that are missing, or none.
    ///
    /// - Returns: the versions that were applied, none when there was nothing to do.
    @discardableResult
    static func migrate(_ database: any Database) async throws -> [Int] {
        try await database.hostTransaction { sql in
            try sql.run("CREATE TABLE IF NOT EXISTS schema_migrations (version BIGINT PRIMARY KEY)")
            let applied = try sql.rows("SELECT version FROM schema_migrations", []).map { Int($0.integer(0)) }
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
