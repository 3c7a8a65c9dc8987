import WidgetAPI

@testable import Host

/// What happens in a replay of a widget's package, one JSON object a line; read as `widget test` reads it.
///
/// An event is what stands under `event`: its author writes payloads in the words of the contract.
struct SpokenReplay: SpokenPlatform {
    var name: String { "a replay file" }
    /// Not the one that is meant where a line names none.
    var platform: Platform { .kick }
    /// A line belongs to no channel.
    var channelId: String? { nil }
    var currency: String { "KICKS" }
    var tellsRenewalWords: Bool { true }

    var waived: [AdapterRule: String] {
        [
            .growth: "a member that nobody knows is refused, so that an author hears of a slip of the pen",
            .absence: "a payload is taken as it is written, for its author decides what is in it",
            .numerals: "an id is a text in the words of the contract, and a payload is taken as it is written",
            .discretion: "whoever writes a payload wants all of it told",
        ]
    }

    func required(by type: String) -> Set<String> { ["type", "payload"] }
    func choices(of type: String) -> [String] { [] }

    func body(of spoken: Spoken) -> [UInt8] {
        Array((["event": spoken.event] as JSONValue).text.utf8)
    }

    func read(_ body: [UInt8], as spoken: Spoken) throws -> [EventDraft] {
        let replay: PackageReplay
        do throws(PackageError) {
            replay = try PackageReplay("replays/harbour.jsonl", body, schema: ConfigSchema([]))
        } catch {
            throw MalformedDelivery("\(error)")
        }
        let drafts = replay.steps.compactMap { place -> EventDraft? in
            guard case .event(let event) = place.step else { return nil }
            return ReplayTrial.draft(of: event, place.line, now: WidgetTrial.beginning)
        }
        // A file without a line is no fault, but it tells of nothing.
        guard !drafts.isEmpty else { throw MalformedDelivery("no line has an event") }
        return drafts
    }

    func deliveries(of happening: Happening, _ telling: Telling) -> [Spoken] {
        let (person, text) = (Self.person(Telling.personId, telling.name), JSONValue.string(telling.text))
        func said(_ type: EventType, _ payload: JSONObject) -> [Spoken] {
            [Self.line(type, telling.deliveryId, telling, .object(payload))]
        }
        switch happening {
        case .chatLine: return [Self.chat(telling)]
        case .reply:
            return [Self.chat(telling, ["replyTo": ["messageId": "line-0", "displayName": "Lev", "text": "who?"]])]
        case .action: return [Self.chat(telling, ["isAction": true])]
        case .emoteLine:
            let emote: JSONValue = [
                "type": "emote", "text": .string(Telling.emote.name),
                "emote": ["id": .string(Telling.emote.id), "url": .null],
            ]
            return [Self.chat(telling, piece: emote)]
        case .cheeredLine:
            let cheer: JSONValue = ["type": "cheermote", "text": .string(Telling.cheer)]
            return [Self.chat(telling, ["bits": .integer(Telling.bits)], piece: cheer)]
        case .notice:
            let payload: JSONValue = [
                "messageId": .string(telling.messageId), "user": person, "kind": "resub",
                "systemText": "Wren subscribed", "message": text, "prime": true, "giftId": .null,
            ]
            // As a line of chat it goes by its message.
            return [Self.line(.chatNotice, telling.messageId, telling, payload, namesItself: false)]
        case .deletion: return said(.chatDelete, ["messageId": .string(telling.messageId)])
        case .personCleared: return said(.chatClear, ["userId": .string(Telling.personId)])
        case .chatCleared: return said(.chatClear, ["userId": .null])
        case .follow: return said(.follow, ["user": person])
        case .subscription: return said(.subscribe, Self.subscription(["user": person, "kind": "new"]))
        case .renewal:
            let months = JSONValue.integer(Int64(Telling.months))
            return said(
                .subscribe,
                Self.subscription(["user": person, "kind": "renewal", "months": months, "message": text])
            )
        case .giftBomb: return Self.gifts(telling, from: person)
        case .anonymousGifts: return Self.gifts(telling, from: .null)
        case .tip, .anonymousTip:
            let amount: JSONValue = ["minor": .integer(Telling.amount), "currency": .string(currency)]
            return said(
                .tip,
                ["user": happening == .tip ? person : .null, "amount": amount, "kind": "kicks", "message": text]
            )
        case .raid: return said(.raid, ["user": person, "viewers": .integer(Int64(Telling.viewers))])
        case .redemption:
            let reward: JSONValue = [
                "id": "reward", "title": .string(Telling.reward.title), "cost": .integer(Telling.reward.cost),
            ]
            let payload: JSONValue = ["user": person, "reward": reward, "input": text, "status": "pending"]
            return [Self.line(.redemption, telling.redemptionId, telling, payload)]
        case .online: return said(.streamOnline, ["startedAt": .string(telling.moment)])
        case .offline: return said(.streamOffline, ["endedAt": .string(telling.moment)])
        case .update: return said(.streamUpdate, ["title": text, "category": "Sailing", "language": "en"])
        }
    }

