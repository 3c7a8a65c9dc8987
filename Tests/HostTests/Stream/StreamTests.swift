import Testing
import WidgetAPI

@testable import Host

/// Two scripted hours through the real path: log, SQLite, widgets, WebSocket; reckoned again without any widget.
@Suite(.ownThread) struct StreamTests {
    private static let seed: UInt64 = 20_261_121

    @Test func `two hours of a stream end in the totals, tips and alerts that plain arithmetic gives`() async throws {
        let script = try StreamScript(seed: Self.seed)
        let house = try await StreamHouse()
        var player = try await StreamPlayer(house)

        try await player.play(script)

        let (page, schedule) = (player.page, player.schedule)
        let sums = StreamSums(script)
        #expect(sums.chatLines >= StreamScript.chatLines && sums.follows >= StreamScript.follows)
        #expect(Self.goals(page) == sums.goals)
        #expect(Self.tips(page) == sums.lastTips)
        #expect(Self.chat(page) == sums.lastLines)
        Self.expectAlerts(page, schedule)
        let snapshot = try WatchingPage(port: house.port)
        #expect(page.mirror.widgets.mapValues(\.nodes) == snapshot.mirror.widgets.mapValues(\.nodes))
        await house.stop()
    }

    private static func expectAlerts(_ page: WatchingPage, _ schedule: AlertSchedule) {
        // A picture needs 50 ms; what a streamer skips faster than that nobody has seen.
        let isLong = { (showing: AlertSchedule.Showing) in showing.until - showing.since >= 100 }
        #expect(schedule.showings.count { !isLong($0) } < 3)
        let short = Set(schedule.showings.filter { !isLong($0) }.map(\.since))
        let expected = schedule.showings.filter(isLong).map { "\($0.since) \($0.name)" }
        let seen = page.alerts.filter { !short.contains($0.since) }.map { "\($0.since) \($0.name)" }
        let place = zip(seen, expected).enumerated().first { $1.0 != $1.1 }
        #expect(place == nil, "the first that differs is \(String(describing: place))")
        #expect(seen.count == expected.count && expected.count > 400, "\(seen.count) of \(expected.count)")
        #expect(page.crowds == [])
        #expect(schedule.longestLine > 60 && schedule.summaries > 1, "the queue was never overfull")
        #expect(schedule.places == [])
        #expect(page.effects.count == schedule.showings.count)
        #expect(Set(page.effects).count == page.effects.count, "an alert was heard twice")
    }

    // MARK: What the page shows

    private static func goals(_ page: WatchingPage) -> [String: String] {
        let goals = page.mirror.widgets.values.filter { $0.type == "goals" }
        let counts = goals.map { goal in
            let label = JSONValue.texts(JSONValue.elements("label", in: goal.nodes)).joined()
            let count = JSONValue.texts(JSONValue.elements("count", in: goal.nodes)).joined()
            return (label, String(count.prefix { $0 != "/" }.dropLast()))
        }
        return Dictionary(counts) { first, second in "\(first) and \(second)" }
    }

    private static func tips(_ page: WatchingPage) -> [String] {
        let nodes = page.mirror.widgets.values.first { $0.type == "tips" }?.nodes ?? []
        return JSONValue.elements("row", in: nodes).map { row in
            ["name", "amount"].map { JSONValue.texts(JSONValue.elements($0, in: [row])).joined() }
                .joined(separator: " ")
        }
    }

    private static func chat(_ page: WatchingPage) -> [String] {
        let nodes = page.mirror.widgets.values.first { $0.type == "chat" }?.nodes ?? []
        return JSONValue.elements("text", in: nodes).map { JSONValue.texts([$0]).joined() }
    }
}
