import Testing
import WidgetAPI

@testable import Host

/// Who may touch what a streamer owns.
@Suite(.withProcesses) struct LibraryAccessTests {
    /// Every address of the API; `ID` stands for an object's.
    private static let routes: [(method: String, path: String)] =
        APIOperation.all.map { operation in
            // Platforms and places of one's own log are nobody's ids.
            let path = operation.path.replacing("{platform}", with: "kick").replacing("{seq}", with: "1")
            return (operation.method.rawValue.uppercased(), path.replacing(/\{[A-Za-z]*Id\}/, with: "ID"))
        } + [("GET", "/api/widgets?layoutId=ID"), ("POST", "/api/widgets?layoutId=ID")]

    private let tipSource: JSONValue = ["service": "kofi", "secret": "a-token-of-kofi"]

    @Test func `every id of another streamer is refused at every address, and nothing of theirs changes`() throws {
        let streamer = try DemoStreamer()
        let bob = try DemoStreamer(besides: streamer)
        let layout = try #require(try bob.layout()["id"]?.stringValue)
        #expect(
            try bob.put("/api/layouts/\(layout)/draft", ["widgets": [["type": "goals"]], "version": 1]).status == 200
        )
        let file = try #require(try bob.upload(FileSamples.png).data["id"]?.stringValue)
        let draft = try bob.get("/api/layouts/\(layout)/draft").data["widgets"]?.arrayValue?.first?["id"]?.stringValue
        let theirs = [
            layout, file, try #require(draft), try bob.widget("chat"),
            try #require(try bob.get("/api/themes").items.first?["id"]?.stringValue),
            try #require(try bob.get("/api/sessions").items.first?["id"]?.stringValue),
            try #require(try bob.post("/api/tip-sources", tipSource).data["id"]?.stringValue),
        ]
        let before = try all(streamer)

        for (method, path) in Self.routes where path.contains("ID") {
            for id in theirs {
                let body: JSONValue? = method == "GET" || method == "DELETE" ? nil : ["name": "mine", "version": 1]
                let answer = try streamer.ask(method, path.replacing("ID", with: id), body)
                #expect(answer.status == 403 && answer.code == "FORBIDDEN", "\(method) \(path)")
            }
            let unknown = try streamer.ask(method, path.replacing("ID", with: "nobody"))
            #expect(unknown.status == 404 && unknown.code == "NOT_FOUND", "\(method) \(path)")
        }

        #expect(try all(streamer) == before)
    }

    @Test func `no list and no other answer names anything of another streamer`() throws {
        let streamer = try DemoStreamer()
        let bob = try DemoStreamer(besides: streamer)
        for owner in [streamer, bob] {
            let layout = try #require(try owner.layout()["id"]?.stringValue)
            let draft = try owner.put("/api/layouts/\(layout)/draft", ["widgets": [["type": "goals"]], "version": 1])
            #expect(draft.status == 200)
            #expect(try owner.post("/api/layouts/\(layout)/key").status == 201)
            #expect(try owner.upload(FileSamples.png).status == 201)
            #expect(try owner.post("/api/tip-sources", tipSource).status == 201)
            #expect(try owner.send("event:follow").status == 201)
        }
        let pages = try [bob.page(of: "bob", key: try bob.key()), streamer.page(key: try streamer.key())]
        for page in pages { #expect(try page.snapshot() != nil) }
        let table = EventTable(of: streamer.server)
        func ids(_ channel: String) throws -> [String] {
            let owner = "(SELECT streamer_id FROM channels WHERE channel = '\(channel)')"
            return try [
                "layouts", "widgets", "draft_widgets", "themes", "files", "sessions", "tip_sources",
            ].flatMap { name in
                try table.rows("SELECT id FROM \(name) WHERE streamer_id = \(owner)")
            } + table.rows("SELECT source_id FROM events WHERE streamer_id = \(owner)")
                + table.rows("SELECT id FROM streamers WHERE id = \(owner)")
        }
        let theirs = try ids("bob") + [try bob.key()]
        let own = try ids("demo")
        var named: Set<String> = []

        for operation in APIOperation.all where operation.method == .get {
            let ids = try [
                "{layoutId}": streamer.layout()["id"]?.stringValue ?? "", "{widgetId}": streamer.widget("chat"),
                "{themeId}": streamer.get("/api/themes").items.first?["id"]?.stringValue ?? "",
            ]
            let path = ids.reduce(operation.path) { $0.replacing($1.key, with: $1.value) }
            let answer = try streamer.exchange("GET", path)
            #expect(answer.status == 200, "\(path)")
            for id in theirs { #expect(!answer.body.contains(id), "\(path) names \(id)") }
            named.formUnion(own.filter { answer.body.contains($0) })
        }

        // What is looked for would be found: nearly everything of one's own is.
        #expect(named.count > own.count / 2, "\(named.count) of \(own.count)")
    }

    @Test func `an own id of another kind is not there, and not somebody else's`() throws {
        let streamer = try DemoStreamer()
        let layout = try #require(try streamer.layout()["id"]?.stringValue)
        let chat = try streamer.widget("chat")

        #expect(try streamer.get("/api/layouts/\(chat)").status == 404)
        #expect(try streamer.get("/api/themes/\(layout)").status == 404)
        #expect(try streamer.delete("/api/files/\(layout)").status == 404)
        #expect(try streamer.get("/api/widgets/\(layout)").status == 404)
    }

    @Test func `nothing is told without a session and nothing changed without its token`() throws {
        let streamer = try DemoStreamer()
        let layout = try #require(try streamer.layout()["id"]?.stringValue)
        let before = try all(streamer)

        for (method, path) in Self.routes {
            let path = path.replacing("ID", with: layout)
            let stranger = try HTTPExchange.perform(method, path, port: streamer.server.port)
            #expect(stranger.status == 401 && stranger.failureCode == "UNAUTHORIZED", "\(method) \(path)")
            guard method != "GET" else { continue }
            let forged = try streamer.ask(method, path, ["name": "forged"], csrf: false)
            #expect(forged.status == 403 && forged.code == "FORBIDDEN", "\(method) \(path)")
        }

        #expect(try all(streamer) == before)
    }

    /// Every row of everybody's, but for sessions and what the log says of pages.
    private func all(_ streamer: DemoStreamer) throws -> [String] {
        let table = EventTable(of: streamer.server)
        return try [
            "layouts", "widgets", "layout_drafts", "draft_widgets", "themes", "files", "overlay_keys",
            "streamer_settings", "streamers", "channels", "tip_sources",
        ].flatMap { try table.rows("SELECT * FROM \($0) ORDER BY 1") }
    }
}
