import Testing
import WidgetAPI

@testable import Host

@Suite(.withProcesses) struct OverlayKeyTests {
    @Test func `a layout is public until it has a key, and then opens for that key alone`() throws {
        let stage = try PrivateStage()
        let open = try stage.streamer.page()
        #expect(try open.snapshot() != nil)
        #expect(try stage.report() == ["key": nil, "previousEndsAt": nil])

        let key = try stage.rotate()

        #expect(key.utf8.count >= 43)
        #expect(try stage.report() == ["key": .string(key), "previousEndsAt": nil])
        #expect(try open.closeCode() == 4503, "who was there without a key is sent away")
        for wrong in [nil, "", "wrong", key + "x", String(key.dropLast())] {
            #expect(try stage.streamer.page(key: wrong).closeCode() == 4503, "\(wrong ?? "none")")
        }
        for view in ["overlay", "chat", "events", "goals", "tips"] {
            #expect(try stage.streamer.page(view: view).closeCode() == 4503)
            #expect(try stage.streamer.page(view: view, key: key).snapshot()?["layout"]?["id"] == .string(stage.id))
            #expect(try stage.streamer.page(view: view, layout: stage.id, key: key).snapshot() != nil)
        }
        #expect(try HTTPExchange.perform("GET", "/twitch/demo/overlay", port: stage.streamer.server.port).status == 200)
    }

