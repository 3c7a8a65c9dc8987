import Testing
import WidgetAPI

@testable import Host

/// One suite for every platform (NFR18): a third one adds its adapter here and to nothing else.
@Suite(.reckoning) struct AdapterConformanceTests {
    private static let adapters: [any SpokenPlatform] = [
        SpokenTwitch(way: .webhook), SpokenTwitch(way: .socket), SpokenIRC(), SpokenKick(),
    ]

    @Test(arguments: adapters.map(\.name), AdapterRule.allCases)
    func `an adapter keeps every rule`(name: String, rule: AdapterRule) throws {
        let adapter = try #require(Self.adapters.first { $0.name == name })

        #expect(AdapterConformance(adapter).breaches(of: rule) == [])
    }

    @Test(arguments: EventSource.all.map(\.name))
    func `what nobody posts has the same shapes`(name: String) throws {
        let source = try #require(EventSource.all.first { $0.name == name })

        #expect(try source.breaches() == [])

        let types = Set(try source.drafts().map(\.type))
        let wanted: Set<EventType> = [.chatMessage, .follow, .subscribe, .tip, .raid, .redemption]
        #expect(wanted.subtracting(types) == [])
        #expect(!types.isDisjoint(with: [.chatDelete, .chatClear]))
    }

    /// A rule that nothing can break proves nothing.
    @Test(arguments: FlawedAdapter.Flaw.allCases)
    func `an adapter with a flaw is found out`(flaw: FlawedAdapter.Flaw) {
        let found = AdapterConformance(FlawedAdapter(flaw)).breaches(of: flaw.finding.rule)

        #expect(found.contains { $0.contains(flaw.finding.words) }, "\(found)")
    }

    @Test func `there is a flaw for every rule`() {
        #expect(Set(FlawedAdapter.Flaw.allCases.map(\.finding.rule)) == Set(AdapterRule.allCases))
    }

    /// EventSub tells of everything; what the others never tell is written down here.
    @Test func `every happening is said by every platform that tells of it`() {
        let unsaid: [String: [Happening]] = [
            "Kick": [.action, .cheeredLine, .notice, .deletion, .chatCleared, .raid],
            "Twitch by IRC": [
                .follow, .subscription, .renewal, .giftBomb, .anonymousGifts, .tip, .anonymousTip, .raid, .redemption,
                .online, .offline, .update,
            ],
        ]
        #expect(Set(unsaid.keys).isSubset(of: Self.adapters.map(\.name)))
        for adapter in Self.adapters {
            let silent = Happening.allCases.filter { adapter.deliveries(of: $0, Telling()).isEmpty }
            #expect(silent == unsaid[adapter.name] ?? [], "\(adapter.name)")
        }
    }
}
