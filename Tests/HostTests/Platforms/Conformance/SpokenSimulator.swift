import WidgetAPI

@testable import Host

/// The demo's stream on one of its platforms.
///
/// It makes events and reads none: a delivery is a part of an evening that was played once, and to read it is to play
/// its moment again. What it says is its own affair.
struct SpokenSimulator: SpokenPlatform {
    let platform: Platform

    var name: String { "the simulator on \(platform.title)" }
    var channelId: String? { SimulatedStream.channelId(on: platform) }
    var currency: String { platform == .twitch ? "BITS" : "KICKS" }
    var tellsRenewalWords: Bool { platform == .twitch }
    var saysWhatItIsTold: Bool { false }

    var waived: [AdapterRule: String] {
        let nothingRead = "it makes events itself, and there is no delivery that could be read"
        return [
            .moments: "it is told what time it is, and reads no moment",
            .verbatim: "its words are written in the host, and nobody else's come in",
            .growth: nothingRead, .absence: nothingRead, .numerals: nothingRead, .discretion: nothingRead,
            .malformed: nothingRead,
        ]
    }

    func required(by type: String) -> Set<String> { [] }
    func choices(of type: String) -> [String] { [] }

    /// The number of a part.
    func body(of spoken: Spoken) -> [UInt8] { Array(spoken.event.text.utf8) }

    func read(_ body: [UInt8], as spoken: Spoken) throws -> [EventDraft] {
        let parts = SimulatedEvening.played.parts
        guard let number = Int(String(decoding: body, as: UTF8.self)), parts.indices.contains(number) else {
            throw MalformedDelivery("the evening has no such part")
        }
        return parts[number].playedAgain()
    }

    func deliveries(of happening: Happening, _ telling: Telling) -> [Spoken] {
        let evening = SimulatedEvening.played
        let all = evening.numbers[.init(platform: platform, happening: happening)] ?? []
        guard all.indices.contains(telling.serial - 1) else { return [] }
        return all[telling.serial - 1].map { number in
            let part = evening.parts[number]
            return Spoken(
                id: part.id,
                type: part.type.name,
                version: "1",
                moment: part.now.iso8601,
                event: .integer(Int64(number))
            )
        }
    }
}

/// An evening of the demo, as long as it takes until everything has happened twice that it ever tells of.
struct SimulatedEvening: Sendable {
    /// What one delivery would tell: a few events of one moment.
    struct Part: Sendable {
        /// What the first event goes by: of a line its message, of a gift what a bomb and its gifts share.
        let id: String
        let type: EventType
        let now: Timestamp
        fileprivate let before: SimulatedStream
        fileprivate let places: Range<Int>

        fileprivate init(
            _ drafts: [EventDraft],
            _ places: Range<Int>,
            after before: SimulatedStream,
            at now: Timestamp
        ) {
            let first = drafts[places.lowerBound]
            let name = first.type == .chatMessage ? "messageId" : "giftId"
            let isOfABomb = first.payload["user"]?.isNull == true
            let own = first.type == .subscribe && !isOfABomb ? nil : first.payload[name]?.stringValue
            (id, type) = (own ?? first.id.text, first.type)
            (self.now, self.before, self.places) = (now, before, places)
        }

        /// Its events, made anew.
        func playedAgain() -> [EventDraft] {
            var stream = before
            return Array(stream.next(now: now).drafts.dropFirst(places.lowerBound).prefix(places.count))
        }
    }

    /// Something that happens on one of the platforms.
    struct Key: Hashable, Sendable {
        let platform: Platform
        let happening: Happening
    }

    static let played = SimulatedEvening()

    private(set) var parts: [Part] = []
    /// The first time and the second, each with the numbers of its parts: Twitch tells of every gift by itself.
    private(set) var numbers: [Key: [[Int]]] = [:]
    /// Bombs whose gifts are not all there yet, by what they share with them.
    private var unfinished: [String: (key: Key, time: Int, gifts: Int)] = [:]

