import Foundation
import WidgetAPI

@testable import Host

/// Plays a script into a house: rows through the log, time by the test's clock, and a page that watches everything.
struct StreamPlayer {
    /// How often the page reads, in moments of the script; it must not fall behind what a connection may have waiting.
    private static let momentsBetweenReads = 10
    /// How many times as fast as life the stream is played by `make soak`.
    private static let speed: Int64 = 50
    /// The end of the stream, which `make soak` plays as fast as life.
    private static let slowMilliseconds: Int64 = 120_000

    let house: StreamHouse
    private let runtime: TenantRuntime
    private(set) var page: WatchingPage
    private(set) var schedule = AlertSchedule()
    private var lastSeq: Int64 = 0
    private var rows: [String: Event] = [:]
    /// When the stream began by the clock on the wall, if it takes its time; else it goes as fast as it can.
    private var began: ContinuousClock.Instant?

    /// Opens the page and waits until the log says that somebody watches.
    init(_ house: StreamHouse) async throws {
        self.house = house
        page = try WatchingPage(port: house.port)
        runtime = try await house.runtime()
        let runtime = runtime
        guard await Deadline.comes(seconds: 600, { await runtime.presence.isSettled }) else {
            throw Socket.Failure(description: "nobody writes down that a page is open")
        }
        try await readLog()
    }

    /// Plays all of it, and goes on until nothing waits any more.
    mutating func play(_ script: StreamScript) async throws {
        if ProcessInfo.processInfo.environment["STREAMVIBES_SOAK"] == "1" { began = .now }
        for (number, moment) in script.moments.enumerated() {
            guard let first = moment.first else { continue }
            try await pass(to: StreamHouse.start + first.at)
            try await append(moment)
            if number % Self.momentsBetweenReads == 0 { try page.read() }
        }
        try await pass(to: StreamHouse.start + StreamScript.milliseconds + 900_000)
        try page.read()
    }

    /// Lets every timer ring at its own moment.
    private mutating func pass(to moment: Int64) async throws {
        try await keepPace(until: moment)
        var rings = 0
        while try await runtime.ring(by: moment, house.place) {
            rings += 1
            if rings % Self.momentsBetweenReads == 0 { try page.read() }
        }
        house.place.clock = max(house.place.clock, moment)
    }

    private func keepPace(until moment: Int64) async throws {
        guard let began else { return }
        let passed = min(moment - StreamHouse.start, StreamScript.milliseconds)
        let slow = max(0, passed - (StreamScript.milliseconds - Self.slowMilliseconds))
        try await Task.sleep(until: began + .milliseconds((passed - slow) / Self.speed + slow))
    }

    private mutating func append(_ moment: ArraySlice<StreamScript.Line>) async throws {
        let drafts = StreamScript.drafts(of: moment, after: rows)
        let added = try await house.host.log.append(drafts, in: house.scope)
        if added.first?.seq == lastSeq + 1 { take(added) } else { try await readLog() }
        // Whatever the rows have changed is drawn when this comes back.
        _ = await runtime.seq
    }

    /// Takes what the host itself has written, too.
    private mutating func readLog() async throws {
        take(try await house.place.store.events(after: lastSeq, limit: 500, in: house.scope))
    }

    private mutating func take(_ added: [Event]) {
        for row in added {
            schedule.take(row)
            if row.type == .tip { rows[row.id.text] = row }
            lastSeq = row.seq
        }
    }
}

extension TenantRuntime {
    /// When the next timer of any widget rings.
    private var nextTimer: Timestamp? { widgets.compactMap { $0.instance?.nextTimer }.min() }

    /// Moves the clock to the next timer and returns when it has rung; `false` when none is due by that moment.
    func ring(by moment: Int64, _ place: LogPlace) async throws -> Bool {
        guard let due = nextTimer, due.milliseconds <= moment else { return false }
        place.clock = max(place.clock, due.milliseconds)
        scheduleTimer()
        let deadline = Deadline(seconds: 600)
        while nextTimer == due {
            guard !deadline.isOver else { throw Socket.Failure(description: "a timer does not ring") }
            try await Task.sleep(for: .milliseconds(1))
        }
        return true
    }
}

/// An overlay page over a real socket that keeps the times of every alert it has shown.
struct WatchingPage {
    private var page: MirroredPage
    /// Every alert in the order in which they came on screen, with the moment by the host's clock when it began.
    private(set) var alerts: [(name: String, since: Int64)] = []
    /// What should never be on screen: two alerts at once.
    private(set) var crowds: [String] = []

    init(port: Int) throws {
        page = try MirroredPage(port: port)
    }

    var client: WebSocketClient { page.client }
    var mirror: PageMirror { page.mirror }
    var effects: [String] { page.effects }

    /// Takes everything that the host has sent until now.
    mutating func read() throws {
        try page.begin()
        while let widget = try page.nextChange() {
            if mirror.widgets[widget]?.type == "events" { note(widget) }
        }
    }

    /// The views by widget, as JSON.
    var picture: [String: String] { mirror.widgets.mapValues { JSONValue.array($0.nodes).text } }

    private mutating func note(_ widget: String) {
        let nodes = mirror.view(of: widget)
        if nodes.count > 1 { crowds.append(JSONValue.array(nodes).text) }
        guard let alert = nodes.first?.arrayValue, let key = alert[1]["k"]?.stringValue,
            let since = alert[1]["data-since"]?.stringValue.flatMap({ Int64($0) })
        else { return }
        let name = key.hasPrefix("summary:") ? "\(key) of \(Self.count(nodes))" : key
        if alerts.last?.since != since { alerts.append((name, since)) }
    }

    /// What a summary says: `and 12 more follows`.
    private static func count(_ nodes: [JSONValue]) -> Int {
        let sentence = JSONValue.texts(JSONValue.elements("sentence", in: nodes)).joined()
        return Int(sentence.split(separator: " ").dropFirst().first ?? "") ?? 0
    }
}
