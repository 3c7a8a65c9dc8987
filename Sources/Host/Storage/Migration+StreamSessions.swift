extension Migration {
    /// When streamers were on air.
    static let streamSessions = Migration(
        version: 9,
        statements: [
            // The id is the place in the log of the row that began it. A session that dropped and came back goes on:
            // `resumed_at` is the beginning of its last broadcast. One that is neither live nor has an end was followed
            // by another before anybody had said that it was over.
            """
            CREATE TABLE stream_sessions (
                streamer_id TEXT NOT NULL REFERENCES streamers (id) ON DELETE CASCADE,
                platform TEXT NOT NULL,
                id BIGINT NOT NULL,
                started_at BIGINT NOT NULL,
                resumed_at BIGINT NOT NULL,
                ended_at BIGINT,
                is_live INTEGER NOT NULL,
                PRIMARY KEY (streamer_id, platform, id)
            )
            """,
            "CREATE INDEX stream_sessions_live ON stream_sessions (resumed_at, streamer_id) WHERE is_live = 1",
        ]
    )
}
