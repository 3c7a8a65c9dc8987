import Testing
import WidgetAPI

@testable import Host

/// One suite for everything that events come from (NFR18): a further platform adds itself here and to nothing else.
@Suite(.reckoning) struct AdapterConformanceTests {
    private static let sources: [any SpokenPlatform] = [
        SpokenTwitch(way: .webhook), SpokenTwitch(way: .socket), SpokenIRC(), SpokenKick(), SpokenKickChat(),
        SpokenTips(service: .kofi), SpokenTips(service: .stripe), SpokenTips(service: .buymeacoffee),
        SpokenSimulator(platform: .twitch), SpokenSimulator(platform: .kick), SpokenReplay(),
    ]

    /// Every rule for each source, without those that it cannot keep.
    private static let duties: [(String, AdapterRule)] = sources.flatMap { source in
        AdapterRule.allCases.filter { source.waived[$0] == nil }.map { (source.name, $0) }
    }

    @Test(arguments: duties)
    func `a source of events keeps every rule`(name: String, rule: AdapterRule) throws {
        let source = try #require(Self.sources.first { $0.name == name })

        #expect(AdapterConformance(source).breaches(of: rule) == [])
    }

    /// What a source cannot keep by its nature stands here, too, so that nobody leaves a rule out in passing.
    @Test func `a rule is waived for those that are named here, with a reason, and never what an event is`() {
        let read: Set<AdapterRule> = [.moments, .growth, .absence, .numerals, .verbatim, .discretion, .malformed]
        let waived: [String: Set<AdapterRule>] = [
            "the simulator on Twitch": read, "the simulator on Kick": read,
            "a replay file": [.growth, .absence, .numerals, .discretion],
            "Ko-fi": [.numerals], "Stripe": [.numerals, .moments], "Buy Me a Coffee": [.moments],
        ]
        #expect(Set(waived.keys).isSubset(of: Self.sources.map(\.name)))
        #expect(Set(Self.sources.map(\.name)).count == Self.sources.count)
        for source in Self.sources {
            #expect(Set(source.waived.keys) == waived[source.name] ?? [], "\(source.name)")
            #expect(source.waived.values.allSatisfy { $0.contains(" ") }, "\(source.name)")
            #expect(read.isSuperset(of: source.waived.keys), "\(source.name)")
        }
    }

    /// A rule that nothing can break proves nothing.
    @Test(arguments: FlawedAdapter.Flaw.allCases)
    func `an adapter with a flaw is found out`(flaw: FlawedAdapter.Flaw) {
        let found = AdapterConformance(FlawedAdapter(flaw)).breaches(of: flaw.finding.rule)

        #expect(found.contains { $0.contains(flaw.finding.words) }, "\(found)")
    }

    @Test(
        arguments: [.oneMemberMore, .fragmentsLost, .wordsLost, .idOfItsOwn, .foreignPlatform]
            as [FlawedAdapter.Flaw]
    )
    func `a source that makes its own stories up is found out as well`(flaw: FlawedAdapter.Flaw) {
        let source = FlawedAdapter(flaw, in: SpokenSimulator(platform: .twitch))
        let found = AdapterConformance(source).breaches(of: flaw.finding.rule)

        #expect(found.contains { $0.contains(flaw.finding.words) }, "\(found)")
    }

    @Test func `there is a flaw for every rule`() {
        #expect(Set(FlawedAdapter.Flaw.allCases.map(\.finding.rule)) == Set(AdapterRule.allCases))
    }

    /// EventSub tells of everything, and a file can; what the others never tell is written down here.
    @Test func `every happening is said by every source that tells of it`() {
        let allButTips = Happening.allCases.filter { ![.tip, .anonymousTip].contains($0) }
        let unsaid: [String: [Happening]] = [
            "Kick": [.action, .cheeredLine, .notice, .deletion, .chatCleared, .raid],
            "Kick's chat": [
                .action, .cheeredLine, .notice, .follow, .subscription, .renewal, .giftBomb, .anonymousGifts, .tip,
                .anonymousTip, .raid, .redemption, .online, .offline, .update,
            ],
            "Twitch by IRC": [
                .follow, .subscription, .renewal, .giftBomb, .anonymousGifts, .tip, .anonymousTip, .raid, .redemption,
                .online, .offline, .update,
            ],
            "the simulator on Twitch": [.notice, .chatCleared, .offline, .update],
            "the simulator on Kick": [.cheeredLine, .notice, .deletion, .chatCleared, .raid, .offline, .update],
            "Ko-fi": allButTips, "Stripe": allButTips, "Buy Me a Coffee": allButTips,
        ]
        #expect(Set(unsaid.keys).isSubset(of: Self.sources.map(\.name)))
        for source in Self.sources {
            let silent = Happening.allCases.filter { source.deliveries(of: $0, Telling()).isEmpty }
            #expect(silent == unsaid[source.name] ?? [], "\(source.name)")
        }
    }
}
