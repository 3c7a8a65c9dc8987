import Logging
import WidgetAPI

/// A platform as the host knows it, for an operator who has registered an application there.
///
/// What is particular to a platform stays in its folder; the host asks for these parts and knows nothing else of it.
/// Posts that a platform signs come in by its ``PlatformIntake``, also where there is no application.
protocol PlatformAdapter: Sendable {
    /// Who signs in with it, and what becomes of their tokens.
    var login: any LoginPlatform { get }
    /// How many follow and subscribe.
    var counts: any CountingPlatform { get }
    /// Whether ``feed(for:in:)`` brings anything.
    var hasFeed: Bool { get }
    /// Whether that is chat alone, which anybody may read: no token is needed, and a login that has ended ends nothing.
    var feedIsOpenChat: Bool { get }

    /// Whether the chat of a channel comes here even where the platform reaches no host; `nil` asks it of any channel.
    func readsChatAlone(of channel: String?) -> Bool

    /// Who is on air.
    func streams(_ keeper: ConnectionKeeper) -> any StreamingPlatform

    /// What asks it to post events to this host; `nil` where it cannot reach it.
    func deliveries(_ keeper: ConnectionKeeper, _ logger: Logger) -> (any DeliveringPlatform)?

    /// Brings a streamer's events over sockets until its task is cancelled, or until a login alone can help.
    func feed(for scope: TenantScope, in place: FeedPlace) async
}

extension PlatformAdapter {
    /// A platform's chat comes with all else.
    func readsChatAlone(of channel: String?) -> Bool { false }
}

/// What a feed works with.
struct FeedPlace: Sendable {
    let channels: ChannelStore
    let keeper: ConnectionKeeper
    let log: EventLog
    /// Is told when the platform's word on a stream may have been missed.
    let questions: StreamQuestions
    /// Names the streamer in every line.
    let logger: Logger
}
