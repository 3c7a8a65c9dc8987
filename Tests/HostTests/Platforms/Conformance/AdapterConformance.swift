import WidgetAPI

@testable import Host

/// What every source of events must keep, whatever its protocol (NFR18).
enum AdapterRule: String, CaseIterable, Sendable {
    /// A payload has every member that the contract names, each of its kind, and no other.
    case shape
    /// It is the right type, and says who, what and how much.
    case meaning
    /// The same delivery read again is the same events.
    case repetition
    /// Two deliveries share no id; a line goes by its message, a redemption by itself, and parts are counted.
    case identity
    /// Events belong to the platform and to the channel of the delivery.
    case origin
    /// Moments are read with 0 to 9 digits behind the point.
    case moments
    /// Members that nobody knows change nothing, values that nobody knows are no error.
    case growth
    /// What need not be there may be missing, `null` or of another kind.
    case absence
    /// Ids may be texts or numbers.
    case numerals
    /// Texts come through as they were written, however strange.
    case verbatim
    /// Nothing that stands beside the known members gets into an event.
    case discretion
    /// What cannot be read is refused, and the refusal names the member.
    case malformed
}

/// An adapter before the rules.
///
/// What it breaks is said in words and not expected, so that a test can also ask whether a bad adapter is found out.
struct AdapterConformance {
    let adapter: any SpokenPlatform

    init(_ adapter: any SpokenPlatform) {
        self.adapter = adapter
    }

    /// Everything that breaks the rule, in words; a few words are enough.
    func breaches(of rule: AdapterRule) -> [String] {
        let found = Happening.allCases.flatMap { happening in
            breaches(of: rule, by: happening).map { "\(happening): \($0)" }
        }
        return Array(found.prefix(5))
    }

    private func breaches(of rule: AdapterRule, by happening: Happening) -> [String] {
        switch rule {
        case .shape: shapeFaults(in: read(happening, Telling()))
        case .meaning: meaningFaults(of: happening, Telling())
        case .repetition: repetitionBreaches(by: happening)
        case .identity: identityBreaches(by: happening)
        case .origin: originBreaches(by: happening)
        case .moments: momentsBreaches(by: happening)
        case .growth: growthBreaches(by: happening)
        case .absence: absenceBreaches(by: happening)
        case .numerals: numeralsBreaches(by: happening)
        case .verbatim: verbatimBreaches(by: happening)
        case .discretion: discretionBreaches(by: happening)
        case .malformed: malformedBreaches(by: happening)
        }
    }

    // MARK: Reading

    enum Reading {
        case drafts([EventDraft])
        case refused(String)
        case failed(String)
    }

    func reading(_ spoken: Spoken, _ body: [UInt8]? = nil) -> Reading {
        do {
            return .drafts(try adapter.read(body ?? adapter.body(of: spoken), as: spoken))
        } catch let error as MalformedDelivery {
            return .refused(error.reason)
        } catch {
            return .failed("\(error)")
        }
    }

    /// The events of one delivery; none where it was refused, which other rules tell of.
    func drafts(_ spoken: Spoken) -> [EventDraft] {
        if case .drafts(let drafts) = reading(spoken) { drafts } else { [] }
    }

    func read(_ happening: Happening, _ telling: Telling) -> [EventDraft] {
        adapter.deliveries(of: happening, telling).flatMap(drafts)
    }

    func shapeFaults(in drafts: [EventDraft]) -> [String] {
        drafts.flatMap { CanonicalShape.faults(of: $0.type, $0.payload) }
    }

    // MARK: Rules of plain deliveries

    private func repetitionBreaches(by happening: Happening) -> [String] {
        adapter.deliveries(of: happening, Telling()).filter { drafts($0) != drafts($0) }.map { spoken in
            "\(spoken.type) read twice differs"
        }
    }

    private func identityBreaches(by happening: Happening) -> [String] {
        let (first, second) = (Telling(), Telling(serial: 2))
        var breaches: [String] = []
        for spoken in adapter.deliveries(of: happening, first) {
            let ids = drafts(spoken).map(\.id.text)
            let own = ownId(of: spoken, happening, first)
            let wanted = ids.indices.map { $0 == 0 ? own : "\(own):\($0)" }
            if ids != wanted { breaches.append("the ids are \(ids), \(wanted) wanted") }
        }
        let ids = Set(read(happening, first).map(\.id))
        let both = ids.intersection(read(happening, second).map(\.id))
        if !both.isEmpty { breaches.append("two deliveries share \(both)") }
        return breaches
    }

