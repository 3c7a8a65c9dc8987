import WidgetAPI

@testable import Host

extension AdapterConformance {
    /// Everything that is told otherwise than it happened, in words.
    func meaningFaults(of happening: Happening, _ telling: Telling) -> [String] {
        guard !adapter.deliveries(of: happening, telling).isEmpty else { return [] }
        let drafts = read(happening, telling)
        guard let first = drafts.first else { return ["nothing is told"] }
        let isBomb = happening == .giftBomb || happening == .anonymousGifts
        // How large a bomb is that nobody asked for is its own affair.
        let count = !isBomb ? 1 : adapter.saysWhatItIsTold ? Telling.giftCount + 1 : drafts.count
        if drafts.count != count { return ["\(drafts.count) events are told"] }
        let type = Self.type(of: happening)
        if let other = drafts.first(where: { $0.type != type }) { return ["it is \(other.type), \(type) wanted"] }
        if isBomb { return bombFaults(drafts, happening, telling) }
        let wanted = wanted(happening, telling)
        let faults = wanted.compactMap { path, value -> String? in
            let seen = Self.member(path, of: first.payload)
            return isMet(value, by: seen) ? nil : "\(path) is \(seen?.text ?? "missing"), \(value.text) wanted"
        }
        return faults + pieceFaults(in: first, happening)
    }

    /// What is no text of its own stands last, as a piece, or anywhere in a line that nobody asked for.
    private func pieceFaults(in draft: EventDraft, _ happening: Happening) -> [String] {
        let pieces = ChatMessage(json: draft.payload)?.fragments ?? []
        guard adapter.saysWhatItIsTold else {
            return switch happening {
            case .emoteLine where !pieces.contains(where: { $0.kind == .emote }): ["there is no emote"]
            case .cheeredLine where !pieces.contains(where: { $0.kind == .cheermote }): ["there is no cheermote"]
            default: []
            }
        }
        let last = pieces.last
        let isThere =
            switch happening {
            case .emoteLine:
                last?.kind == .emote && last?.text == Telling.emote.name && last?.emoteId == Telling.emote.id
            case .cheeredLine: last?.kind == .cheermote && last?.text == Telling.cheer
            default: true
            }
        return isThere ? [] : ["the last piece is \(last?.json.text ?? "missing")"]
    }

    private static func type(of happening: Happening) -> EventType {
        switch happening {
        case .chatLine, .reply, .emoteLine, .action, .cheeredLine: .chatMessage
        case .notice: .chatNotice
        case .deletion: .chatDelete
        case .personCleared, .chatCleared: .chatClear
        case .follow: .follow
        case .subscription, .renewal, .giftBomb, .anonymousGifts: .subscribe
        case .tip, .anonymousTip: .tip
        case .raid: .raid
        case .redemption: .redemption
        case .online: .streamOnline
        case .offline: .streamOffline
        case .update: .streamUpdate
        }
    }

    /// What has to stand where; paths have points.
    private func wanted(_ happening: Happening, _ telling: Telling) -> [String: JSONValue] {
        let person: [String: JSONValue] =
            adapter.personId(of: telling).map { id in
                ["user.id": .string(id), "user.displayName": .string(telling.name)]
            } ?? ["user": .null]
        let text = JSONValue.string(telling.text)
        let moment = JSONValue.string("2026-03-01T18:00:00.123Z")
        let own: [String: JSONValue] =
            switch happening {
            case .chatLine: ["messageId": .string(telling.messageId), "text": text, "isAction": false]
            case .emoteLine: ["text": .string("\(telling.text) \(Telling.emote.name)"), "isAction": false]
            case .action: ["text": text, "isAction": true]
            case .cheeredLine:
                ["text": .string("\(telling.text) \(Telling.cheer)"), "bits": .integer(Telling.bits)]
            case .reply: ["text": text, "replyTo.messageId": "line-0", "replyTo.text": "who?"]
            case .notice: ["messageId": .string(telling.messageId), "message": text, "kind": "resub", "prime": true]
            case .deletion: ["messageId": .string(telling.messageId)]
            case .personCleared: ["userId": .string(Telling.personId)]
            case .chatCleared: ["userId": .null]
            case .follow: [:]
            case .subscription: ["kind": "new", "giftCount": .null]
            case .renewal:
                [
                    "kind": "renewal", "months": .integer(Int64(Telling.months)),
                    "message": adapter.tellsRenewalWords ? text : .null,
                ]
            case .tip, .anonymousTip:
                [
                    "amount.minor": .integer(Telling.amount), "amount.currency": .string(adapter.currency),
                    "message": text,
                ]
            case .raid: ["viewers": .integer(Int64(Telling.viewers))]
            case .redemption:
                [
                    "reward.title": .string(Telling.reward.title), "reward.cost": .integer(Telling.reward.cost),
                    "reward.id": "reward", "input": text,
                ]
            case .online: ["startedAt": moment]
            case .offline: ["endedAt": moment]
            case .update: ["title": text, "category": "Sailing", "language": "en"]
            case .giftBomb, .anonymousGifts: [:]
            }
        switch happening {
        case .anonymousTip: return own.merging(["user": .null]) { own, _ in own }
        case .deletion, .personCleared, .chatCleared, .online, .offline, .update: return own
        default: return own.merging(person) { own, _ in own }
        }
    }

    private func bombFaults(_ drafts: [EventDraft], _ happening: Happening, _ telling: Telling) -> [String] {
        let gifts = drafts.compactMap { Subscription(json: $0.payload) }
        let giver = happening == .giftBomb ? telling.name : nil
        let count = adapter.saysWhatItIsTold ? Telling.giftCount : drafts.count - 1
        var faults: [String] = []
        if !gifts.allSatisfy({ $0.kind == .gift }) { faults.append("not all of it is gifts") }
        if gifts.first?.isGiftBomb != true { faults.append("the bomb does not come first") }
        if gifts.map(\.giftCount) != [count] + gifts.dropFirst().map({ _ in 1 }) {
            faults.append("the gifts are counted \(gifts.map(\.giftCount))")
        }
        let name = gifts.first?.gifter?.displayName
        if !isMet(.optional(giver), by: .optional(name)) { faults.append("the giver is \(name ?? "nobody")") }
        let receivers = gifts.dropFirst().compactMap { $0.user?.displayName }
        if receivers.count != count { faults.append("\(receivers) got one, \(count) wanted") }
        let wanted = (1...Telling.giftCount).map { "Guest\($0)" }
        if adapter.saysWhatItIsTold, receivers != wanted { faults.append("\(receivers) got one, \(wanted) wanted") }
        return faults
    }

    private static func member(_ path: String, of payload: JSONValue) -> JSONValue? {
        path.split(separator: ".").reduce(payload as JSONValue?) { $0?[String($1)] }
    }

    /// Whether that is what is wanted; who was not told what to say has to say something of the kind.
    private func isMet(_ wanted: JSONValue, by seen: JSONValue?) -> Bool {
        guard !adapter.saysWhatItIsTold else { return Self.areSame(seen, wanted) }
        return switch wanted {
        case .string: seen?.stringValue?.isEmpty == false
        case .integer: seen?.integerValue.map { $0 > 0 } ?? false
        default: seen == wanted
        }
    }

    /// Texts that look alike to Swift may be others.
    private static func areSame(_ seen: JSONValue?, _ wanted: JSONValue) -> Bool {
        guard let text = wanted.stringValue else { return seen == wanted }
        return seen?.stringValue?.utf8.elementsEqual(text.utf8) == true
    }
}