    // MARK: Lines

    /// A line of the file; one that does not name itself goes by what is in its payload.
    private static func line(
        _ type: EventType,
        _ id: String,
        _ telling: Telling,
        _ payload: JSONValue,
        namesItself: Bool = true
    ) -> Spoken {
        var event: JSONObject = [
            "type": .string(type.name), "payload": payload, "platform": "kick", "at": .string(telling.moment),
            "test": false,
        ]
        if namesItself { event["id"] = .string(id) }
        return Spoken(id: id, type: type.name, version: "1", moment: telling.moment, event: .object(event))
    }

    /// A line of chat, with a piece at its end that is no text.
    private static func chat(_ telling: Telling, _ more: JSONObject = [:], piece: JSONValue? = nil) -> Spoken {
        let rest = piece?["text"]?.stringValue.map { " \($0)" } ?? ""
        let beginning = JSONValue.string(telling.text + (rest.isEmpty ? "" : " "))
        let pieces: [JSONValue] = [["type": "text", "text": beginning]] + (piece.map { [$0] } ?? [])
        var payload: JSONObject = [
            "messageId": .string(telling.messageId), "user": person(Telling.personId, telling.name),
            "text": .string(telling.text + rest), "fragments": .array(pieces), "isAction": false,
        ]
        for member in more.members { payload[member.name] = member.value }
        return line(.chatMessage, telling.messageId, telling, .object(payload), namesItself: false)
    }

    /// The bomb, and a line for each who gets a gift.
    private static func gifts(_ telling: Telling, from giver: JSONValue) -> [Spoken] {
        let id = telling.deliveryId
        func gift(_ user: JSONValue, _ count: Int) -> JSONValue {
            let own: JSONObject = [
                "user": user, "kind": "gift", "gifter": giver, "giftId": .string(id),
                "giftCount": .integer(Int64(count)),
            ]
            return .object(subscription(own))
        }
        let received = (1...Telling.giftCount).map { number in
            line(.subscribe, "\(id)-\(number)", telling, gift(person("90\(number)", "Guest\(number)"), 1))
        }
        return [line(.subscribe, id, telling, gift(.null, Telling.giftCount))] + received
    }

    /// Every member that a subscription has, most of them unknown.
    private static func subscription(_ own: JSONObject) -> JSONObject {
        var all: JSONObject = [
            "user": .null, "kind": "new", "tier": "1000", "prime": .null, "months": .null, "streak": .null,
            "message": .null, "gifter": .null, "giftId": .null, "giftCount": .null, "recipients": [],
        ]
        for member in own.members { all[member.name] = member.value }
        return all
    }

    private static func person(_ id: String, _ name: String) -> JSONValue {
        [
            "id": .string(id), "login": "login", "displayName": .string(name), "avatarUrl": .null, "color": "#00C8FA",
            "badges": [["set": "vip", "id": "1", "title": .null, "imageUrl": .null]], "roles": ["vip"],
        ]
    }
}