    /// What the first event of a delivery goes by.
    private func ownId(of spoken: Spoken, _ happening: Happening, _ telling: Telling) -> String {
        guard adapter.saysWhatItIsTold else { return spoken.id }
        return switch happening {
        case .chatLine, .reply, .emoteLine, .action, .cheeredLine: telling.messageId
        case .redemption: telling.redemptionId
        default: spoken.id
        }
    }

    private func originBreaches(by happening: Happening) -> [String] {
        read(happening, Telling()).filter {
            $0.platform != adapter.platform || $0.channelId != adapter.channelId || $0.isTest
        }
        .map { "it is of \($0.platform) \($0.channelId ?? "-")" }
    }

    private func momentsBreaches(by happening: Happening) -> [String] {
        (0...9).flatMap { digits -> [String] in
            var telling = Telling()
            let fraction = digits == 0 ? "" : "." + "987654321".prefix(digits)
            telling.moment = "2026-03-01T18:00:00\(fraction)Z"
            let wanted = 1_772_388_000_000 + [0, 900, 980, 987][min(digits, 3)]
            let read = read(happening, telling)
            let seen = Set(read.map(\.occurredAt.milliseconds))
            if seen.isEmpty, !adapter.deliveries(of: happening, telling).isEmpty {
                return ["\(digits) digits: nothing"]
            }
            return seen.subtracting([Int64(wanted)]).map { "\(digits) digits: \($0), \(wanted) wanted" }
        }
    }

    private func numeralsBreaches(by happening: Happening) -> [String] {
        adapter.deliveries(of: happening, Telling()).flatMap { spoken -> [String] in
            var other = spoken
            other.event = spoken.event.mappingObjects { object in
                for member in object.members
                where adapter.idMembers.contains(where: { member.name.hasSuffix($0) }) {
                    switch member.value {
                    case .string(let text): object[member.name] = Int64(text).map { .integer($0) } ?? .string(text)
                    case .integer(let number): object[member.name] = .string("\(number)")
                    default: break
                    }
                }
            }
            guard case .drafts(let drafts) = reading(other) else {
                return ["\(spoken.type): another kind of id is refused"]
            }
            return drafts == self.drafts(spoken) ? [] : ["\(spoken.type): another kind of id changes it"]
        }
    }

    private func verbatimBreaches(by happening: Happening) -> [String] {
        Self.hostileTexts.flatMap { text in
            var telling = Telling()
            (telling.text, telling.name) = (text, text)
            return meaningFaults(of: happening, telling)
        }
    }

    /// None of them begins as a `/me` of Twitch does or holds an emote of Kick: those have a meaning.
    private static let hostileTexts = [
        "<script>alert(1)</script>", "'; DROP TABLE events; --", "{{name}} ${name} %s %n", #"\u0041 \" \\ \/"#,
        "a\u{301}\u{200B}\u{FEFF}b", "\u{202E}desrever", "a\u{0}b\u{1B}[31m\u{7F}\r\nc",
        "👩🏽‍🚀👨‍👩‍👧‍👦🇩🇪", "../../etc/passwd",
        " ", "null", "http://a.example/?q=<b>&amp; www.b.example", String(repeating: "ｗｉｄｅ ", count: 400),
    ]

    private func discretionBreaches(by happening: Happening) -> [String] {
        let secrets = [
            "email": "somebody@secret.example", "access_token": "token-one", "refresh_token": "token-two",
            "ip_address": "203.0.113.77", "shipping": "Secret Street 1",
        ]
        let told = secrets.values + ["picture.example", "callback.example", "transport-secret"]
        return adapter.deliveries(of: happening, Telling()).flatMap { spoken -> [String] in
            var other = spoken
            other.event = spoken.event.mappingObjects { object in
                for (name, value) in secrets { object[name] = .string(value) }
            }
            let all = drafts(other).map { "\($0.id) \($0.channelId ?? "") \($0.payload.text)" }.joined()
            return told.filter(all.contains).map { "\(spoken.type) tells \($0)" }
        }
    }
}
