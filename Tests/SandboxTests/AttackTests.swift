import Foundation
import Glibc
import NIOCore
import NIOPosix
import Testing
import WidgetAPI

@testable import Sandbox

/// Hostile programs in real cells: each is told to its author, and nobody else notices.
@Suite(.serialized) struct AttackTests {
    @Test func `there are more than a hundred of them`() {
        #expect(Attack.all.count > 100)
        #expect(Set(Attack.all.map(\.testDescription)).count == Attack.all.count)
    }

    @Test func `no attack gets anywhere, and the neighbour answers every time`() async throws {
        let zygote = try await Zygote.start()
        var neighbour = try await Stand.open(zygote, Stand.honest)
        var delays = 0

        for attack in Attack.all {
            let (stand, outcome) = try await Self.meet(attack, zygote)
            let story = "\(attack.testDescription): \(outcome)"

            switch attack.outcome {
            // An error for want of a function would prove nothing.
            case .stopped: #expect(!outcome.ran && !outcome.reason.contains("a nil value"), "\(story)")
            case .harmless: #expect(outcome.ran, "\(story)")
            case .either: break
            }
            #expect(outcome.ran || !outcome.reason.isEmpty, "\(story)")
            #expect(!outcome.state.contains("escaped"), "\(story)")
            var answer = try await neighbour.say("hello")
            // An attack that holds its neighbours up does so with each of them.
            for _ in 1..<5 where answer.isLate {
                delays += 1
                neighbour.close()
                neighbour = try await Stand.open(zygote, Stand.honest)
                answer = try await neighbour.say("hello")
            }
            #expect(answer.ran, "\(answer) after \(story)")
            stand.close()
        }
        #expect(delays < 10, "that is no busy machine any more")

        // What a process had goes back to the machine with it: the neighbour's cell is the only one left.
        let maker = try #require(zygote.processId)
        let deadline = ContinuousClock.now + .seconds(120)
        while try Self.children(of: maker).count > 1, ContinuousClock.now < deadline {
            try await Task.sleep(for: .milliseconds(20))
        }
        let left = try Self.children(of: maker)
        #expect(left.count == 1)
        #expect(try Self.residentKilobytes(of: try #require(left.first)) < 4096, "nor has the neighbour grown")
        neighbour.close()
        zygote.close()
    }

    @Test(arguments: [TimeAmount.milliseconds(20), .milliseconds(300)])
    func `a host that was away itself holds it against nobody`(longer: TimeAmount) async throws {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let zygote = try await Zygote.start()
        let stand = try await Stand.open(zygote, Stand.honest, on: group.next())

        #expect(try await stand.say("hello", andAwayFor: Cell.patience + longer).ran)

        stand.close()
        zygote.close()
        try await group.shutdownGracefully()
    }

    /// An attack in a cell of its own, and what became of it.
    ///
    /// As in ``Stand/open(_:_:on:)``: one that is late by itself is so every time.
    private static func meet(
        _ attack: Attack,
        _ zygote: Zygote
    ) async throws -> (stand: Stand, outcome: Stand.Outcome) {
        var tries = 1
        while true {
            let stand = try await Stand.open(zygote, attack.program)
            let outcome = try await stand.say("go")
            guard outcome.isLate, tries < 5 else { return (stand, outcome) }
            stand.close()
            tries += 1
        }
    }

    private static func children(of processId: pid_t) throws -> [pid_t] {
        try String(contentsOfFile: "/proc/\(processId)/task/\(processId)/children", encoding: .utf8)
            .split(separator: " ").compactMap { pid_t($0) }
    }

    private static func residentKilobytes(of processId: pid_t) throws -> Int {
        let status = try String(contentsOfFile: "/proc/\(processId)/status", encoding: .utf8)
        let line = status.split(separator: "\n").first { $0.hasPrefix("RssAnon:") }
        return try #require(line?.split(whereSeparator: { !$0.isNumber }).first.flatMap { Int($0) })
    }
}

