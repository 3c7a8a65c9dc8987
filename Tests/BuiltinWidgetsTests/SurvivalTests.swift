import BuiltinWidgets
import Testing
import WidgetAPI

/// ``WidgetRun`` reads each state back from its JSON after every event and measures each view.
@Suite struct SurvivalTests {
    @Test(arguments: 1...5) func `every widget survives whatever a stream brings`(seed: UInt64) throws {
        var chance = Chance(seed: seed)
        var chat = try WidgetRun(ChatWidget(), ["maxMessages": 5])
        var events = try WidgetRun(EventsWidget(), ["displayDuration": 3])
        var goals = try WidgetRun(GoalsWidget())
        var tips = try WidgetRun(TipsWidget(), ["mode": "donations", "showTimestamps": true])

        for number in 1...300 {
            let event = anyEvent(number, &chance)
            try chat.take(event)
            try events.take(event)
            try goals.take(event)
            try tips.take(event)
            let seconds = Int64(chance.next(below: 3))
            try events.wait(seconds: seconds)
            try tips.wait(seconds: seconds)
        }

        #expect(events.timers.count <= 1)
        #expect(tips.elements("card").count == 1)
    }

    private func anyEvent(_ number: Int, _ chance: inout Chance) -> Event {
        let id = "\(number)"
        let name = "Viewer\(chance.next(below: 9))"
        let platform = ["twitch", "kick"][chance.next(below: 2)]
        let currency = ["USD", "EUR", "JPY"][chance.next(below: 3)]
        switch chance.next(below: 12) {
        case 0: return TestEvents.deletion(of: "\(number - 2)", on: platform)
        case 1: return TestEvents.clearing(of: "id-\(name)", on: platform)
        case 2: return TestEvents.follow(id, by: name, isTest: number.isMultiple(of: 3))
        case 3: return TestEvents.subscription(id, .renewal, by: name, months: number, message: "\"é\\👋🏽\"")
        case 4: return TestEvents.giftBomb(id, of: chance.next(below: 4), giftId: number.isMultiple(of: 2) ? id : nil)
        case 5: return TestEvents.gift(id, to: name, on: platform)
        case 6: return TestEvents.tip(id, Int64(chance.next(below: 2000)), currency, by: nil, message: name)
        case 7: return TestEvents.raid(id, of: number)
        case 8: return TestEvents.overlay(open: chance.next(below: 3) > 0)
        default: return TestEvents.chatMessage(id, "hello \(name)", from: TestEvents.user(name), on: platform)
        }
    }
}

/// The same numbers for the same seed (SplitMix64).
private struct Chance {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next(below limit: Int) -> Int {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return Int((mixed ^ (mixed >> 31)) % UInt64(limit))
    }
}
