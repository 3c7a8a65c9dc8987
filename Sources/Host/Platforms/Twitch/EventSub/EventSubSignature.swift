import WidgetAPI

/// Which secret signs what is subscribed for a streamer, as their connection keeps it.
///
/// Twitch goes on signing with the secret that a subscription was made with, and shows nobody which that is. So after a
/// change of the secret all are made anew, and what is older than the change counts as not there.
struct EventSubSignature: Sendable {
    private let fingerprint: String
    /// When a change began that is not over.
    private let changedAt: Timestamp?

    /// What holds with that secret, after what has been noted; where nothing has, it has always been this one.
    init(of secret: TwitchSecret, after noted: String?, now: Timestamp) {
        let words = noted?.split(separator: " ") ?? []
        fingerprint = secret.fingerprint
        if let former = words.first, former != fingerprint {
            changedAt = now
        } else {
            changedAt = words.dropFirst().first.flatMap { Int64($0) }.map(Timestamp.init(milliseconds:))
        }
    }

    var isChanging: Bool { changedAt != nil }

    /// As it is noted.
    var text: String { changedAt.map { "\(fingerprint) \($0.milliseconds)" } ?? fingerprint }
    /// The same when all have been made anew.
    var textAfterChange: String { fingerprint }

    /// Whether that one is signed with the present secret.
    func covers(_ record: EventSubRecord) -> Bool {
        guard let changedAt else { return true }
        return record.createdAt.map { $0 >= changedAt } ?? false
    }
}
