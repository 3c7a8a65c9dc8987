import WidgetAPI

/// Widgets' checkpoints as rows.
///
/// A lost one costs a longer replay and nothing else.
struct CheckpointStore: Sendable {
    let database: any Database

    func checkpoints(in scope: TenantScope) async throws -> [PlacedWidget.ID: WidgetCheckpoint] {
        try await database.read(in: scope) { sql in
            let rows = try sql.rows(
                "SELECT widget_id, seq, clock, state FROM checkpoints WHERE streamer_id = $1",
                [.text(scope.tenant.text)]
            )
            var all: [PlacedWidget.ID: WidgetCheckpoint] = [:]
            for row in rows {
                let id = PlacedWidget.ID(row.text(0))
                all[id] = WidgetCheckpoint(
                    widgetId: id,
                    seq: row.integer(1),
                    clock: Timestamp(milliseconds: row.integer(2)),
                    content: try JSONValue(parsing: row.text(3))
                )
            }
            return all
        }
    }

    /// Keeps these in place of older ones of the same widgets, all in one transaction.
    ///
    /// Throws ``CheckpointError/fenced`` when what is remembered has been rewritten since that fence was read: what
    /// comes from before must not come back.
    func save(_ checkpoints: [WidgetCheckpoint], before fence: Int64, in scope: TenantScope) async throws {
        try await database.transaction(in: scope) { sql in
            let current = try sql.first("SELECT fence FROM streamers WHERE id = $1", [.text(scope.tenant.text)])
            if let current, current.integer(0) != fence { throw CheckpointError.fenced }
            for checkpoint in checkpoints {
                try sql.run(
                    """
                    INSERT INTO checkpoints (streamer_id, widget_id, seq, clock, state) VALUES ($1, $2, $3, $4, $5)
                    ON CONFLICT (streamer_id, widget_id) DO UPDATE SET
                        seq = excluded.seq, clock = excluded.clock, state = excluded.state
                    WHERE excluded.seq >= checkpoints.seq
                    """,
                    [
                        .text(scope.tenant.text), .text(checkpoint.widgetId.text), .integer(checkpoint.seq),
                        .integer(checkpoint.clock.milliseconds), .text(checkpoint.content.text),
                    ]
                )
            }
        }
        HostCounters.shared.checkpointsWritten.add(checkpoints.count)
    }

    /// Rewrites what every widget of a streamer remembers, and fences off what runs.
    static func rewrite(
        of tenant: Tenant.ID,
        sql: any SQLSession,
        _ change: (JSONValue) -> JSONValue
    ) throws {
        let rows = try sql.rows(
            "SELECT widget_id, state FROM checkpoints WHERE streamer_id = $1",
            [.text(tenant.text)]
        )
        for row in rows {
            try sql.run(
                "UPDATE checkpoints SET state = $3 WHERE streamer_id = $1 AND widget_id = $2",
                [.text(tenant.text), .text(row.text(0)), .text(change(try JSONValue(parsing: row.text(1))).text)]
            )
        }
        try sql.run("UPDATE streamers SET fence = fence + 1 WHERE id = $1", [.text(tenant.text)])
    }
}

/// Why checkpoints are not kept.
enum CheckpointError: Error {
    case fenced
}
