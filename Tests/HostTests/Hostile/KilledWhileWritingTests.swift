import Foundation
import Testing
import WidgetAPI

@testable import Host

/// The host is killed in the middle of what must be whole.
@Suite(.serialized, .withProcesses) struct KilledWhileWritingTests {
    private static let events = 20_000

    /// What a streamer's tables hold, and how many files lie in the folder.
    private struct Holdings: Equatable {
        let rows: [String]
        let files: Int

        init(of id: String, in server: ServerProcess) throws {
            let table = EventTable(of: server)
            let tables = try table.rows("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
            var rows: [String] = []
            // What was done is noted by the way; the rest is compared to the row.
            for name in tables where name != "audit_entries" {
                let columns = try table.rows("SELECT name FROM pragma_table_info('\(name)')")
                guard columns.contains("streamer_id") else { continue }
                rows += try table.rows("SELECT '\(name)', count(*) FROM \(name) WHERE streamer_id = '\(id)'")
            }
            self.rows = rows + (try table.rows("SELECT 'streamers', count(*) FROM streamers WHERE id = '\(id)'"))
            files = try FileManager.default.contentsOfDirectory(atPath: server.dataDirectory + "/files").count
        }

        var isNothing: Bool { files == 0 && rows.allSatisfy { $0.hasSuffix("|0") } }
    }

    @Test func `an account whose deletion was cut short is there as a whole or gone as a whole`() throws {
        let bob = try DemoStreamer(besides: DemoStreamer())
        let id = try #require(try bob.get("/api/session").data["streamerId"]?.stringValue)
        for _ in 0..<5 { #expect(try bob.upload(FileSamples.png).status == 201) }
        #expect(try bob.put("/api/settings", ["displayName": "Bob"]).status == 200)
        bob.server.kill()
        let table = EventTable(of: bob.server)
        try table.change(
            """
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < \(Self.events))
            INSERT INTO events (streamer_id, seq, source_id, type, platform, occurred_at, received_at, test, payload)
            SELECT '\(id)', 1000 + i, 'many-' || i, 'event:many', 'twitch', 9e12, 9e12, 0, '{"text":"many"}' FROM n
            """
        )
        try table.change("UPDATE streamers SET last_seq = \(1000 + Self.events) WHERE id = '\(id)'")
        let before = try Holdings(of: id, in: bob.server)
        #expect(before.files == 5 && before.rows.contains("files|5"))

        let whole = try deletion(of: bob, killedAfter: nil)
        #expect(try Holdings(of: id, in: whole.server).isNothing)
        var finished = 0
        // The latest kill that came too early, and the earliest that came too late.
        var (early, late) = (0, whole.milliseconds)
        for step in 1...16 where step <= 4 || finished == 0 {
            // A busy machine may put all four beside the moment; then it is looked for between those two.
            let limit = step <= 4 ? whole.milliseconds * step / 5 : (early + late) / 2
            let server = try deletion(of: bob, killedAfter: limit).server
            let after = try Holdings(of: id, in: server)
            finished += server.logLines(with: "the deletion of an account was finished").count
            if after.isNothing {
                late = limit
                if early >= late * 9 / 10 { early = late / 2 }
            } else {
                early = limit
                if late <= early * 11 / 10 { late = early * 2 }
            }
            #expect(after == before || after.isNothing, "killed after \(limit) ms: \(after.rows) \(after.files)")
            let audit = try EventTable(of: server).rows(
                "SELECT count(*) FROM audit_entries WHERE streamer_id = '\(id)'"
            )
            #expect(!after.isNothing || audit == ["0"])
            let session = try HTTPExchange.perform(
                "GET",
                "/api/session",
                headers: [("Cookie", bob.cookie)],
                port: server.port
            )
            #expect(session.status == (after.isNothing ? 401 : 200))
        }
        #expect(finished > 0, "no kill came before the end")
    }

    /// Deletes the account on a copy of the data, and starts that host again.
    ///
    /// Says how long the deletion took, or was let run.
    private func deletion(of bob: DemoStreamer, killedAfter limit: Int?) throws -> (
        server: ServerProcess, milliseconds: Int
    ) {
        let server = try ServerProcess(arguments: ["--demo", "--demo-rate", "0"])
        try FileManager.default.removeItem(atPath: server.dataDirectory)
        try FileManager.default.copyItem(atPath: bob.server.dataDirectory, toPath: server.dataDirectory)
        try server.start()
        let socket = try Socket(port: server.port)
        let headers = [("Cookie", bob.cookie), ("X-CSRF-Token", bob.csrfToken)]
        let started = ContinuousClock.now
        try socket.send(HTTPExchange.request("DELETE", "/api/account", headers: headers))
        if let limit {
            Deadline.pause(milliseconds: UInt32(limit))
        } else {
            #expect(try HTTPExchange.read(from: socket, withinMilliseconds: 30_000).status == 204)
        }
        let milliseconds = Int((ContinuousClock.now - started) / .milliseconds(1))
        server.kill()
        try server.start()
        return (server, milliseconds)
    }

    @Test func `a layout whose saving was cut short is of one version, with its widgets`() throws {
        let bob = try DemoStreamer(besides: DemoStreamer())
        let path = "/api/layouts/\(try #require(try bob.layout()["id"]?.stringValue))"
        let headers = [("Cookie", bob.cookie), ("X-CSRF-Token", bob.csrfToken)]
        func request(seeing version: Int64) -> [UInt8] {
            let name = JSONValue.string("Version \(version + 1)")
            let widget: JSONValue = ["type": "goals", "config": ["label": name]]
            let widgets = Array(repeating: widget, count: Int((version + 1) % 10) + 1)
            let body: JSONValue = ["version": .integer(version), "name": name, "widgets": .array(widgets)]
            return HTTPExchange.request("PUT", path, headers: headers, body: Array(body.text.utf8))
        }
        var version: Int64 = 1

        for pause in [0, 2, 5, 9, 14, 20] as [UInt32] {
            let socket = try Socket(port: bob.server.port)
            for _ in 0..<2 {
                try socket.send(request(seeing: version))
                #expect(try HTTPExchange.read(from: socket, withinMilliseconds: 30_000).status == 200)
                version += 1
            }
            // One after the other over one connection, without waiting for answers.
            for next in 0..<4 as Range<Int64> { try socket.send(request(seeing: version + next)) }
            Deadline.pause(milliseconds: pause)
            bob.server.kill()
            try bob.server.start()

            let layout = try bob.layout()
            let found = try #require(layout["version"]?.integerValue)
            #expect((version...version + 4).contains(found), "what was answered is there")
            #expect(layout["name"] == .string("Version \(found)"))
            let labels = layout["widgets"]?.arrayValue?.map { $0["config"]?["label"] ?? .null } ?? []
            #expect(labels == Array(repeating: .string("Version \(found)"), count: Int(found % 10) + 1), "\(found)")
            version = found
        }
        #expect(version > 12)
    }
}