    private init() {
        var stream = SimulatedStream(run: "conformance", seed: 7, rate: 1)
        var now = Timestamp(milliseconds: 1_772_388_000_000)
        // The rarest are gifts of nobody on Kick, one in half an hour; half a day is as good as never.
        let end = now.advanced(byMilliseconds: 43_200_000)
        while now < end, !isOver {
            let before = stream
            let step = stream.next(now: now)
            take(step.drafts, after: before, at: now)
            now = now.advanced(byMilliseconds: max(1, Int64(step.delay / .milliseconds(1))))
        }
    }

    private var isOver: Bool {
        unfinished.isEmpty && numbers.values.reduce(0) { $0 + $1.count } == Self.wantedCount
    }

    /// Everything twice that each platform tells of, and the beginning of a stream once.
    ///
    /// Neither tells of `notice`, `chatCleared`, `offline` and `update`, and Kick of no `cheeredLine`, `deletion` or
    /// `raid`.
    private static let wantedCount: Int = {
        let told = Happening.allCases.count * 2 - 4 * 2 - 3
        return told * 2 - 2
    }()

    private mutating func take(_ drafts: [EventDraft], after before: SimulatedStream, at now: Timestamp) {
        var place = 0
        while place < drafts.count {
            let first = drafts[place]
            // Kick tells of a bomb and its gifts at once.
            let end = drafts[(place + 1)...].firstIndex { !$0.id.text.hasPrefix("\(first.id.text):") } ?? drafts.count
            note(Part(drafts, place..<end, after: before, at: now), first, isWhole: end - place > 1)
            place = end
        }
    }

    private mutating func note(_ part: Part, _ first: EventDraft, isWhole: Bool) {
        let gift = first.type == .subscribe ? Subscription(json: first.payload) : nil
        if let id = gift?.giftId, gift?.isGiftBomb == false {
            guard var bomb = unfinished[id] else { return }
            numbers[bomb.key]?[bomb.time].append(parts.count)
            parts.append(part)
            bomb.gifts -= 1
            unfinished[id] = bomb.gifts == 0 ? nil : bomb
            return
        }
        guard let happening = Self.happening(of: first) else { return }
        let key = Key(platform: first.platform, happening: happening)
        let time = numbers[key]?.count ?? 0
        guard time < 2 else { return }
        numbers[key, default: []].append([parts.count])
        parts.append(part)
        if let id = gift?.giftId, let count = gift?.giftCount, !isWhole {
            unfinished[id] = (key: key, time: time, gifts: count)
        }
    }

    /// What an event tells of; `nil` for what tells less than a rule wants to hear.
    private static func happening(of draft: EventDraft) -> Happening? {
        let payload = draft.payload
        switch draft.type {
        case .chatMessage: return ChatMessage(json: payload).map(happening(of:))
        case .chatDelete: return .deletion
        case .chatClear: return .personCleared
        case .follow: return .follow
        case .subscribe: return Subscription(json: payload).map(happening(of:))
        case .tip: return Tip(json: payload).flatMap(happening(of:))
        case .raid: return .raid
        case .redemption: return payload["input"]?.isNull == false ? .redemption : nil
        case .streamOnline: return .online
        default: return nil
        }
    }

    private static func happening(of line: ChatMessage) -> Happening {
        if line.isAction { return .action }
        if line.bits != nil { return .cheeredLine }
        if line.replyTo != nil { return .reply }
        return line.fragments.contains { $0.kind == .emote } ? .emoteLine : .chatLine
    }

    private static func happening(of subscription: Subscription) -> Happening {
        switch subscription.kind {
        case .new: .subscription
        case .renewal: .renewal
        case .gift: subscription.gifter == nil ? .anonymousGifts : .giftBomb
        }
    }

    private static func happening(of tip: Tip) -> Happening? {
        guard tip.message != nil else { return nil }
        guard tip.user != nil else { return .anonymousTip }
        return tip.kind == .donation ? nil : .tip
    }
}
