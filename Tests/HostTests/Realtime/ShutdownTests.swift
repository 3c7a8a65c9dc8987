import Foundation
import Testing
import WidgetAPI

@testable import FakePlatforms

/// How a host stops, and what it says when it cannot start.
@Suite(.serialized, .withProcesses) struct ShutdownTests {
    @Test func `a host that is asked to stop says goodbye to every page and closes the overlay in the log`() throws {
        let server = try ServerProcess.withAlice()
        let pages = try ["overlay", "chat", "goals"].map { view in
            let page = try WebSocketClient(port: server.port)
            _ = try #require(try page.subscribe("alice", view: view))
            return page
        }
        let stranger = try WebSocketClient(port: server.port)

        let ending = try server.beginToStop()

        for page in pages + [stranger] {
            let farewell = try page.farewell()
            #expect(farewell.code == 4000)
            #expect(farewell.isOver)
        }
        #expect(ending.status(withinSeconds: 30) == 0)
        #expect(try Self.presence(server).last == "0")
        #expect(server.complaints.isEmpty)
    }

    @Test func `pages that do not answer keep a host from stopping for seconds only`() throws {
        let server = try ServerProcess.withAlice()
        let page = try WebSocketClient(port: server.port)
        _ = try #require(try page.subscribe("alice"))
        let silent = try Socket(port: server.port)
        let idle = try Socket(port: server.port)
        _ = try HTTPExchange.perform("GET", "/health", on: idle)

        let ending = try server.beginToStop()

        #expect(ending.status(withinSeconds: 30) == 0)
        #expect(server.logLines(with: "cut off at the end").isEmpty, "it did not wait for them to the last")
        #expect(try page.farewell(answering: false).code == 4000)
        #expect(try silent.reachesEnd(withinMilliseconds: 10_000))
        #expect(try idle.reachesEnd(withinMilliseconds: 10_000))

        try server.start()
        let again = try WebSocketClient(port: server.port)
        _ = try #require(try again.subscribe("alice"))
        let isOpen = try Deadline.wait(seconds: 30) { try Self.presence(server).last == "1" }
        #expect(isOpen)
        #expect(try Self.presence(server) == ["1", "0", "1"])
    }

    @Test func `a host that is asked to stop while nobody is there stops at once`() throws {
        var status: Int32?

        // A busy machine may hold one of them up; a host that waits for nobody's sake does so every time.
        for _ in 1...4 where status == nil {
            let server = try ServerProcess.withAlice()
            status = try server.beginToStop().status(withinSeconds: 3)
            #expect(server.complaints.isEmpty)
        }

        #expect(status == 0)
    }

    @Test func `deliveries in flight are answered or repeated, never lost, when a host is asked to stop`() throws {
        let server = try ServerProcess.withAlice()
        let load = DeliveryLoad(port: server.port, perSecond: 200, connections: 4, patience: 0.05)
        try #require(Deadline.wait(seconds: 60) { load.answered.count >= 50 })

        let ending = try server.beginToStop()
        #expect(ending.status(withinSeconds: 30) == 0)
        try server.start()

        let goal = load.answered.count + 50
        try #require(Deadline.wait(seconds: 60) { load.answered.count >= goal })
        #expect(load.finish(withinSeconds: 90).isEmpty)
        let logged = try EventTable(of: server).ids(ofTypes: "chat:message", "event:follow")
        #expect(logged.count == Set(logged).count)
        #expect(Set(logged) == Set(load.answered))
        #expect(try EventTable(of: server).hasNoGap())
    }

    // MARK: What cannot start

    @Test func `a second host on the same folder does not start`() throws {
        let server = try ServerProcess.withAlice()

        let second = try server.command("serve", "--port", "0")

        #expect(second.status == 69)
        #expect(second.output.isEmpty)
        #expect(second.errors.split(separator: "\n").count == 1)
        #expect(second.errors.contains("data_dir: \"\(server.dataDirectory)\" seen"))
        #expect(try SignedDelivery.follow(by: "Aurora").post(port: server.port) == 204)
    }

    @Test func `a host does not start on a port that is in use`() throws {
        let server = try ServerProcess.withAlice()
        let other = try ServerProcess()

        let second = try other.command("serve", "--port", "\(server.port)")

        #expect(second.status == 69)
        #expect(second.output.isEmpty)
        #expect(second.errors.split(separator: "\n").count == 1, "\(second.errors)")
        #expect(second.errors.contains("127.0.0.1 and port \(server.port) seen"))
        #expect(try SignedDelivery.follow(by: "Aurora").post(port: server.port) == 204)
    }

    private static func presence(_ server: ServerProcess) throws -> [String] {
        try EventTable(of: server).rows(
            "SELECT payload ->> 'open' FROM events WHERE type = 'overlay:presence' ORDER BY seq"
        )
    }
}
