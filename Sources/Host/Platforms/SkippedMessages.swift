import Logging

/// Counts what a feed does not understand, and says so ever more seldom: a platform's new habit would fill the disk.
struct SkippedMessages {
    /// Reasons that are told apart; a reason may have a word of the platform's in it.
    private static let reasonsLimit = 100
    private static let reasonLength = 200

    /// What they are, for the log: "a line of Twitch's chat".
    let name: String
    private var counts: [String: Int] = [:]

    init(_ name: String) {
        self.name = name
    }

    /// One more was skipped for that reason; the first is told, the second, the fourth, the eighth and so on.
    ///
    /// - Returns: whether it was told.
    @discardableResult
    mutating func note(_ reason: String, _ logger: Logger) -> Bool {
        let reason = String(reason.prefix(Self.reasonLength))
        guard counts[reason] != nil || counts.count < Self.reasonsLimit else { return false }
        let count = counts[reason, default: 0] + 1
        counts[reason] = count
        guard count.nonzeroBitCount == 1 else { return false }
        logger.warning("\(name) is malformed", metadata: ["reason": "\(reason)", "count": "\(count)"])
        return true
    }
}
