extension Migration {
    /// Drafts of layouts, overlay keys, files and settings.
    static let draftsKeysAndFiles = Migration(
        version: 4,
        statements: [
            """
            CREATE TABLE layout_drafts (
                layout_id TEXT PRIMARY KEY REFERENCES layouts (id) ON DELETE CASCADE,
                streamer_id TEXT NOT NULL REFERENCES streamers (id) ON DELETE CASCADE,
                theme_id TEXT NOT NULL,
                name TEXT NOT NULL,
                mode TEXT NOT NULL,
                grid_columns BIGINT NOT NULL,
                grid_rows BIGINT NOT NULL,
                grid_gap BIGINT NOT NULL,
                version BIGINT NOT NULL,
                updated_at BIGINT NOT NULL
            )
            """,
            "CREATE INDEX layout_drafts_by_streamer ON layout_drafts (streamer_id, theme_id)",
            """
            CREATE TABLE draft_widgets (
                id TEXT PRIMARY KEY,
                streamer_id TEXT NOT NULL REFERENCES streamers (id) ON DELETE CASCADE,
                layout_id TEXT NOT NULL REFERENCES layout_drafts (layout_id) ON DELETE CASCADE,
                type TEXT NOT NULL,
                config TEXT NOT NULL,
                config_version TEXT NOT NULL,
                x BIGINT NOT NULL,
                y BIGINT NOT NULL,
                width BIGINT NOT NULL,
                height BIGINT NOT NULL,
                z_index BIGINT NOT NULL,
                visible INTEGER NOT NULL,
                locked INTEGER NOT NULL
            )
            """,
            "CREATE INDEX draft_widgets_by_layout ON draft_widgets (layout_id)",
            "CREATE INDEX draft_widgets_by_streamer ON draft_widgets (streamer_id)",
            """
            CREATE TABLE overlay_keys (
                layout_id TEXT NOT NULL REFERENCES layouts (id) ON DELETE CASCADE,
                key_hash TEXT NOT NULL,
                streamer_id TEXT NOT NULL REFERENCES streamers (id) ON DELETE CASCADE,
                sealed_key TEXT NOT NULL,
                created_at BIGINT NOT NULL,
                ends_at BIGINT,
                PRIMARY KEY (layout_id, key_hash)
            )
            """,
            "CREATE INDEX overlay_keys_by_streamer ON overlay_keys (streamer_id)",
            """
            CREATE TABLE files (
                id TEXT PRIMARY KEY,
                streamer_id TEXT NOT NULL REFERENCES streamers (id) ON DELETE CASCADE,
                name TEXT NOT NULL,
                type TEXT NOT NULL,
                size BIGINT NOT NULL,
                created_at BIGINT NOT NULL
            )
            """,
            "CREATE INDEX files_by_streamer ON files (streamer_id, created_at)",
            """
            CREATE TABLE streamer_settings (
                streamer_id TEXT PRIMARY KEY REFERENCES streamers (id) ON DELETE CASCADE,
                locale TEXT NOT NULL,
                time_zone TEXT NOT NULL,
                shortcuts INTEGER NOT NULL,
                setup_step BIGINT NOT NULL
            )
            """,
            // One default at any moment, whoever writes.
            "CREATE UNIQUE INDEX layouts_default ON layouts (streamer_id) WHERE is_default = 1",
            "CREATE UNIQUE INDEX themes_default ON themes (streamer_id) WHERE is_default = 1",
            // A deleted layout or theme is looked for by those that may point at it.
            "CREATE INDEX widgets_by_layout_alone ON widgets (layout_id)",
            "CREATE INDEX layouts_by_theme ON layouts (theme_id)",
        ]
    )
}
