import Foundation
import Testing
import WidgetAPI

@testable import Host

/// What becomes of all that is kept of a streamer.
@Suite(.withProcesses) struct AccountTests {
    private static let tipSecret = "whsec_of-bob-and-nobody-else"

    /// A host with Bob, who has something in every table that can be had without a platform.
    private static func bob() throws -> DemoStreamer {
        let bob = try DemoStreamer(besides: DemoStreamer())
        let layout = try #require(try bob.layout()["id"]?.stringValue)
        #expect(
            try bob.put("/api/layouts/\(layout)/draft", ["widgets": [["type": "goals"]], "version": 1]).status == 200
        )
        #expect(try bob.post("/api/layouts/\(layout)/key").status == 201)
        #expect(try bob.upload(FileSamples.png).status == 201)
        let source = try bob.post("/api/tip-sources", ["service": "stripe", "secret": .string(Self.tipSecret)])
        #expect(source.status == 201)
        #expect(try bob.put("/api/settings", ["displayName": "Bob the Builder", "locale": "de"]).status == 200)
        #expect(try bob.send("chat:message", ["text": "remember me"]).status == 201)
        return bob
    }

    /// Every table that holds something of a streamer.
    private static func tables(_ table: EventTable) throws -> [String] {
        try table.rows("SELECT name FROM sqlite_master WHERE type = 'table'").filter { name in
            try table.rows("SELECT name FROM pragma_table_info('\(name)')").contains("streamer_id")
        }
    }

    @Test func `after the deletion of an account nothing of it is left, and nothing of anybody else is gone`() throws {
        let bob = try Self.bob()
        let table = EventTable(of: bob.server)
        let id = try #require(try table.rows("SELECT streamer_id FROM channels WHERE channel = 'bob'").first)
        let file = try #require(try bob.get("/api/files").items.first?["url"]?.stringValue)
        let tips = try #require(try bob.get("/api/tip-sources").items.first?["address"]?.stringValue)
        let page = try bob.page(of: "bob", view: "chat", key: bob.key())
        _ = try #require(try page.snapshot())
        let tables = try Self.tables(table)
        let others = try tables.map { try table.rows("SELECT count(*) FROM \($0) WHERE streamer_id <> '\(id)'") }

        let answer = try bob.delete("/api/account")

        #expect(answer.status == 204)
        for (name, before) in zip(tables, others) {
            #expect(try table.rows("SELECT count(*) FROM \(name) WHERE streamer_id = '\(id)'") == ["0"], "\(name)")
            #expect(try table.rows("SELECT count(*) FROM \(name) WHERE streamer_id <> '\(id)'") == before, "\(name)")
        }
        #expect(try table.rows("SELECT count(*) FROM streamers WHERE id = '\(id)'") == ["0"])
        #expect(try HTTPExchange.perform("GET", file, port: bob.server.port).status == 404)
        let tip = TipSamples.stripe(secret: Self.tipSecret)
        #expect(try tip.post(to: tips, port: bob.server.port).status == 404)
        #expect(try FileManager.default.contentsOfDirectory(atPath: bob.server.dataDirectory + "/files").isEmpty)
        #expect(try bob.get("/api/session").status == 401)
        #expect(try page.closeCode() == 4501)
        #expect(try HTTPExchange.perform("GET", "/twitch/bob/overlay", port: bob.server.port).status == 404)
    }

    @Test func `a deletion that was cut is finished by the next start`() throws {
        let bob = try Self.bob()
        let table = EventTable(of: bob.server)
        let id = try #require(try table.rows("SELECT streamer_id FROM channels WHERE channel = 'bob'").first)
        let tables = try Self.tables(table)
        bob.server.kill()
        try table.change("DELETE FROM channels WHERE channel = 'bob'")
        try table.change("UPDATE streamers SET ending = 1 WHERE id = '\(id)'")

        try bob.server.start()

        for name in tables {
            #expect(try table.rows("SELECT count(*) FROM \(name) WHERE streamer_id = '\(id)'") == ["0"], "\(name)")
        }
        #expect(try table.rows("SELECT count(*) FROM streamers") == ["1"])
        #expect(bob.server.logLines(with: "the deletion of an account was finished").count == 1)
    }

    @Test func `the demo's account stays`() throws {
        let streamer = try DemoStreamer()

        let answer = try streamer.delete("/api/account")

        #expect(answer.status == 409 && answer.code == "CONFLICT")
        #expect(try streamer.get("/api/session").status == 200)
    }

    @Test func `an export holds every row of the streamer, none of another, and no secret`() throws {
        let bob = try Self.bob()
        let key = try bob.key()
        let tips = try #require(try bob.get("/api/tip-sources").items.first?["address"]?.stringValue)

        let (head, body) = try bob.download("/api/account/export")

        let export = try JSONValue(parsing: body)
        #expect(head.contains("attachment; filename=\"streamvibes-export.json\""))
        #expect(export["streamer"]?.arrayValue?.first?["displayName"] == "Bob the Builder")
        #expect(export["settings"]?.arrayValue?.first?["locale"] == "de")
        #expect(export["draftWidgets"]?.arrayValue?.count == 1)
        #expect(export["overlayKeys"]?.arrayValue?.count == 1)
        let content = try #require(export["files"]?.arrayValue?.first?["content"]?.stringValue)
        #expect(Data(base64Encoded: content).map { Array($0) } == FileSamples.png)
        let texts = export["events"]?.arrayValue?.compactMap { $0["payload"]?["text"]?.stringValue }
        #expect(texts == ["remember me"])
        let actions = export["audit"]?.arrayValue?.compactMap { $0["action"]?.stringValue } ?? []
        #expect(actions.contains("PUT /api/settings") && actions.contains("POST /api/layouts/{layoutId}/key"))
        #expect(!body.contains(key))
        #expect(export["tipSources"]?.arrayValue?.first?["service"] == "stripe")
        #expect(!body.contains(tips.split(separator: "/").last ?? "") && !body.contains(Self.tipSecret))
        #expect(!body.contains(SessionToken(text: String(bob.cookie.split(separator: "=").last ?? "")).hash))
        let demo = try #require(
            try EventTable(of: bob.server).rows("SELECT streamer_id FROM channels WHERE channel = 'demo'").first
        )
        #expect(!body.contains(demo))
    }

    @Test func `an export forgets no table`() throws {
        let bob = try DemoStreamer(besides: DemoStreamer())
        let told = ExportedTable.all.map(\.table) + ExportedTable.toldElsewhere

        let tables = try Self.tables(EventTable(of: bob.server))

        #expect(Set(told) == Set(tables + ["streamers"]))
    }

    @Test func `a streamer's newest thousand entries are kept`() async throws {
        let place = try await LogPlace()
        let alice = try await place.streamer("alice", "1")
        let audit = AuditLog(database: place.database, now: place.now)

        for number in 1...1002 {
            try await audit.note("PUT /api/settings", of: "\(number)", from: "192.0.2.1", in: alice)
        }

        let kept = try await place.database.read(in: alice) { sql in
            try sql.rows(
                "SELECT object_id FROM audit_entries WHERE streamer_id = $1 ORDER BY id",
                [
                    .text(alice.tenant.text)
                ]
            ).map { $0.text(0) }
        }
        #expect(kept.count == 1000)
        #expect(kept.first == "3" && kept.last == "1002")
    }
}
