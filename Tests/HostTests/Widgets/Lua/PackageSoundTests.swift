import Testing
import WidgetAPI

@testable import Host

@Suite(.withProcesses) struct PackageSoundTests {
    private static let manifest = """
        {"apiVersion":1,"id":"bell","name":"Bell","version":"1.0.0","events":["chat:message"],"permissions":["sound"],
         "configSchema":{"type":"object","properties":{}},"defaultSize":{"width":2,"height":1}}
        """

    private static let program = """
        widget.on("chat:message", function(state, event)
          sound.play(event.payload.text, { volume = 0.5 })
        end)
        widget.render(function() return ui.b { text = "bell" } end)
        """

    @Test func `a package's sound goes to the page under its own address, and no other file does`() throws {
        let folder = try ObjectFolder()
        try folder.write("bell/widget.json", Self.manifest)
        try folder.write("bell/main.lua", Self.program)
        try folder.write("bell/assets/ding.wav", "RIFF\u{1}\u{1}\u{1}\u{1}WAVE and no more")
        try folder.write("bell/assets/ding.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>")
        var environment = ServerProcess.environment
        environment["WIDGETS_DIR"] = folder.path
        let streamer = try DemoStreamer(environment: environment)
        let place: JSONValue = ["x": 0, "y": 4, "width": 2, "height": 1]
        #expect(try streamer.post("/api/widgets", ["type": "bell", "position": place]).status == 201)
        let page = try WebSocketClient(port: streamer.server.port)
        _ = try page.subscribe("demo")

        for asset in ["assets/none.wav", "assets/ding.svg", "assets/ding.wav"] {
            try streamer.send("chat:message", ["text": .string(asset)])
        }
        let effect = try #require(try page.message("overlay:effect", withinMilliseconds: 60_000))

        let url = try #require(effect["payload"]?["url"]?.stringValue)
        #expect(url.hasPrefix("/assets/widgets/bell/") && url.hasSuffix("/assets/ding.wav"), "\(url)")
        #expect(effect["payload"]?["volume"] == 0.5)
        let file = try HTTPExchange.perform("GET", url, port: streamer.server.port)
        #expect(file.status == 200 && file.headers["content-type"] == "audio/wav")
        withExtendedLifetime(folder) {}
    }
}
