extension Migration {
    /// Ways to the rows of one type, and to what is due on one platform.
    static let typesAndPlatforms = Migration(
        version: 6,
        statements: [
            // However rare a type is; chat lines, which are most rows, cost nothing more.
            "CREATE INDEX events_by_type ON events (streamer_id, type, seq) WHERE type <> 'chat:message'",
            "DROP INDEX connections_by_refresh",
            "DROP INDEX connections_by_validation",
            "CREATE INDEX connections_by_refresh ON connections (platform, refresh_at)",
            "CREATE INDEX connections_by_validation ON connections (platform, validate_at)",
        ]
    )
}
