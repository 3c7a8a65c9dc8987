import Testing
import WidgetAPI

@Suite(.withProcesses) struct OpenPageTests {
    @Test func `a streamer sees their connected pages, what those say of themselves and which one sounds`() throws {
        let streamer = try DemoStreamer()
        #expect(try streamer.get("/api/overlays").items == [])
        let layout = try streamer.layout()["id"] ?? .null
        let views = ["chat", "overlay", "events"]
        let pages = try views.map { view in
            let page = try streamer.page(view: view)
            #expect(try page.snapshot() != nil)
            return page
        }

        try pages[1].send("system:ping", ["fps": 60, "painted": ["n": 5, "p50": 3.5, "p95": 12.5, "max": 40]])
        #expect(try pages[1].message("system:pong") != nil)

        let seen = try streamer.get("/api/overlays").items
        #expect(seen.map { $0["view"] } == ["chat", "overlay", "events"])
        #expect(seen.allSatisfy { $0["layoutId"] == layout && $0["connectedAt"]?.stringValue?.hasSuffix("Z") == true })
        #expect(Set(seen.compactMap { $0["id"]?.stringValue }).count == 3)
        #expect(seen.map { $0["fps"]?.numberValue } == [nil, 60, nil])
        #expect(seen.map { $0["p95"]?.numberValue } == [nil, 12.5, nil])
        #expect(seen.map { $0["ownsSound"] } == [false, true, false])
        #expect(seen.allSatisfy { $0["lastShownSeq"] == .null })
    }

    @Test func `a page that says nonsense of itself is believed nothing`() throws {
        let streamer = try DemoStreamer()
        let page = try streamer.page()
        #expect(try page.snapshot() != nil)

        for payload in [
            ["fps": "many", "painted": 5], ["fps": -1, "painted": ["p95": -0.1]], ["fps": 1001], [], nil,
            ["painted": ["p95": 1e300]],
        ] as [JSONValue] {
            try page.send("system:ping", payload)
            #expect(try page.message("system:pong") != nil)
        }
        try page.send("overlay:ack", ["seq": 999_999, "widgetId": "x", "state": "shown"])
        try page.send("system:ping", [:])
        #expect(try page.message("system:pong") != nil)

        let seen = try streamer.get("/api/overlays").items
        #expect(seen.count == 1)
        #expect(seen.first?["fps"] == .null && seen.first?["p95"] == .null && seen.first?["lastShownSeq"] == .null)
    }

    @Test func `what a page has shown last is told, and a page that has gone is not there`() throws {
        let streamer = try DemoStreamer()
        let page = try streamer.page()
        #expect(try page.snapshot() != nil)
        let event = try streamer.send("event:follow").data
        let seq = try #require(event["seq"]?.integerValue)

        for shown in [seq, 1] {
            try page.send("overlay:ack", ["seq": .integer(shown), "widgetId": "any", "state": "shown"])
        }
        let told = try Deadline.wait(seconds: 30) {
            try streamer.get("/api/overlays").items.first?["lastShownSeq"] == .integer(seq)
        }
        try page.send(.init(opcode: 8, payload: [0x03, 0xE8]))
        let gone = try Deadline.wait(seconds: 30) { try streamer.get("/api/overlays").items.isEmpty }

        #expect(told && gone)
    }

    @Test func `nobody sees another streamer's pages`() throws {
        let streamer = try DemoStreamer()
        let bob = try DemoStreamer(besides: streamer)
        let page = try streamer.page()
        #expect(try page.snapshot() != nil)

        #expect(try bob.get("/api/overlays").json == ["data": [], "meta": ["page": 1, "total": 0, "hasMore": false]])
        #expect(try streamer.get("/api/overlays").items.count == 1)
        #expect(try HTTPExchange.perform("GET", "/api/overlays", port: streamer.server.port).status == 401)
    }
}