    @Test func `a rotation keeps running pages, and the old address works as well for a while`() throws {
        let stage = try PrivateStage()
        let first = try stage.rotate()
        let obs = try stage.streamer.page(key: first)
        #expect(try obs.snapshot() != nil)

        let second = try stage.rotate()
        let third = try stage.rotate()

        let end = try #require(try stage.report()["previousEndsAt"]?.stringValue.flatMap { Timestamp(rfc3339: $0) })
        let hours = Double(end.milliseconds - Timestamp.now.milliseconds) / 3_600_000
        #expect((23.9...24).contains(hours), "\(hours)")
        #expect(Set([first, second, third]).count == 3)
        for key in [first, second, third] { #expect(try stage.streamer.page(key: key).snapshot() != nil) }
        try stage.streamer.send("chat:message", ["text": "still connected"])
        #expect(try obs.message("overlay:patch") { $0.text.contains("still connected") } != nil)
    }

    @Test func `replaced keys end when the streamer says so, with the pages that have them`() throws {
        let stage = try PrivateStage()
        let first = try stage.rotate()
        let leak = try stage.streamer.page(key: first)
        #expect(try leak.snapshot() != nil)
        let second = try stage.rotate()
        let obs = try stage.streamer.page(key: second)
        #expect(try obs.snapshot() != nil)

        let ended = try stage.streamer.delete("\(stage.path)?previous=true")

        #expect(ended.status == 204)
        #expect(try leak.closeCode() == 4503)
        #expect(try stage.streamer.page(key: first).closeCode() == 4503)
        #expect(try stage.report() == ["key": .string(second), "previousEndsAt": nil])
        try stage.streamer.send("chat:message", ["text": "the right one stays"])
        #expect(try obs.message("overlay:patch") { $0.text.contains("the right one stays") } != nil)
        #expect(try stage.streamer.delete("\(stage.path)?previous=maybe").status == 400)
    }

    @Test func `a layout becomes public again, and nothing of its keys is left`() throws {
        let stage = try PrivateStage()
        let key = try stage.rotate()
        let page = try stage.streamer.page(key: key)
        #expect(try page.snapshot() != nil)
        _ = try stage.rotate()

        #expect(try stage.streamer.delete(stage.path).status == 204)

        #expect(try stage.report() == ["key": nil, "previousEndsAt": nil])
        #expect(try stage.streamer.page().snapshot() != nil)
        #expect(try stage.streamer.page(key: "whatever").snapshot() != nil)
        try stage.streamer.send("chat:message", ["text": "everybody"])
        #expect(try page.message("overlay:patch") { $0.text.contains("everybody") } != nil)
        #expect(try EventTable(of: stage.streamer.server).number("SELECT count(*) FROM overlay_keys") == 0)
    }

    @Test func `a private layout that becomes the default one is shown to nobody without its key`() throws {
        let stage = try PrivateStage()
        let page = try stage.streamer.page()
        #expect(try page.snapshot() != nil)
        let secret = try #require(try stage.streamer.post("/api/layouts", ["name": "Secret"]).data["id"]?.stringValue)
        _ = try stage.streamer.post("/api/layouts/\(secret)/key")

        _ = try stage.streamer.put("/api/layouts/\(secret)/default", [:])

        #expect(try page.closeCode() == 4503)
        #expect(try stage.streamer.page(layout: stage.id).snapshot() != nil)
    }

    @Test func `a key stands nowhere that it can be read, and opens no other layout`() throws {
        let stage = try PrivateStage()
        let key = try stage.rotate()
        let other = try #require(try stage.streamer.post("/api/layouts", ["name": "Other"]).data["id"]?.stringValue)
        let otherKey = try stage.streamer.post("/api/layouts/\(other)/key").data["key"]?.stringValue

        #expect(try stage.streamer.page(key: otherKey).closeCode() == 4503)
        #expect(try stage.streamer.page(layout: other, key: key).closeCode() == 4503)
        let events = try EventTable(of: stage.streamer.server).rows("SELECT payload FROM events")
        #expect(!events.isEmpty && !events.contains { $0.contains(key) })
        #expect(!stage.streamer.server.log.contains(key))
        let kept = try EventTable(of: stage.streamer.server).rows("SELECT * FROM overlay_keys")
        #expect(kept.count == 2 && !kept.contains { $0.contains(key) }, "a dump does not tell it")
    }

    @Test func `a layout that is not there or another streamer's is no page`() throws {
        let streamer = try DemoStreamer()
        let port = streamer.server.port
        let (own, foreign) = (try streamer.layout()["id"]?.stringValue ?? "", try streamer.foreign("layouts"))

        for view in ["overlay", "chat", "events", "goals", "tips"] {
            let path = "/twitch/demo/\(view)?layout="
            let page = try HTTPExchange.perform("GET", path + own, port: port)
            #expect(page.status == 200 && page.body.contains("data-layout=\"\(own)\""), "\(view)")
            for (id, status) in [(foreign, 403), ("nobody", 404)] {
                let answer = try HTTPExchange.perform("GET", path + id, port: port)
                #expect(answer.status == status && answer.headers["content-type"] == "text/html; charset=utf-8")
                #expect(try streamer.page(view: view, layout: id).closeCode() == 4505)
            }
        }
        #expect(try HTTPExchange.perform("GET", "/kick/demo/overlay?layout=\(own)", port: port).status == 200)
    }

    @Test func `a replaced key opens its layout for 24 hours to the millisecond, and pages that came in time stay`()
        async throws
    {
        let house = try await RuntimeHouse()
        let layout = try #require(try await LayoutStore(database: house.place.database).stages(in: house.scope).first)
        let vault = try await Vault.open(house.place.database, given: SecretKey(), dataDirectory: "", isStarting: true)
        let (keys, old, new) = (OverlayKeyStore(vault: vault), OverlayKey.random(), OverlayKey.random())
        for key in [old, new] {
            let (tenant, id, moment) = (house.scope.tenant, layout.layout.id, house.place.now())
            try await house.log.append(in: house.scope) { sql in
                try keys.rotate(to: key, on: id, of: tenant, at: moment, sql: sql)
                return [LayoutStore.updated(id, to: 1, at: moment)]
            }
        }
        let start = house.place.clock
        func result(_ key: OverlayKey?) async -> SubscribeResult? {
            await house.runtimes.subscribe(house.page(.overlay, key: key), in: house.scope)?.1
        }

        house.place.clock = start + OverlayKey.graceMilliseconds - 1
        guard case .subscribed? = await result(old) else { return #expect(Bool(false), "it ended too early") }
        house.place.clock = start + OverlayKey.graceMilliseconds
        guard case .wrongKey? = await result(old) else { return #expect(Bool(false), "it did not end") }
        guard case .subscribed? = await result(new) else { return #expect(Bool(false), "the new one does not open") }
        guard case .wrongKey? = await result(nil) else { return #expect(Bool(false), "it is public") }

        let pages = await house.runtimes.openPages(in: house.scope)
        #expect(pages.count == 2)
    }

    @Test func `a key is the same after the keys that seal it have been changed`() throws {
        let stage = try PrivateStage()
        let key = try stage.rotate()
        let sealed = try EventTable(of: stage.streamer.server).rows("SELECT sealed_key FROM overlay_keys")

        let rotated = try stage.streamer.server.command("rotate-keys")

        #expect(rotated.status == 0, "\(rotated.errors)")
        #expect(try EventTable(of: stage.streamer.server).rows("SELECT sealed_key FROM overlay_keys") != sealed)
        #expect(try stage.report()["key"] == .string(key))
        #expect(try stage.streamer.page(key: key).snapshot() != nil)
    }

    @Test func `of another streamer's layout nobody sees or changes the key`() throws {
        let stage = try PrivateStage()
        let bob = try DemoStreamer(besides: stage.streamer)
        let key = try stage.rotate()

        for (method, query) in [("GET", ""), ("POST", ""), ("DELETE", ""), ("DELETE", "?previous=true")] {
            #expect(try bob.ask(method, stage.path + query).status == 403, "\(method)")
            #expect(try bob.ask(method, "/api/layouts/nobody/key" + query).status == 404)
        }
        #expect(try stage.streamer.ask("POST", stage.path, csrf: false).status == 403)
        #expect(try stage.report()["key"] == .string(key))
        #expect(try bob.page(of: "bob", layout: stage.id, key: key).closeCode() == 4505)
    }
}

/// A streamer's default layout and its key.
private struct PrivateStage {
    let streamer: DemoStreamer
    let id: String
    var path: String { "/api/layouts/\(id)/key" }

    init() throws {
        streamer = try DemoStreamer()
        id = try #require(try streamer.layout()["id"]?.stringValue)
    }

    /// Gives it a new key.
    func rotate() throws -> String {
        let answer = try streamer.post(path)
        #expect(answer.status == 201, "\(answer.message)")
        return try #require(answer.data["key"]?.stringValue)
    }

    func report() throws -> JSONValue {
        let answer = try streamer.get(path)
        #expect(answer.status == 200)
        return answer.data
    }
}
