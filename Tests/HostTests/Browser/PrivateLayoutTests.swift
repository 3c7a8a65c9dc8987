import Testing
import WidgetAPI

extension BrowserTests {
    /// Layouts that show themselves to whoever has the key.
    @Suite struct PrivateLayoutTests {
        @Test func `an overlay shows itself for the right key, through a rotation, and for no other`() throws {
            let stream = try RunningOverlay()
            let streamer = stream.streamer
            let id = try #require(try streamer.layout()["id"]?.stringValue)
            let address = "http://127.0.0.1:\(streamer.server.port)/twitch/demo/overlay"
            let key = try #require(try streamer.post("/api/layouts/\(id)/key").data["key"]?.stringValue)
            // The page that was there without a key shows nothing any more.
            try stream.page.wait(until: "document.querySelectorAll('.slot').length === 0", "it is empty")

            let browser = try Browser()
            let stranger = try browser.newPage()
            try stranger.open("\(address)#key=guessed")
            try stranger.wait(until: "document.querySelector('.link-mark') === null", "it was refused")
            #expect(
                try stranger.evaluate("[document.body.dataset.link, document.querySelectorAll('.slot').length]") == [
                    "down", 0,
                ]
            )

            let obs = try browser.overlay("\(address)#key=\(key)")
            try obs.waitForLine("fourth words", withinSeconds: 30)
            _ = try obs.evaluate("window.isTheSamePage = true")
            let next = try #require(try streamer.post("/api/layouts/\(id)/key").data["key"]?.stringValue)
            try streamer.send("chat:message", ["text": "after the rotation"])
            try obs.waitForLine("after the rotation", withinSeconds: 30)

            // The streamer puts the new address into OBS, which changes the fragment alone.
            _ = try obs.evaluate("location.hash = \(JSONValue.string("#key=\(next)").text)")
            #expect(try streamer.delete("/api/layouts/\(id)/key?previous=true").status == 204)
            try streamer.send("chat:message", ["text": "under the new key"])
            try obs.waitForLine("under the new key", withinSeconds: 30)
            #expect(try obs.evaluate("window.isTheSamePage") == true)
            try obs.expectNoComplaints()
            #expect(try stranger.evaluate("document.querySelectorAll('.slot').length") == 0)

            #expect(try streamer.delete("/api/layouts/\(id)/key").status == 204)
            try stranger.open("\(address)?view=again")
            try stranger.waitForLine("under the new key", withinSeconds: 30)
        }
    }
}
