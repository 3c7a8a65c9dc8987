import Foundation
import WidgetAPI

@testable import Host

/// An adapter with one thing wrong, Twitch's unless another is asked for.
struct FlawedAdapter: SpokenPlatform {
    /// What somebody could get wrong in an adapter.
    enum Flaw: String, CaseIterable, Sendable {
        case oneMemberMore, fragmentsLost
        case wordsLost
        case idOfItsOwn, idOfTheDelivery
        case foreignPlatform
        case wholeSeconds
        case knownMembersOnly
        case everyMember
        case textsOnly
        case tidyTexts
        case talkative
        case silent, trusting

        /// The rule that finds it out, and words of the complaint, so that it is found out for this and nothing else.
        var finding: (rule: AdapterRule, words: String) {
            switch self {
            case .oneMemberMore: (.shape, "does not belong there")
            case .fragmentsLost: (.shape, "the fragments are not the text")
            case .wordsLost: (.meaning, "message is null")
            case .idOfItsOwn: (.repetition, "read twice differs")
            case .idOfTheDelivery: (.identity, "the ids are")
            case .foreignPlatform: (.origin, "it is of kick")
            case .wholeSeconds: (.moments, "1 digits")
            case .knownMembersOnly: (.growth, "an unknown member changes it")
            case .everyMember: (.absence, "is missing")
            case .textsOnly: (.numerals, "another kind of id is refused")
            case .tidyTexts: (.verbatim, "text is")
            case .talkative: (.discretion, "tells somebody@secret.example")
            case .silent: (.malformed, "is refused for")
            case .trusting: (.malformed, "is taken")
            }
        }
    }

    let flaw: Flaw
    private let whole: any SpokenPlatform

    init(_ flaw: Flaw, in whole: any SpokenPlatform = SpokenTwitch(way: .webhook)) {
        (self.flaw, self.whole) = (flaw, whole)
    }

    var name: String { "\(whole.name) with \(flaw)" }
    var platform: Platform { whole.platform }
    var channelId: String? { whole.channelId }
    var waived: [AdapterRule: String] { whole.waived }
    var saysWhatItIsTold: Bool { whole.saysWhatItIsTold }
    var idMembers: [String] { whole.idMembers }
    func personId(of telling: Telling) -> String? { whole.personId(of: telling) }
    var currency: String { whole.currency }
    var tellsRenewalWords: Bool { whole.tellsRenewalWords }
    func required(by type: String) -> Set<String> { whole.required(by: type) }
    func choices(of type: String) -> [String] { whole.choices(of: type) }
    func deliveries(of happening: Happening, _ telling: Telling) -> [Spoken] {
        whole.deliveries(of: happening, telling)
    }
    func body(of spoken: Spoken) -> [UInt8] { whole.body(of: spoken) }

    func read(_ body: [UInt8], as spoken: Spoken) throws -> [EventDraft] {
        if let reason = refusal(of: spoken) { throw MalformedDelivery(reason) }
        do {
            return try whole.read(body, as: spoken).map { changed($0, spoken) }
        } catch let error as MalformedDelivery {
            switch flaw {
            case .silent: throw MalformedDelivery("no")
            case .trusting: return []
            default: throw error
            }
        }
    }

    /// Why it is refused that should be taken.
    private func refusal(of spoken: Spoken) -> String? {
        let members = spoken.event.objectValue?.members ?? []
        switch flaw {
        case .knownMembersOnly:
            return members.contains { $0.name == "member_of_tomorrow" } ? "member_of_tomorrow is unknown" : nil
        case .everyMember:
            let usual = Happening.allCases.flatMap { whole.deliveries(of: $0, Telling()) }
                .first { $0.type == spoken.type }?.event.memberPaths()
            return Set(usual ?? []).subtracting(spoken.event.memberPaths()).first.map { "\($0) is missing" }
        case .textsOnly:
            let isNumber = members.contains { $0.name.hasSuffix("user_id") && $0.value.integerValue != nil }
            return isNumber ? "user_id is no text" : nil
        default: return nil
        }
    }

    private func changed(_ draft: EventDraft, _ spoken: Spoken) -> EventDraft {
        var draft = draft
        switch flaw {
        case .oneMemberMore: draft.payload = Self.adding("raw", spoken.event, to: draft.payload)
        case .fragmentsLost: draft.payload = draft.payload.setting("fragments", to: [])
        case .wordsLost: draft.payload = draft.payload.setting("message", to: .null)
        case .idOfItsOwn: draft.id = Event.ID(UUID().uuidString)
        case .idOfTheDelivery: draft.id = Event.ID(spoken.id)
        case .foreignPlatform: draft.platform = .kick
        case .wholeSeconds:
            draft.occurredAt.milliseconds -= draft.occurredAt.milliseconds % 1000
        case .tidyTexts:
            let text = draft.payload["text"]?.stringValue?.replacing("<", with: "&lt;")
            draft.payload = draft.payload.setting("text", to: text.map { .string($0) })
        case .talkative:
            if let email = spoken.event["email"]?.stringValue { draft.id = Event.ID("\(draft.id) of \(email)") }
        case .knownMembersOnly, .everyMember, .textsOnly, .silent, .trusting: break
        }
        return draft
    }

    private static func adding(_ name: String, _ value: JSONValue, to payload: JSONValue) -> JSONValue {
        guard var object = payload.objectValue else { return payload }
        object[name] = value
        return .object(object)
    }
}
