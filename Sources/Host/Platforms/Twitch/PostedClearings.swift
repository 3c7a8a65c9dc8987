import Synchronization

/// Whose word on clearings is written down in each channel whose events Twitch posts.
///
/// It outlives IRC's sockets: posts come, and subscriptions end, whether a page is open or not.
final class PostedClearings: Sendable {
    private let channels = Mutex<[String: TwitchClearings]>([:])

    /// That of the channel with this id at Twitch.
    func of(_ broadcasterId: String) -> TwitchClearings {
        channels.withLock { channels in
            if let clearings = channels[broadcasterId] { return clearings }
            let clearings = TwitchClearings()
            channels[broadcasterId] = clearings
            return clearings
        }
    }

    /// Forgets the channels that are not among these; what is posted for one that comes back is not known yet.
    func keep(only broadcasterIds: Set<String>) {
        channels.withLock { channels in channels = channels.filter { broadcasterIds.contains($0.key) } }
    }
}