/// A streamer's cell with one widget in it, and a test that talks to it.
struct Stand: Sendable {
    static let honest = """
        widget.init(function() return { count = 0 } end)
        widget.on("chat:message", function(state) state.count = state.count + 1 end)
        widget.render(function(state) return ui.b { text = tostring(state.count) } end)
        """

    /// What became of an event.
    struct Outcome: Sendable, CustomStringConvertible {
        var ran = false
        /// What its author is told.
        var reason = ""
        var state = ""
        /// The host has given it up, as it does after a second.
        var isLate = false

        var description: String { ran ? "ran, \(state)" : reason }
    }

    private let loop: any EventLoop
    private let tenant: NIOLoopBound<TenantCell>
    private let widget: CellWidget

    /// Loads the program into a new cell.
    ///
    /// On a machine that does something else for a second a cell may be given up before it has loaded anything; no
    /// program is meant to be slow at that, so another cell is tried.
    static func open(
        _ zygote: Zygote,
        _ program: String,
        on loop: any EventLoop = MultiThreadedEventLoopGroup.singleton.next()
    ) async throws -> Stand {
        for _ in 1..<5 {
            do {
                return try await loaded(zygote, program, on: loop)
            } catch CellFailure.tooSlow {
                continue
            }
        }
        return try await loaded(zygote, program, on: loop)
    }

    private static func loaded(_ zygote: Zygote, _ program: String, on loop: any EventLoop) async throws -> Stand {
        try await loop.flatSubmit {
            let promise = loop.makePromise(of: Stand.self)
            let tenant = TenantCell(zygote, on: loop)
            let widget = tenant.makeWidget(assetsAt: "/")
            let stand = Stand(loop: loop, tenant: NIOLoopBound(tenant, eventLoop: loop), widget: widget)
            tenant.ready { result in
                switch result {
                case .failure(let failure): promise.fail(failure)
                case .success(let cell):
                    cell.load(widget, load(program)) { answer in
                        switch answer {
                        case .success(.work): promise.succeed(stand)
                        case .success(.fault(let fault, _)):
                            promise.fail(CellFailure.notStarted("\(fault) in \(program)"))
                        case .failure(let failure): promise.fail(failure)
                        }
                    }
                }
            }
            return promise.futureResult
        }.get()
    }

    /// A line of chat, and what came of it; the host may do something else for so long before it listens.
    func say(_ text: String, andAwayFor absence: TimeAmount = .zero) async throws -> Outcome {
        try await loop.flatSubmit {
            let promise = loop.makePromise(of: Outcome.self)
            guard let cell = tenant.value.current else {
                promise.succeed(Outcome(reason: ""))
                return promise.futureResult
            }
            let event: JSONValue = [
                "id": "1", "seq": 1, "type": "chat:message", "platform": "twitch",
                "receivedAt": "2026-11-21T18:00:00.000Z", "receivedAtMs": 1_795_284_000_000, "test": false,
                "payload": ["text": .string(text)], "seed": "1",
            ]
            cell.handle(widget, [event], until: nil) { answer in
                switch answer {
                case .success(.work(let work)):
                    let fault = work.failures.first?.fault ?? work.viewFault
                    promise.succeed(
                        Outcome(ran: fault == nil, reason: fault?.description ?? "", state: work.state.text)
                    )
                case .success(.fault(let fault, _)): promise.succeed(Outcome(reason: fault.description))
                case .failure(let failure):
                    var outcome = Outcome(reason: failure.description)
                    if case .tooSlow = failure { outcome.isLate = true }
                    promise.succeed(outcome)
                }
            }
            usleep(useconds_t(absence.nanoseconds / 1000))
            return promise.futureResult
        }.get()
    }

    func close() {
        loop.execute { tenant.value.close() }
    }

    private static func load(_ program: String) -> JSONValue {
        [
            "id": "attack", "version": "1.0.0", "files": ["main.lua": .string(program)],
            "permissions": ["timers", "storage", "sound"], "events": ["chat:message"], "config": [:], "state": .null,
            "timers": [], "storage": [:], "locale": [:], "now": 1_795_284_000_000,
        ]
    }
}
