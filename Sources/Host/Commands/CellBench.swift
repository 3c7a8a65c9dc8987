import Glibc
import NIOCore
import Sandbox
import WidgetAPI

/// The measurements of widgets in Lua, one after the other; each prints its figures as a line of JSON.
struct CellBench: Sendable {
    let zygote: Zygote
    /// A chat widget of 18 rows.
    let kind: LuaKind
    /// What neighbours run.
    let bad: [LuaKind]

    /// Events of one widget, each beside an empty round trip to the same cell.
    func events(count: Int, on loop: any EventLoop) async throws {
        let lines = SimulatedChat.lines(count + count / 4)
        let figures = try await measure(on: loop) { (promise: EventLoopPromise<[String: Delays]>) in
            let tenant = BenchTenant(zygote, on: loop)
            var (events, drawing, empty) = (Delays(), Delays(), Delays())
            var patches = 0
            var number = 0
            func next() {
                guard number < lines.count else {
                    say(
                        line(
                            "view",
                            [
                                "bytes": .integer(Int64(tenant.widgets[0].pictureBytes)),
                                "patch": .integer(Int64(patches / count)),
                            ]
                        )
                    )
                    tenant.close()
                    return promise.succeed(["event": events, "draw": drawing, "empty": empty])
                }
                let isCounting = number >= count / 4
                let widget = tenant.widgets[0]
                let begun = ContinuousClock.now
                widget.hear(lines[number]) {
                    let drawn = ContinuousClock.now
                    if isCounting {
                        events.add(drawn - begun)
                        drawing.add(drawn - widget.answered)
                        patches += widget.patchBytes
                    }
                    number += 1
                    tenant.askNothing {
                        if isCounting { empty.add(.now - drawn) }
                        next()
                    }
                }
            }
            try tenant.add(kind, next)
        }
        for (name, delays) in figures.sorted(by: { $0.key < $1.key }) { say(delays.line(name)) }
    }

    /// From nothing to the first picture, and the same for one more widget beside it.
    func starts(count: Int, on loop: any EventLoop) async throws {
        let figures = try await measure(on: loop) { (promise: EventLoopPromise<[Delays]>) in
            var (first, further) = (Delays(), Delays())
            func next(_ left: Int) throws {
                guard left > 0 else { return promise.succeed([first, further]) }
                let begun = ContinuousClock.now
                let tenant = BenchTenant(zygote, on: loop)
                try tenant.add(kind) {
                    let there = ContinuousClock.now
                    first.add(there - begun)
                    try? tenant.add(kind) {
                        further.add(.now - there)
                        tenant.close()
                        try? next(left - 1)
                    }
                }
            }
            try next(count)
        }
        say(figures[0].line("start"))
        say(figures[1].line("further"))
    }

    /// From the death of a cell with five widgets until each has answered its next row.
    func deaths(count: Int, on loop: any EventLoop) async throws {
        let lines = SimulatedChat.lines(count + 20)
        let delays = try await measure(on: loop) { (promise: EventLoopPromise<Delays>) in
            let tenant = BenchTenant(zygote, on: loop)
            var delays = Delays()
            func next(_ number: Int) {
                guard number < lines.count else {
                    tenant.close()
                    return promise.succeed(delays)
                }
                let begun = ContinuousClock.now
                if number >= 20, let process = tenant.processId { Glibc.kill(process, SIGKILL) }
                var left = tenant.widgets.count
                for widget in tenant.widgets {
                    widget.hear(lines[number]) {
                        left -= 1
                        guard left == 0 else { return }
                        if number >= 20 { delays.add(.now - begun) }
                        next(number + 1)
                    }
                }
            }
            try tenant.add(kind, count: 5) { next(0) }
        }
        say(delays.line("death"))
    }

    /// A widget's events alone, and beside neighbours on the same loop that do their worst without a pause.
    func neighbours(count: Int, on loop: any EventLoop) async throws {
        let lines = SimulatedChat.lines(2 * count)
        let figures = try await measure(on: loop) { (promise: EventLoopPromise<[Delays]>) in
            let tenant = BenchTenant(zygote, on: loop)
            let neighbours = bad.map { _ in BenchTenant(zygote, on: loop) }
            var figures = [Delays(), Delays()]
            var isOver = false
            func annoy(_ neighbour: BenchTenant, _ number: Int) {
                guard !isOver else { return neighbour.close() }
                neighbour.widgets[0].hear(lines[number % lines.count].moved(to: Int64(number + 1))) {
                    annoy(neighbour, number + 1)
                }
            }
            func next(_ number: Int) {
                guard number < lines.count else {
                    isOver = true
                    tenant.close()
                    return promise.succeed(figures)
                }
                if number == count {
                    for (neighbour, kind) in zip(neighbours, bad) { try? neighbour.add(kind) { annoy(neighbour, 0) } }
                }
                let begun = ContinuousClock.now
                tenant.widgets[0].hear(lines[number]) {
                    figures[number / count].add(.now - begun)
                    _ = loop.assumeIsolated().scheduleTask(in: .milliseconds(5)) { next(number + 1) }
                }
            }
            try tenant.add(kind) { next(0) }
        }
        say(figures[0].line("alone"))
        say(figures[1].line("beside neighbours"))
    }

    /// Runs on the loop until the promise is kept.
    func measure<Figures: Sendable>(
        on loop: any EventLoop,
        _ body: @escaping @Sendable (EventLoopPromise<Figures>) throws -> Void
    ) async throws -> Figures {
        try await loop.flatSubmit {
            let promise = loop.makePromise(of: Figures.self)
            do { try body(promise) } catch { promise.fail(error) }
            return promise.futureResult
        }.get()
    }

    /// At once, so that whoever waits sees how far it is.
    func say(_ line: String) {
        print(line)
        fflush(nil)
    }

    func line(_ what: String, _ members: JSONObject) -> String {
        var line: JSONObject = ["what": .string(what)]
        for member in members.members { line[member.name] = member.value }
        return JSONValue.object(line).text
    }
}

/// Delays of one kind.
struct Delays: Sendable {
    private var microseconds: [Double] = []

    mutating func add(_ delay: Duration) {
        microseconds.append(delay / .microseconds(1))
    }

    var count: Int { microseconds.count }

    mutating func add(_ other: Delays) {
        microseconds += other.microseconds
    }

    /// The median, the 99th of a hundred and the longest, in microseconds.
    func line(_ what: String) -> String {
        let sorted = microseconds.sorted()
        func share(_ part: Double) -> JSONValue {
            .number((sorted.isEmpty ? 0 : sorted[Int(Double(sorted.count - 1) * part)] * 10).rounded() / 10)
        }
        let line: JSONValue = [
            "what": .string(what), "count": .integer(Int64(sorted.count)), "p50": share(0.5), "p99": share(0.99),
            "max": share(1), "min": share(0),
        ]
        return line.text
    }
}

extension Event {
    /// The same event at another place of the log.
    func moved(to seq: Int64) -> Event {
        Event(
            id: id,
            seq: seq,
            type: type,
            platform: platform,
            channelId: channelId,
            occurredAt: occurredAt,
            receivedAt: Timestamp(milliseconds: seq * 50),
            payload: payload
        )
    }
}
