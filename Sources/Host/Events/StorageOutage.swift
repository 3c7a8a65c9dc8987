import Logging
import WidgetAPI

/// Says once that storage is away and once that it is back, however many appends fail between.
struct StorageOutage {
    /// How long a failure says something about now.
    private static let freshMilliseconds: Int64 = 10_000

    private var lost: Int?
    private var lastFailure = Timestamp(milliseconds: 0)

    func isGoingOn(at moment: Timestamp) -> Bool {
        lost != nil && moment < lastFailure.advanced(byMilliseconds: Self.freshMilliseconds)
    }

    mutating func begin(_ error: any Error, at moment: Timestamp, _ logger: Logger) {
        lastFailure = moment
        if lost == nil {
            logger.error("storage takes no events; deliveries are answered 503", metadata: ["reason": "\(error)"])
        }
        lost = (lost ?? 0) + 1
    }

    mutating func end(_ logger: Logger) {
        guard let lost else { return }
        logger.notice("storage takes events again", metadata: ["failed_commits": "\(lost)"])
        self.lost = nil
    }
}
