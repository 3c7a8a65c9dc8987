/// One row of a streamer's log, as a widget sees it.
///
/// Platforms say the same things in different words; a widget only ever sees these.
public struct Event: Sendable, Equatable {
    /// Unique within one streamer and platform; the platform's own id wherever it has one.
    public typealias ID = Identifier<Event>

    /// The id: of a chat line the message's, of every other delivery the delivery's.
    public var id: ID
    /// Place in the streamer's log, from 1, without gaps.
    ///
    /// A timer carries the place of the last row before it.
    public var seq: Int64
    /// What happened, such as `chat:message`.
    public var type: EventType
    /// Where it happened: `twitch`, `kick`, a tip service (`kofi`, `stripe`, `buymeacoffee`), or `streamvibes` for what
    /// the host writes itself.
    public var platform: String
    /// The channel's id on its platform, or `nil` for what belongs to no channel.
    public var channelId: String?
    /// When it happened, by the platform's clock.
    public var occurredAt: Timestamp
    /// When the log took it.
    ///
    /// Never earlier than the row before; a widget's clock.
    public var receivedAt: Timestamp
    /// A test by the streamer: drawn like a real one, never counted.
    public var isTest: Bool
    /// What happened in detail; its shape belongs to the type.
    public var payload: JSONValue

    /// An event with all its parts.
    public init(
        id: ID,
        seq: Int64,
        type: EventType,
        platform: String,
        channelId: String? = nil,
        occurredAt: Timestamp,
        receivedAt: Timestamp,
        isTest: Bool = false,
        payload: JSONValue
    ) {
        self.id = id
        self.seq = seq
        self.type = type
        self.platform = platform
        self.channelId = channelId
        self.occurredAt = occurredAt
        self.receivedAt = receivedAt
        self.isTest = isTest
        self.payload = payload
    }
}

/// The name of a kind of event, `domain:action`.
public struct EventType: Hashable, Sendable, CustomStringConvertible, ExpressibleByStringLiteral {
    /// The name, such as `event:follow`.
    public let name: String

    /// A type of that name.
    public init(_ name: String) {
        self.name = name
    }

    /// A type of that name.
    public init(stringLiteral value: String) {
        name = value
    }

    /// The name.
    public var description: String { name }

    /// Somebody wrote in chat: ``ChatMessage``.
    public static let chatMessage: EventType = "chat:message"
    /// One message was deleted: ``ChatDeletion``.
    public static let chatDelete: EventType = "chat:delete"
    /// A user's messages, or all of them, were cleared: ``ChatClearing``.
    public static let chatClear: EventType = "chat:clear"
    /// A message of the platform itself, such as a renewal that somebody shared: ``ChatNotice``.
    public static let chatNotice: EventType = "chat:notice"
    /// Somebody follows the channel: ``Follow``.
    public static let follow: EventType = "event:follow"
    /// Somebody subscribed, renewed, or gave subscriptions away: ``Subscription``.
    public static let subscribe: EventType = "event:subscribe"
    /// Somebody gave money, bits or kicks: ``Tip``.
    public static let tip: EventType = "event:tip"
    /// Another channel sent its viewers over: ``Raid``.
    public static let raid: EventType = "event:raid"
    /// Somebody redeemed a channel reward: ``Redemption``.
    public static let redemption: EventType = "event:redemption"
    /// The stream went live: `{startedAt}`.
    public static let streamOnline: EventType = "stream:online"
    /// The stream ended: `{endedAt}`.
    public static let streamOffline: EventType = "stream:offline"
    /// Title, category or language changed: `{title,category,language}`.
    public static let streamUpdate: EventType = "stream:update"
    /// A platform's own numbers as asked for at `occurredAt`, up to a minute behind its events:
    /// `{followers,subscribers}`, each a whole number, or `null` while it is not known.
    public static let counts: EventType = "stats:counts"
    /// The first overlay opened or the last one closed: `{open}`.
    public static let overlayPresence: EventType = "overlay:presence"
    /// The settings of a widget changed: `{widgetId,version,config}`.
    ///
    /// No widget is given it: the host takes it into the one it names.
    public static let configChange: EventType = "widget:config-change"
    /// A layout changed: `{layoutId,version}`.
    public static let overlayUpdate: EventType = "overlay:update"
    /// A page says that an alert was seen: `{widgetId,seq}`.
    public static let alertShown: EventType = "alert:shown"
    /// The streamer stopped the alerts; the one on screen leaves: `{}`.
    public static let alertPause: EventType = "alert:pause"
    /// The streamer lets the alerts go on: `{}`.
    public static let alertResume: EventType = "alert:resume"
    /// The streamer ended the alert on screen: `{}`.
    public static let alertSkip: EventType = "alert:skip"
    /// The streamer threw away all alerts that waited: `{}`.
    public static let alertClear: EventType = "alert:clear"
    /// The streamer wants to see an alert again: ``AlertReplay``.
    public static let alertReplay: EventType = "alert:replay"

    /// Rows that a widget was not given or failed on: `{widgetId,from,to,reason}`.
    ///
    /// No widget is given it: a replay leaves out the same rows.
    public static let widgetSkipped: EventType = "widget:skipped"

    /// The event of a widget's own timer of that name.
    public static func timer(_ name: String) -> EventType {
        EventType("timer:\(name)")
    }
}

/// The events a widget wants: one type, or all of a domain with `*` at the end (`event:*`).
public struct EventPattern: Hashable, Sendable, ExpressibleByStringLiteral, CustomStringConvertible {
    /// The pattern as written in a manifest.
    public let text: String

    /// A pattern as written in a manifest.
    public init(_ text: String) {
        self.text = text
    }

    /// A pattern as written in a manifest.
    public init(stringLiteral value: String) {
        text = value
    }

    /// The pattern.
    public var description: String { text }

    /// Whether an event of that type is wanted.
    public func matches(_ type: EventType) -> Bool {
        guard text.utf8.last == UInt8(ascii: "*") else { return text == type.name }
        return type.name.hasPrefix(text.dropLast())
    }
}
