import Foundation
import Testing
import WidgetAPI

@testable import Host

@Suite(.withProcesses) struct HealthRoutesTests {
    private static let manifest = """
        {"apiVersion":1,"id":"faulty","name":"Faulty","version":"1.0.0","events":["chat:message"],
         "configSchema":{"type":"object","properties":{}},"defaultSize":{"width":2,"height":1}}
        """

    private static let program = """
        widget.on("chat:message", function(state, event)
          if event.payload.text == "!timer" then timer.after(1, "x") end
          log.info("heard " .. event.payload.text)
        end)
        widget.render(function() return ui.b { text = "here" } end)
        """

    /// A streamer with that widget on the layout, and its id.
    private static func faulty() throws -> (DemoStreamer, String, ObjectFolder) {
        let folder = try ObjectFolder()
        try folder.write("faulty/widget.json", manifest)
        try folder.write("faulty/main.lua", program)
        var environment = ServerProcess.environment
        environment["WIDGETS_DIR"] = folder.path
        let streamer = try DemoStreamer(environment: environment)
        let place: JSONValue = ["x": 0, "y": 4, "width": 2, "height": 1]
        let placed = try streamer.post("/api/widgets", ["type": "faulty", "position": place])
        return (streamer, try #require(placed.data["id"]?.stringValue, "\(placed.message)"), folder)
    }

    @Test func `a built-in widget runs and has nothing to tell`() throws {
        let streamer = try DemoStreamer()

        let health = try streamer.get("/api/widgets/\(try streamer.widget("chat"))/health")

        #expect(health.status == 200)
        #expect(health.data["state"] == "running" && health.data["error"] == .null)
        #expect(health.data["since"]?.stringValue?.hasSuffix("Z") == true)
        #expect(health.data["log"] == [])
    }

    @Test func `a fault names the permission to add, and a new start forgets it`() throws {
        let (streamer, id, folder) = try Self.faulty()
        defer { withExtendedLifetime(folder) {} }

        try streamer.send("chat:message", ["text": "hello"])
        try streamer.send("chat:message", ["text": "!timer"])
        var health = try streamer.get("/api/widgets/\(id)/health").data
        let came = try Deadline.wait(seconds: 60) {
            health = try streamer.get("/api/widgets/\(id)/health").data
            return health["error"] != .null
        }
        let restarted = try streamer.post("/api/widgets/\(id)/restart")

        #expect(came)
        #expect(health["state"] == "running")
        #expect(health["error"]?["kind"] == "permission")
        #expect(health["error"]?["message"]?.stringValue?.contains("\"timers\"") == true)
        #expect(health["error"]?["traceback"]?.stringValue?.contains("main.lua:2") == true)
        #expect(health["log"]?.arrayValue?.first?["text"] == "heard hello")
        #expect(restarted.status == 200 && restarted.data["error"] == .null)
    }

    @Test func `a widget whose package has gone keeps its place and says so`() throws {
        let (streamer, id, folder) = try Self.faulty()
        _ = streamer.server.terminate()

        try FileManager.default.removeItem(atPath: folder.path + "/faulty")
        try streamer.server.start()
        let health = try streamer.get("/api/widgets/\(id)/health").data

        #expect(health["state"] == "stopped")
        #expect(health["error"]?["message"]?.stringValue?.contains("\"faulty\"") == true)
        #expect(try streamer.get("/api/widgets/\(id)").status == 200)
    }

    @Test func `nobody asks about or starts what is not theirs`() throws {
        let streamer = try DemoStreamer()
        let foreign = try streamer.foreign("widgets")
        let own = try streamer.widget("chat")

        #expect(try streamer.get("/api/widgets/\(foreign)/health").status == 403)
        #expect(try streamer.post("/api/widgets/\(foreign)/restart").status == 403)
        #expect(try streamer.get("/api/widgets/none/health").status == 404)
        #expect(try streamer.ask("POST", "/api/widgets/\(own)/restart", csrf: false).status == 403)
    }
}
