import Logging
import ServiceLifecycle
import WidgetAPI

/// Lets old events leave the log.
///
/// Totals survive: they stand in the widgets' checkpoints, and no row goes that a
/// checkpoint has not seen.
struct EventRetention: Service {
    let database: any Database
    /// Days an event stays; 0 keeps everything.
    let days: Int
    let now: @Sendable () -> Timestamp
    let logger: Logger

    /// Rows that leave in one transaction, so that intake never waits long for the writer.
    static let slice = 2000

    func run() async throws {
        guard days > 0 else { return try await gracefulShutdown() }
        // Being asked to stop is how this ends; thrown on, it would be reported as why the host failed.
        try? await cancelWhenGracefulShutdown {
            while true {
                do {
                    let removed = try await sweep()
                    if removed > 0 { logger.info("old events left the log", metadata: ["rows": "\(removed)"]) }
                } catch is CancellationError {
                    return
                } catch {
                    logger.warning("old events could not be removed", metadata: ["reason": "\(error)"])
                }
                try await Task.sleep(for: .seconds(3600))
            }
        }
    }

    /// The moment before which rows leave, or that many days ago where they leave sooner; `nil` where all of them stay.
    func horizon(atLeastDays least: Int = 0) -> Timestamp? {
        days > 0 ? now().advanced(byMilliseconds: -Int64(max(days, least)) * 86_400_000) : nil
    }

    /// Removes what is older than the limit and returns how many rows that were.
    func sweep() async throws -> Int {
        guard let oldest = horizon() else { return 0 }
        var removed = 0
        while true {
            let count = try await database.hostTransaction { sql in
                // The newest row stays: it dates an unclean start.
                try sql.run(
                    """
                    DELETE FROM events WHERE (streamer_id, seq) IN (
                        SELECT e.streamer_id, e.seq FROM events e JOIN streamers s ON s.id = e.streamer_id
                        WHERE e.received_at < $1 AND e.seq < s.last_seq AND e.seq <= coalesce(
                            (SELECT min(c.seq) FROM checkpoints c WHERE c.streamer_id = e.streamer_id), 0)
                        LIMIT $2)
                    """,
                    [.integer(oldest.milliseconds), .integer(Int64(Self.slice))]
                )
            }
            removed += count
            if count < Self.slice { return removed }
        }
    }
}
