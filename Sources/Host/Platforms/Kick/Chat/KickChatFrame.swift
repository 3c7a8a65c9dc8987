import WidgetAPI

/// What comes over Kick's unofficial chat socket, which is one of Pusher's (protocol 7).
///
/// Source: https://pusher.com/docs/channels/library_auth_reference/pusher-websockets-protocol/
enum KickChatFrame: Sendable, Equatable {
    /// The socket is ready. Where nothing was heard for so long, who listens asks whether anybody is there.
    case established(activitySeconds: Int64)
    /// What is said in that channel of Pusher's comes from now on.
    case subscribed(channel: String)
    /// Wants an answer.
    case ping
    /// Something is wrong; the code says what to do about it, and a wish that was wrong has none.
    case refused(code: Int64?, message: String)
    /// Something happened; the name is without the namespace that most of Kick's have, and Kick leaves out the channel
    /// now and then.
    case event(name: String, channel: String?, data: JSONValue)
    /// Nothing that anything has to be done about.
    case other(String)

    /// What a socket that names another time is taken at.
    static let activitySeconds: ClosedRange<Int64> = 1...600
    /// Where it names none (the protocol's own client).
    static let usualActivitySeconds: Int64 = 120

    /// Reads a message of the socket's.
    init(_ bytes: some Collection<UInt8>) throws(MalformedDelivery) {
        let json = try DeliveryFields.object(in: bytes)
        let fields = DeliveryFields(json, path: "message")
        let name = try fields.text("event")
        switch name {
        case "pusher:connection_established":
            let told = DeliveryFields(try Self.data(of: json), path: "data").optionalCount("activity_timeout")
            let seconds = told.map(Int64.init) ?? Self.usualActivitySeconds
            let bounds = Self.activitySeconds
            self = .established(activitySeconds: min(max(seconds, bounds.lowerBound), bounds.upperBound))
        case "pusher_internal:subscription_succeeded": self = .subscribed(channel: try fields.text("channel"))
        case "pusher:ping": self = .ping
        case "pusher:error":
            let data = try Self.data(of: json)
            self = .refused(code: data["code"]?.integerValue, message: data["message"]?.stringValue ?? "")
        case _ where name.hasPrefix("pusher"): self = .other(name)
        default:
            let word = name.split(separator: "\\").last.map(String.init) ?? name
            self = .event(name: word, channel: fields.optionalText("channel"), data: try Self.data(of: json))
        }
    }

    /// What is told: an object, or the text of one, which is how Pusher passes on what others say.
    private static func data(of json: JSONValue) throws(MalformedDelivery) -> JSONValue {
        guard let text = json["data"]?.stringValue else { return json["data"] ?? .null }
        do {
            return try JSONValue(parsing: text)
        } catch {
            throw MalformedDelivery("data: \(error)")
        }
    }

    /// Asks for what is said in a channel of Pusher's that is open to everybody.
    static func subscribe(to channel: String) -> String {
        (["event": "pusher:subscribe", "data": ["auth": "", "channel": .string(channel)]] as JSONValue).text
    }

    /// Asks whether anybody is there.
    static let pingText = (["event": "pusher:ping", "data": [:]] as JSONValue).text
    /// Says that somebody is.
    static let pongText = (["event": "pusher:pong", "data": [:]] as JSONValue).text
}
