import Foundation
import Testing
import WidgetAPI

@testable import FakePlatforms
@testable import Host

/// What is left after the host was killed in the middle of its work.
@Suite(.serialized, .withProcesses) struct CrashTests {
    private static let isSoak = ProcessInfo.processInfo.environment["STREAMVIBES_SOAK"] == "1"

    @Test func `what was answered is in the log once, however often the host is killed`() throws {
        let server = try ServerProcess.withAlice()
        var page: WebSocketClient?
        var random = SplitMix64(seed: 20_261_121)
        let load = DeliveryLoad(port: server.port, perSecond: 200, connections: 8, patience: Self.isSoak ? 1 : 0.05)

        for kill in 1...(Self.isSoak ? 20 : 3) {
            let goal = load.answered.count + Int(random.next() % 300) + 20
            try #require(Deadline.wait(seconds: 60) { load.answered.count >= goal }, "too little before kill \(kill)")
            server.kill()
            try server.start()
            // An overlay is open at every kill but the first, so that the host finds an open one in its log.
            page = try WebSocketClient(port: server.port)
            _ = try #require(try page?.subscribe("alice"))
        }
        let last = load.answered.count + 50
        try #require(Deadline.wait(seconds: 60) { load.answered.count >= last })
        let unanswered = load.finish(withinSeconds: 60)

        let (answered, table) = (load.answered, EventTable(of: server))
        let logged = try table.ids(ofTypes: "chat:message", "event:follow")
        #expect(unanswered.isEmpty)
        #expect(load.repetitions > 0, "no kill hit a delivery")
        #expect(Set(logged).count == logged.count, "an event stands in the log twice")
        #expect(Set(answered).subtracting(logged).isEmpty, "answered, and not in the log")
        #expect(Set(logged).subtracting(answered).isEmpty, "in the log, and never answered")
        #expect(answered.count == Set(answered).count)
        #expect(try table.hasNoGap())
        let follows = try table.count(ofType: "event:follow")
        #expect(follows > 0)
        #expect(try Picture.take(port: server.port, view: "goals").goal == follows)
    }

    @Test func `an overlay that was open sees the truth again after a crash`() throws {
        let server = try ServerProcess.withAlice()
        let page = try WebSocketClient(port: server.port)
        let first = try #require(try page.subscribe("alice"))
        #expect(try SignedDelivery.follow(by: "Aurora").post(port: server.port) == 204)
        _ = try page.message("overlay:patch")

        server.kill()
        try server.start()

        let again = try WebSocketClient(port: server.port)
        let known: JSONObject = ["epoch": first["epoch"] ?? .null, "after": first["seq"] ?? .null, "revs": ["x": 1]]
        let second = try #require(try again.subscribe("alice", known: known))
        #expect(second["resumed"]?.boolValue == false, "another process has other pictures")
        #expect(second["epoch"] != first["epoch"])
        #expect(Picture(snapshot: second).goal == 1)
        // The alert that was on screen when everything ended, and the presence that nobody could take back.
        let presence = try EventTable(of: server).rows(
            "SELECT payload ->> 'open' FROM events WHERE type = 'overlay:presence' ORDER BY seq LIMIT 2"
        )
        #expect(presence == ["1", "0"])
    }

    @Test func `alerts that waited when the host was killed are still shown`() throws {
        let server = try ServerProcess()
        try server.command("channel", "add", "twitch", "alice", "--user-id", "1234")
        try Self.shortenAlerts(server)
        try server.start()
        let page = try WebSocketClient(port: server.port)
        _ = try #require(try page.subscribe("alice", view: "events"))
        for name in ["Aurora", "Borealis", "Corona"] {
            #expect(try SignedDelivery.follow(by: name).post(port: server.port) == 204)
        }
        #expect(try page.message("overlay:patch")?.text.contains("Aurora") == true)

        server.kill()
        try server.start()

        let again = try WebSocketClient(port: server.port)
        var seen = try #require(try again.subscribe("alice", view: "events")).text
        let deadline = Deadline(seconds: 60)
        while !seen.contains("Corona"), !deadline.isOver {
            seen += try again.message("overlay:patch", withinMilliseconds: deadline.millisecondsLeft)?.text ?? ""
        }
        #expect(seen.contains("Borealis"))
        #expect(seen.contains("Corona"))
    }

    // MARK: Same log, same picture

    /// How a host ends.
    enum Ending: CaseIterable {
        case asked, killed
    }

    @Test(arguments: Ending.allCases)
    func `after a restart every widget looks as it did before, to the byte`(_ ending: Ending) throws {
        let server = try Self.busyServer()
        let before = try Self.quietPicture(server)

        switch ending {
        case .asked: #expect(server.terminate() == 0)
        case .killed: server.kill()
        }
        try server.start()

        let after = try Self.quietPicture(server)
        #expect(before.views.count == 4)
        #expect(before.views["chat"]?.contains("line 29") == true)
        #expect(before.views["tips"]?.contains("300") == true)
        #expect(before.goal == 1)
        #expect(after.views == before.views)
        #expect(after.seq > before.seq, "opening and closing the overlay are events too")
    }

    @Test func `a replay of the whole log ends in the picture that the checkpoints give`() throws {
        let server = try Self.busyServer()
        let before = try Self.quietPicture(server)
        let table = EventTable(of: server)
        let hasCheckpoint = try Deadline.wait(seconds: 60) {
            try table.number("SELECT count(*) FROM checkpoints WHERE seq >= \(before.seq)") == 4
        }
        try #require(hasCheckpoint)
        server.kill()
        let copy = server.dataDirectory + "-copy"
        try FileManager.default.copyItem(atPath: server.dataDirectory, toPath: copy)
        defer { try? FileManager.default.removeItem(atPath: copy) }
        let replaying = try ServerProcess(dataDirectory: copy)
        try EventTable(of: replaying).change("DELETE FROM checkpoints")

        try server.start()
        try replaying.start()

        let fromCheckpoints = try Self.quietPicture(server)
        let fromTheLog = try Self.quietPicture(replaying)
        #expect(fromCheckpoints.views == before.views)
        #expect(fromTheLog.views == before.views)
    }

    // MARK: Helpers

    /// Alerts of 3 seconds, the shortest there are.
    private static func shortenAlerts(_ server: ServerProcess) throws {
        try EventTable(of: server).configure("events", #"{"displayDuration":3,"showTips":false}"#)
    }

    /// A server with something in every widget.
    private static func busyServer() throws -> ServerProcess {
        let server = try ServerProcess()
        try server.command("channel", "add", "twitch", "alice", "--user-id", "1234")
        try shortenAlerts(server)
        try server.showFastChat()
        try server.start()
        var deliveries = (0..<30).map { SignedDelivery.chat("line \($0) 👩‍👩‍👧‍👦 <b>&amp;", by: "viewer\($0 % 7)") }
        // One tip stands still; two would take turns for ever.
        deliveries += [.follow(by: "Aurora"), .cheer(300, by: "Borealis")]
        for delivery in deliveries {
            #expect(try delivery.post(port: server.port) == 204)
        }
        return server
    }

    /// What the overlay shows once the last alert has gone; a page stays open, or alerts would wait for one.
    private static func quietPicture(_ server: ServerProcess) throws -> Picture {
        let page = try WebSocketClient(port: server.port)
        _ = try #require(try page.subscribe("alice"))
        var picture = try Picture.take(port: server.port)
        let isQuiet = try Deadline.wait(seconds: 30) {
            picture = try Picture.take(port: server.port)
            return picture.views["events"] == "[]"
        }
        try #require(isQuiet, "an alert never ended")
        return picture
    }
}
