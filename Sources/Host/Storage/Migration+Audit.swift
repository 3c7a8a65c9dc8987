extension Migration {
    /// Who did what to an account, and a fence against what is older than an erasure.
    static let audit = Migration(
        version: 5,
        statements: [
            """
            CREATE TABLE audit_entries (
                streamer_id TEXT NOT NULL REFERENCES streamers (id) ON DELETE CASCADE,
                id BIGINT NOT NULL,
                at BIGINT NOT NULL,
                action TEXT NOT NULL,
                object_id TEXT,
                address TEXT NOT NULL,
                PRIMARY KEY (streamer_id, id)
            )
            """,
            "ALTER TABLE streamers ADD COLUMN fence BIGINT NOT NULL DEFAULT 0",
        ]
    )
}
