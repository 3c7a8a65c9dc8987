import Glibc
import NIOCore
import Sandbox
import WidgetAPI

/// Many streamers at once.
extension CellBench {
    /// Streamers of one loop.
    private typealias Crowd = NIOLoopBound<[BenchTenant]>

    /// How many events are on their way on each loop.
    private static let onTheirWay = 16

    /// Memory of cells that idle, and events to all of them: as many as go, and 8,000 a second.
    func crowd(tenants count: Int, on group: any EventLoopGroup) async throws {
        let loops = Array(group.makeIterator())
        var crowds: [Crowd] = []
        for (index, loop) in loops.enumerated() {
            let part = count / loops.count + (index < count % loops.count ? 1 : 0)
            crowds.append(
                try await measure(on: loop) { promise in
                    var tenants: [BenchTenant] = []
                    func next() throws {
                        guard tenants.count < part else {
                            return promise.succeed(NIOLoopBound(tenants, eventLoop: loop))
                        }
                        tenants.append(BenchTenant(zygote, on: loop))
                        try tenants[tenants.count - 1].add(kind) { try? next() }
                    }
                    try next()
                }
            )
        }
        let one = try await memory(of: crowds)
        for crowd in crowds { try await addWidgets(2, to: crowd) }
        let three = try await memory(of: crowds)
        say(
            line("memory", ["cells": .integer(Int64(count)), "kibPerCell": .number(one), "kibOfThree": .number(three)])
        )
        try await saturate(crowds, events: 20 * count)
        try await pace(crowds, perSecond: 8000, seconds: 5)
        for crowd in crowds {
            try await crowd.eventLoop.submit { for tenant in crowd.value { tenant.close() } }.get()
        }
    }

    private func addWidgets(_ count: Int, to crowd: Crowd) async throws {
        try await measure(on: crowd.eventLoop) { (promise: EventLoopPromise<Void>) in
            func next(_ index: Int) throws {
                guard index < crowd.value.count else { return promise.succeed() }
                try crowd.value[index].add(kind, count: count) { try? next(index + 1) }
            }
            try next(0)
        }
    }

    /// Kibibytes of a cell on average: its own and its part of what it shares (PSS).
    private func memory(of crowds: [Crowd]) async throws -> Double {
        var processes: [Int32] = []
        for crowd in crowds {
            processes += try await crowd.eventLoop.submit { crowd.value.compactMap(\.processId) }.get()
        }
        let sizes = processes.compactMap(Self.proportionalKiB)
        return (Double(sizes.reduce(0, +)) / Double(max(sizes.count, 1)) * 10).rounded() / 10
    }

    private static func proportionalKiB(of process: Int32) -> Int? {
        guard let file = fopen("/proc/\(process)/smaps_rollup", "r") else { return nil }
        defer { fclose(file) }
        var text = [CChar](repeating: 0, count: 256)
        while fgets(&text, 256, file) != nil {
            let words = String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
                .split(whereSeparator: \.isWhitespace)
            if words.first == "Pss:", words.count > 1 { return Int(words[1]) }
        }
        return nil
    }

    private func saturate(_ crowds: [Crowd], events: Int) async throws {
        let lines = SimulatedChat.lines(1000)
        let begun = ContinuousClock.now
        let delays = try await together(crowds) { crowd, promise in
            let tenants = crowd.value
            let wanted = events / crowds.count
            var delays = Delays()
            var (sent, answered) = (0, 0)
            func next() {
                guard sent < wanted else { return }
                let number = sent
                sent += 1
                let begun = ContinuousClock.now
                Self.widget(number, of: tenants).hear(Self.event(number, of: tenants, lines)) {
                    delays.add(.now - begun)
                    answered += 1
                    if answered == wanted { promise.succeed(delays) } else { next() }
                }
            }
            for _ in 0..<Self.onTheirWay { next() }
        }
        let seconds = (ContinuousClock.now - begun) / .seconds(1)
        say(
            line(
                "saturated",
                ["events": .integer(Int64(events)), "perSecond": .number((Double(events) / seconds).rounded())]
            )
        )
        say(delays.line("saturated delay"))
    }

    /// Every millisecond its events, whether the last ones are answered or not.
    private func pace(_ crowds: [Crowd], perSecond rate: Int, seconds: Int) async throws {
        let lines = SimulatedChat.lines(1000)
        let perTick = rate / crowds.count / 1000
        let delays = try await together(crowds) { crowd, promise in
            let tenants = crowd.value
            let wanted = rate * seconds / crowds.count
            var delays = Delays()
            var sent = 0
            let begun = NIODeadline.now()
            func tick(_ number: Int64) {
                for _ in 0..<min(perTick, wanted - sent) {
                    // Late ticks count as delay, too.
                    let due =
                        ContinuousClock.now
                        - .nanoseconds(max(0, (.now() - (begun + .milliseconds(number))).nanoseconds))
                    let index = sent + 1_000_000
                    Self.widget(index, of: tenants).hear(Self.event(index, of: tenants, lines)) {
                        delays.add(.now - due)
                        if delays.count == wanted { promise.succeed(delays) }
                    }
                    sent += 1
                }
                guard sent < wanted else { return }
                let loop = crowd.eventLoop.assumeIsolated()
                _ = loop.scheduleTask(deadline: begun + .milliseconds(number + 1)) { tick(number + 1) }
            }
            tick(0)
        }
        say(delays.line("paced delay"))
    }

    private func together(
        _ crowds: [Crowd],
        _ body: @escaping @Sendable (Crowd, EventLoopPromise<Delays>) -> Void
    ) async throws -> Delays {
        try await withThrowingTaskGroup(of: Delays.self) { parts in
            for crowd in crowds {
                parts.addTask { try await measure(on: crowd.eventLoop) { body(crowd, $0) } }
            }
            var delays = Delays()
            for try await part in parts { delays.add(part) }
            return delays
        }
    }

    private static func widget(_ number: Int, of tenants: [BenchTenant]) -> BenchTenant.Widget {
        let widgets = tenants[number % tenants.count].widgets
        return widgets[number / tenants.count % widgets.count]
    }

    /// Lines of chat in turn, each at a place of the log that the widget has not seen.
    private static func event(_ number: Int, of tenants: [BenchTenant], _ lines: [Event]) -> Event {
        lines[number / tenants.count % lines.count].moved(to: Int64(number + 1))
    }
}
