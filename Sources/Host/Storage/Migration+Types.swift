extension Migration {
    /// A way to the rows of one type, however rare they are; chat lines, which are most rows, cost nothing more.
    static let types = Migration(
        version: 6,
        statements: [
            "CREATE INDEX events_by_type ON events (streamer_id, type, seq) WHERE type <> 'chat:message'"
        ]
    )
}
