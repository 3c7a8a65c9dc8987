extension Migration {
    /// Services that tell of a streamer's tips.
    static let tipSources = Migration(
        version: 7,
        statements: [
            // Key and secret are sealed; deliveries are found by the key's hash.
            """
            CREATE TABLE tip_sources (
                id TEXT PRIMARY KEY,
                streamer_id TEXT NOT NULL REFERENCES streamers (id) ON DELETE CASCADE,
                service TEXT NOT NULL,
                key_hash TEXT NOT NULL UNIQUE,
                sealed_key TEXT NOT NULL,
                sealed_secret TEXT NOT NULL,
                created_at BIGINT NOT NULL,
                last_delivery_at BIGINT
            )
            """,
            "CREATE INDEX tip_sources_by_streamer ON tip_sources (streamer_id, created_at)",
        ]
    )
}
