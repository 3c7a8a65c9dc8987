import BuiltinWidgets
import Testing
import WidgetAPI
import WidgetConformance

/// ``WidgetRun`` reads each state back from its JSON after every event and measures each view.
@Suite struct AlertSurvivalTests {
    @Test(arguments: 1...3) func `the queue survives whatever comes, twice in the same way`(seed: UInt64) throws {
        let settings: JSONValue = [
            "displayDuration": 3,
            "variations": [["kind": "follow", "condition": "random", "weight": 50, "template": "lucky"]],
        ]
        var dice = WidgetContext(now: Timestamp(milliseconds: 0), seed: seed)
        var events = try openEvents(settings)
        var twin = try openEvents(settings)

        for number in 1...150 {
            let event = anyEvent(number, &dice)
            let pause = dice.random(below: 3) == 0 ? dice.random(below: 9000) : 0
            try events.take(event)
            try events.wait(milliseconds: pause)
            try twin.take(event)
            try twin.wait(milliseconds: pause)
            if number == 75 {
                try events.change(["showRaids": false])
                try twin.change(["showRaids": false])
            }

            #expect(events.view.children.count <= 1)
            #expect(events.timers.count <= 1)
            #expect(events.report?.waiting.count ?? 0 <= 50)
            #expect(Set(events.elements("alert").map(\.key)).count == events.view.children.count)
        }

        #expect(events.state == twin.state)
        #expect(events.view == twin.view)
    }

    private func anyEvent(_ number: Int, _ dice: inout WidgetContext) -> Event {
        let id = "\(number)"
        let name = "Viewer\(dice.random(below: 6))"
        let platform = dice.random(below: 2) == 0 ? "twitch" : "kick"
        switch dice.random(below: 20) {
        case 0: return TestEvents.control(.alertPause)
        case 1, 2: return TestEvents.control(.alertResume)
        case 3: return TestEvents.control(.alertSkip)
        case 4: return dice.random(below: 5) == 0 ? TestEvents.control(.alertClear) : TestEvents.follow(id, by: name)
        case 5: return TestEvents.replay(of: TestEvents.follow("\(dice.random(below: 150))", by: name))
        case 6: return TestEvents.replay(of: TestEvents.giftBomb("\(dice.random(below: 150))", of: 9))
        case 7: return TestEvents.clearing(of: "id-\(name)", on: platform)
        case 8: return TestEvents.deletion(of: "\(number - 3)")
        case 9: return TestEvents.notice(id, of: name, message: "\"é\\👋🏽\"", on: platform)
        case 10: return TestEvents.subscription(id, by: name)
        case 11: return TestEvents.subscription(id, .renewal, by: name, months: number, message: "hello")
        case 12: return TestEvents.giftBomb(id, of: Int(dice.random(below: 30)))
        case 13, 14, 15: return TestEvents.gift(id, to: "\(name)-\(id)", on: platform)
        case 16: return TestEvents.overlay(open: dice.random(below: 3) > 0)
        case 17: return TestEvents.tip(id, dice.random(below: 3000), by: nil, message: name)
        case 18: return TestEvents.raid(id, of: number)
        default: return TestEvents.follow(id, by: name, isTest: number.isMultiple(of: 3))
        }
    }
}
