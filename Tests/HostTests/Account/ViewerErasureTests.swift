import Testing
import WidgetAPI

@testable import Host

/// A viewer is forgotten while the overlay is open.
@Suite(.withProcesses) struct ViewerErasureTests {
    private static let mira: JSONValue = ["id": "4711", "login": "mira_m", "displayName": "Mira_M"]
    private static let noah: JSONValue = ["id": "4712", "login": "noah", "displayName": "Noah_N"]

    @Test func `name and words leave the screen, the log, the memory of widgets and every later picture`() throws {
        let streamer = try DemoStreamer()
        let table = EventTable(of: streamer.server)
        let page = try streamer.page(view: "overlay")
        _ = try #require(try page.snapshot())
        try streamer.send("chat:message", ["user": Self.mira, "text": "where I live"])
        try streamer.send("chat:message", ["user": Self.noah, "text": "good morning"])
        try streamer.send("event:tip", ["user": Self.mira, "message": "secret words"])
        while let patch = try page.message("overlay:patch"), !patch.text.contains("good morning") {}

        let answer = try streamer.post("/api/viewers/erase", ["platform": "twitch", "userId": "4711"])

        #expect(answer.status == 200)
        #expect(answer.data["eventsChanged"] == 2)
        #expect(try page.closeCode() == 4010)
        let again = try streamer.page(view: "overlay")
        let picture = try #require(try again.snapshot()).text
        #expect(picture.contains("good morning"))
        for word in ["Mira_M", "mira_m", "where I live", "secret words"] {
            #expect(!picture.contains(word), "\(word)")
            #expect(try table.rows("SELECT seq FROM events WHERE payload LIKE '%\(word)%'").isEmpty, "\(word)")
            #expect(try table.rows("SELECT widget_id FROM checkpoints WHERE state LIKE '%\(word)%'").isEmpty, "\(word)")
        }
        #expect(try table.rows("SELECT count(*) FROM events WHERE type = 'event:tip'") == ["1"])
        let nothing = try streamer.post("/api/viewers/erase", ["platform": "twitch", "userId": "4711"])
        #expect(nothing.data["eventsChanged"] == 0)
    }

    @Test func `the viewer of another streamer is not touched`() throws {
        let streamer = try DemoStreamer()
        let bob = try DemoStreamer(besides: streamer)
        try bob.send("chat:message", ["user": Self.mira, "text": "hello Bob"])

        let answer = try streamer.post("/api/viewers/erase", ["platform": "twitch", "userId": "4711"])

        #expect(answer.status == 200)
        let texts = try bob.get("/api/events?types=chat:message").items.compactMap {
            $0["payload"]?["text"]?.stringValue
        }
        #expect(texts == ["hello Bob"])
    }

    @Test func `what is not a viewer is refused by name`() throws {
        let streamer = try DemoStreamer()

        for (body, field) in [
            (["platform": "myspace", "userId": "1"], "platform"), (["platform": "twitch"], "userId"),
            (["platform": "twitch", "userId": ""], "userId"), (["platform": "twitch", "userId": "1", "x": 1], "x"),
        ] as [(JSONValue, String)] {
            let answer = try streamer.post("/api/viewers/erase", body)
            #expect(answer.status == 400 && answer.message.contains(field), "\(answer.message)")
        }
    }

    @Test func `a checkpoint from before an erasure is refused`() async throws {
        let place = try await LogPlace()
        let alice = try await place.streamer("alice", "1")
        let store = CheckpointStore(database: place.database)
        let checkpoint = WidgetCheckpoint(
            widgetId: PlacedWidget.ID("w"),
            seq: 1,
            clock: Timestamp(milliseconds: 1),
            content: ["name": "Mira_M"]
        )
        try await store.save([checkpoint], before: 0, in: alice)

        try await place.database.transaction(in: alice) { sql in
            try CheckpointStore.rewrite(of: alice.tenant, sql: sql) { _ in ["name": "Erased"] }
        }

        await #expect(throws: CheckpointError.fenced) { try await store.save([checkpoint], before: 0, in: alice) }
        let kept = try await store.checkpoints(in: alice).values.map(\.content)
        #expect(kept == [["name": "Erased"]])
    }
}
