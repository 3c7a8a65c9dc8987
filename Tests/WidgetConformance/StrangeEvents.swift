import WidgetAPI

/// Events as no platform sends them: each is a good one with something wrong in it.
enum StrangeEvents {
    /// Of types nobody knows, some of them of a known domain, with payloads that somebody could take for another's.
    static var ofUnknownTypes: [Event] {
        let types = ["", ":", "unknown", "chat:unknown", "event:unknown", "alert:unknown", "stats:unknown"]
        let hostTypes = ["overlay:unknown", "stream:unknown", "widget:unknown", "timer:unknown", "timer:"]
        let payloads: [JSONValue] = [[:], nil] + CoreSamples.types.compactMap(CoreSamples.payload)
        return (types + hostTypes).flatMap { type in
            payloads.map { TestEvents.event(EventType(type), $0, id: "unknown") }
        }
    }

    /// Every known event with each member of its payload made strange, and each with all of them.
    static let all: [Event] = good.enumerated().flatMap { kind, event in
        variants(of: event.payload).enumerated().map { number, payload in
            var strange = event
            strange.payload = payload
            strange.id = Event.ID(strangeId(kind, number))
            if number.isMultiple(of: 29) { strange.platform = platforms[number / 29 % platforms.count] }
            return strange
        }
    }

    // The host writes them, so none is long.
    private static let platforms = ["", "myspace", "a\u{0}b", "\u{202E}kick"]

    /// Ids repeat, and are longer than a key may be; those of both platforms have 36 characters.
    private static func strangeId(_ kind: Int, _ number: Int) -> String {
        switch number % 13 {
        case 0: ""
        case 1: "same"
        case 2: "\(kind)-\(number)" + String(repeating: "x", count: 100)
        case 3: "\(kind)-\(number)\u{0}\"\\\u{202E}"
        default: "\(kind)-\(number)"
        }
    }

    private static var good: [Event] {
        let core = CoreSamples.types.compactMap { type in
            CoreSamples.payload(of: type).map { TestEvents.event(type, $0) }
        }
        let gift = TestEvents.gift("gift", to: "Ana", giftId: "g")
        var bomb = TestEvents.giftBomb("bomb", of: 3, giftId: "g")
        if var payload = bomb.payload.objectValue {
            payload["recipients"] = [TestEvents.user("Ben").json]
            bomb.payload = .object(payload)
        }
        let tip = TestEvents.tip("tip", 500, "EUR", rates: ["EUR": 1_100_000, "USD": 1_000_000])
        let others = [
            gift, bomb, tip, TestEvents.tip("bits", 100, "BITS", kind: .bits), TestEvents.replay(of: tip),
            TestEvents.replay(of: bomb), TestEvents.overlay(open: true),
            TestEvents.chatMessage(
                "full",
                "a b",
                from: full,
                fragments: [
                    .init(.text, "a "), .init(.emote, "b", emoteId: "1", emoteUrl: "/img/twitch/1/2.0"),
                    .init(.link, "https://example.com"), .init(.mention, "@Ana"),
                    .init(.cheermote, "Cheer100", emoteId: "cheer100", emoteUrl: "/img/twitch/cheermote/1/cheer/100"),
                ],
                replyTo: .init(messageId: "same", displayName: "Ana", text: "hello")
            ),
            TestEvents.event("moderation:action", ["action": "ban", "target": ["id": "same", "login": "x"]]),
        ]
        let controls: [EventType] = [.alertPause, .alertResume, .alertSkip, .alertClear]
        return core + others + controls.map { TestEvents.control($0) }
    }

    private static let full = User(
        id: "same",
        login: "ana",
        displayName: "Ana",
        avatarUrl: "/img/demo/avatar/1",
        color: "#3DD68C",
        badges: [.init(set: "moderator", id: "1", title: "Moderator", imageUrl: "/img/demo/badge/1")],
        roles: [.moderator]
    )

    private static let strange: [JSONValue] = [
        nil, true, 0, -1, 1.5, 1e300, .integer(.max), .integer(.min), "", [], [:], [nil], "\u{0}", "x\u{0}y\n\r\u{7F}",
        .string(String(repeating: "W", count: 10_000)), .string("a" + String(repeating: "\u{301}", count: 5000)),
        "\u{202E}evil\u{2066}\u{200F}", .string(String(repeating: "👩‍👩‍👧‍👦", count: 500)), "javascript:alert(1)",
        "https://example.com/x.png", "\");}*{color:red", "<script>",
    ]

    private static func variants(of payload: JSONValue) -> [JSONValue] {
        var variants = strange + parts(of: payload)
        for value in strange { variants.append(replacingLeaves(of: payload, by: value)) }
        return variants
    }

    /// With one member, however deep, gone or replaced; deep inside, members share the strange values among them.
    private static func parts(of value: JSONValue, depth: Int = 0) -> [JSONValue] {
        switch value {
        case .object(let object):
            var variants: [JSONValue] = []
            for (number, member) in object.members.enumerated() {
                let shared = strange.indices.filter { depth == 0 || ($0 + number) % 4 == 0 }.map { strange[$0] }
                for other in [nil] + (shared + parts(of: member.value, depth: depth + 1)).map(Optional.some) {
                    var changed = object
                    changed[member.name] = other
                    variants.append(.object(changed))
                }
            }
            return variants
        case .array(let elements):
            guard let first = elements.first else { return [] }
            let changed = (strange + parts(of: first, depth: depth + 1)).map {
                JSONValue.array([$0] + elements.dropFirst())
            }
            return changed + [.array(Array(repeating: first, count: 500))]
        default:
            return []
        }
    }

    /// Every leaf of the same type as the value becomes it, so that what was readable stays so.
    private static func replacingLeaves(of value: JSONValue, by strange: JSONValue) -> JSONValue {
        switch (value, strange) {
        case (.object(let object), _):
            var changed = object
            for member in object.members { changed[member.name] = replacingLeaves(of: member.value, by: strange) }
            return .object(changed)
        case (.array(let elements), _): return .array(elements.map { replacingLeaves(of: $0, by: strange) })
        case (.integer, .integer), (.integer, .number), (.string, .string), (.bool, .bool): return strange
        // These words decide whether the rest is read at all.
        default: return value
        }
    }
}
