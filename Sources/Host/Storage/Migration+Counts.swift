extension Migration {
    /// Follows since the streamer typed in how many there were: rows leave the log, this number stays.
    static let followsSinceStart = Migration(
        version: 8,
        statements: ["ALTER TABLE channels ADD COLUMN follows_since_start BIGINT NOT NULL DEFAULT 0"]
    )
}
