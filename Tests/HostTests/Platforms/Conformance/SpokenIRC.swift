import WidgetAPI

@testable import Host

/// What Twitch's chat says over IRC; every line after the documented tags.
///
/// An event is a line's tags by their names, and `text` for what stands behind the last colon. All of it is text on the
/// wire, so a number or a list comes as it is written down. A line has no id of its own: ``Spoken/id`` is what this way
/// makes of what the line says.
struct SpokenIRC: SpokenPlatform {
    private static let clearing = "CLEARCHAT of somebody"

    var name: String { "Twitch by IRC" }
    var platform: Platform { .twitch }
    var currency: String { "BITS" }
    var tellsRenewalWords: Bool { false }
    /// A line ends where its message ends: shorter by a word it is a line as well.
    var tellsCutBodies: Bool { false }

    func required(by type: String) -> Set<String> {
        switch type {
        case "PRIVMSG": ["id", "user-id", "text"]
        case "USERNOTICE": ["id", "user-id", "msg-id"]
        case "CLEARMSG": ["target-msg-id"]
        case Self.clearing: ["target-user-id"]
        default: []
        }
    }

    func choices(of type: String) -> [String] {
        switch type {
        case "PRIVMSG": ["badges"]
        case "USERNOTICE": ["badges", "msg-id", "msg-param-sub-plan"]
        default: []
        }
    }

    func body(of spoken: Spoken) -> [UInt8] {
        let members = (spoken.event.objectValue?.members ?? []).filter { $0.name != "text" }
        let own = members.map { "\($0.name)=\(Self.escaped(Self.written($0.value)))" }
        let tags = (["room-id=\(Self.broadcasterId)"] + own).joined(separator: ";")
        let command = spoken.type.prefix { $0 != " " }
        let sender = command == "PRIVMSG" ? "wren!wren@wren.tmi.twitch.tv" : "tmi.twitch.tv"
        var line = "@\(tags) :\(sender) \(command) #harbour"
        if let said = spoken.event["text"], !said.isNull { line += " :\(Self.written(said))" }
        return Array("\(line)\r\n".utf8)
    }

    func read(_ body: [UInt8], as spoken: Spoken) throws -> [EventDraft] {
        try IRCFrame(body).compactMap { line in
            try IRCPayloads(
                line: line.get(),
                broadcasterId: Self.broadcasterId,
                channel: "#harbour",
                receivedAt: Timestamp(milliseconds: 1_772_388_009_000)
            ).draft()
        }
    }

    func deliveries(of happening: Happening, _ telling: Telling) -> [Spoken] {
        let text = telling.text
        switch happening {
        case .chatLine: return Self.line(telling, text)
        case .reply:
            let reply: JSONObject = [
                "reply-parent-msg-id": "line-0", "reply-parent-msg-body": "who?", "reply-parent-user-id": "5",
                "reply-parent-user-login": "lev", "reply-parent-display-name": "Lev",
            ]
            return Self.line(telling, text, reply)
        case .emoteLine:
            // In Unicode code points, behind the text and a space.
            let first = text.unicodeScalars.count + 1
            let last = first + Telling.emote.name.unicodeScalars.count - 1
            let emotes: JSONObject = ["emotes": .string("\(Telling.emote.id):\(first)-\(last)")]
            return Self.line(telling, "\(text) \(Telling.emote.name)", emotes)
        case .action: return Self.line(telling, "\u{1}ACTION \(text)\u{1}")
        case .cheeredLine:
            return Self.line(telling, "\(text) \(Telling.cheer)", ["bits": .string("\(Telling.bits)")])
        case .notice:
            return Self.spoken(
                "USERNOTICE",
                telling.messageId,
                telling,
                [
                    "id": .string(telling.messageId), "login": "wren", "msg-id": "resub",
                    "msg-param-cumulative-months": "7", "msg-param-sub-plan": "Prime",
                    "system-msg": "Wren subscribed", "text": .string(text),
                ],
                isSaidBySomebody: true
            )
        case .deletion:
            let tags: JSONObject = ["login": "wren", "target-msg-id": .string(telling.messageId), "text": "gone"]
            return Self.spoken("CLEARMSG", "delete:\(telling.messageId)", telling, tags)
        case .personCleared:
            let id = "clear:\(Telling.personId):\(Self.sentAt(telling))"
            let tags: JSONObject = ["ban-duration": "60", "target-user-id": .string(Telling.personId), "text": "wren"]
            return Self.spoken(Self.clearing, id, telling, tags)
        case .chatCleared: return Self.spoken("CLEARCHAT", "clear:all:\(Self.sentAt(telling))", telling, [:])
        // EventSub tells of these.
        case .follow, .subscription, .renewal, .giftBomb, .anonymousGifts, .tip, .anonymousTip, .raid, .redemption,
            .online, .offline, .update:
            return []
        }
    }

    // MARK: Lines

    private static func line(_ telling: Telling, _ text: String, _ more: JSONObject = [:]) -> [Spoken] {
        var tags: JSONObject = ["id": .string(telling.messageId), "text": .string(text)]
        for member in more.members { tags[member.name] = member.value }
        return spoken("PRIVMSG", telling.messageId, telling, tags, isSaidBySomebody: true)
    }

    /// The line with what every one of its kind has; none where IRC has no form for what was written.
    private static func spoken(
        _ type: String,
        _ id: String,
        _ telling: Telling,
        _ own: JSONObject,
        isSaidBySomebody: Bool = false
    ) -> [Spoken] {
        guard !isSaidBySomebody || !telling.text.utf8.contains(where: { $0 == 0x0D || $0 == 0x0A }) else { return [] }
        var event: JSONObject = ["tmi-sent-ts": .string("\(sentAt(telling))")]
        if isSaidBySomebody {
            event["badges"] = "vip/1"
            event["color"] = "#00C8FA"
            event["display-name"] = .string(telling.name)
            event["user-id"] = .string(Telling.personId)
        }
        for member in own.members { event[member.name] = member.value }
        return [Spoken(id: id, type: type, version: "1", moment: telling.moment, event: .object(event))]
    }

    /// In milliseconds; what happens another time happens later.
    private static func sentAt(_ telling: Telling) -> Int64 {
        (Timestamp(rfc3339: telling.moment)?.milliseconds ?? 0) + Int64(telling.serial - 1)
    }

    private static func written(_ value: JSONValue) -> String {
        value.stringValue ?? (value.isNull ? "" : value.text)
    }

    /// A tag's value as it is sent (https://ircv3.net/specs/extensions/message-tags, "Escaping values").
    private static func escaped(_ text: String) -> String {
        text.unicodeScalars.reduce(into: "") { escaped, scalar in
            switch scalar {
            case ";": escaped += #"\:"#
            case " ": escaped += #"\s"#
            case "\\": escaped += #"\\"#
            case "\r": escaped += #"\r"#
            case "\n": escaped += #"\n"#
            default: escaped.unicodeScalars.append(scalar)
            }
        }
    }
}
