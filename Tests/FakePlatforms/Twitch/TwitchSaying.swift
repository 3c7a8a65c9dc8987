/// One thing that happens in a channel on Twitch, in each way in which Twitch tells it.
struct TwitchSaying: Sendable {
    /// A line of IRC, and what its reader knows it by.
    struct Line: Sendable {
        /// Such as `PRIVMSG`.
        let command: String
        /// The tag `id`, or the message that is taken away; empty where the line has neither.
        let id: String
        let text: String
    }

    /// What EventSub says of it, over a socket or posted.
    var delivery: SignedDelivery?
    /// What IRC says of it.
    var line: Line?
}
