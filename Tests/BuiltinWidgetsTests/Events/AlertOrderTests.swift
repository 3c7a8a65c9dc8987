import BuiltinWidgets
import Testing
import WidgetAPI
import WidgetConformance

/// The order of alerts against an independent computation of it.
@Suite struct AlertOrderTests {
    @Test(
        arguments: [
            (TestEvents.tip("x", 1000), 1), (TestEvents.tip("x", 999), 2), (TestEvents.tip("x", 10, "JPY"), 1),
            (TestEvents.tip("x", 9, "JPY"), 2), (TestEvents.tip("x", 10_000, "KWD"), 1),
            (TestEvents.tip("x", 9999, "KWD"), 2), (TestEvents.raid("x", of: 10), 1), (TestEvents.raid("x", of: 9), 2),
            (TestEvents.follow("x"), 2), (TestEvents.subscription("x"), 2), (TestEvents.giftBomb("x", of: 100), 2),
            (TestEvents.redemption("x", of: "Hydrate"), 2), (TestEvents.tip("x", 100, "BITS", kind: .bits), 2),
            (TestEvents.tip("x", 99, "BITS", kind: .bits), 3), (TestEvents.tip("x", 100, "KICKS", kind: .kicks), 2),
            (TestEvents.tip("x", 99, "KICKS", kind: .kicks), 3),
        ] as [(Event, Int)]
    )
    func `an alert goes before those that matter less and after those that matter as much`(
        event: Event,
        priority: Int
    ) throws {
        let settings: JSONValue = ["minTipAmount": 0]
        var events = try WidgetRun(EventsWidget(), settings)

        try events.take(
            TestEvents.tip("high", 5000, by: "High"),
            TestEvents.follow("medium", by: "Medium"),
            TestEvents.tip("low", 1, "BITS", kind: .bits, by: "Low")
        )
        try events.take(event)
        try events.take(
            TestEvents.tip("high2", 5000, by: "High"),
            TestEvents.follow("medium2", by: "Medium"),
            TestEvents.tip("low2", 1, "BITS", kind: .bits, by: "Low")
        )

        let place = try #require(events.report?.waiting.firstIndex(of: 4))
        #expect(place == priority * 2 - 1)
    }

    @Test(arguments: [(1, 7000), (2, 7000), (3, 4000), (4, 1800), (5, 1800)] as [(UInt64, Int64)])
    func `whatever comes, alerts are shown by priority and then by time`(seed: UInt64, pause: Int64) throws {
        var dice = WidgetContext(now: Timestamp(milliseconds: 0), seed: seed)
        var events = try openEvents(["displayDuration": 3])
        var model = Model()
        var shown: [String] = []

        for number in 1...90 {
            let id = "event-\(number)"
            let (event, priority) = anyEvent(id, &dice)
            model.arrive(id, priority: priority, at: events.now.milliseconds)
            try events.take(event)
            try watch(&events, milliseconds: dice.random(below: pause), &shown)
        }
        while !events.timers.isEmpty { try watch(&events, milliseconds: 300, &shown) }

        #expect(shown == model.finish())
        #expect(pause > 1800 || model.folded > 0)
    }

    /// Looks more often than any alert is short, and sees no two at once.
    private func watch(
        _ events: inout WidgetRun<EventsWidget>,
        milliseconds: Int64,
        _ shown: inout [String]
    ) throws {
        let end = events.now.milliseconds + milliseconds
        repeat {
            let alerts = events.view.children
            #expect(alerts.count <= 1)
            if case .element(let alert)? = alerts.first, let source = alert.source, source.text != shown.last {
                shown.append(source.text)
            }
            try events.wait(milliseconds: min(300, end - events.now.milliseconds))
        } while events.now.milliseconds < end
    }

    private func anyEvent(_ id: String, _ dice: inout WidgetContext) -> (Event, Int) {
        let number = dice.random(below: 40)
        let name = "Viewer\(number)"
        switch dice.random(below: 7) {
        case 0: return (TestEvents.follow(id, by: name), 2)
        case 1: return (TestEvents.redemption(id, of: "Hydrate", by: name), 2)
        case 2: return (TestEvents.tip(id, 100 + number * 50, by: name), number >= 18 ? 1 : 2)
        case 3: return (TestEvents.tip(id, number * 5 + 1, "BITS", kind: .bits, by: name), number >= 20 ? 2 : 3)
        case 4: return (TestEvents.tip(id, number * 5 + 1, "KICKS", kind: .kicks, by: name), number >= 20 ? 2 : 3)
        case 5: return (TestEvents.raid(id, of: Int(number) + 1), number >= 9 ? 1 : 2)
        // A name of its own each, or two events of one minute would be one subscription.
        default: return (TestEvents.subscription(id, by: "\(name)-\(id)"), 2)
        }
    }

    /// One screen, three seconds an alert and 0.4 seconds between two, fifty places to wait: nothing else.
    private struct Model {
        private var waiting: [(id: String, priority: Int, number: Int)] = []
        private var order: [String] = []
        private var free: Int64 = 0
        private var number = 0
        private(set) var folded = 0

        mutating func arrive(_ id: String, priority: Int, at moment: Int64) {
            // Timers fire before an event of the same moment.
            while free <= moment, !waiting.isEmpty { showNext(at: free) }
            number += 1
            waiting.append((id, priority, number))
            waiting.sort { ($0.priority, $0.number) < ($1.priority, $1.number) }
            if free <= moment {
                showNext(at: moment)
            } else if waiting.count > 50 {
                waiting.removeLast()
                folded += 1
            }
        }

        mutating func finish() -> [String] {
            while !waiting.isEmpty { showNext(at: free) }
            return order
        }

        private mutating func showNext(at moment: Int64) {
            order.append(waiting.removeFirst().id)
            free = moment + 3400
        }
    }
}
