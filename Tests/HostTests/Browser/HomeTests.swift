import Testing
import WidgetAPI

@testable import FakePlatforms

extension BrowserTests {
    /// What Home tells of the stream, as it happens.
    @Suite struct HomeTests {
        @Test func `the numbers follow the stream, and a test event is counted in none of them`() throws {
            let streamer = try DemoStreamer()
            let port = streamer.server.port
            let page = try Browser().newPage()
            try page.open("http://127.0.0.1:\(port)/auth/login")
            try page.click("form[action='/auth/demo'] button")
            try Self.expect("number-goal", "0 / 100", on: page)
            try Self.expect("number-events", "0", on: page)
            try Self.expect("number-messages", "0", on: page)

            try streamer.send("event:follow")
            try streamer.send("chat:message")
            for delivery: SignedDelivery in [
                .follow(by: "Newcomer", in: "demo-twitch"), .chat("good evening", in: "demo-twitch"),
            ] {
                #expect(try delivery.post(port: port) == 204)
            }
            try Self.expect("number-goal", "1 / 100", on: page)
            try Self.expect("number-events", "1", on: page)
            try Self.expect("number-messages", "1", on: page)
            // What was read back says the same as what was followed.
            try page.open("http://127.0.0.1:\(port)/dashboard")
            try Self.expect("number-goal", "1 / 100", on: page)
            try Self.expect("number-events", "1", on: page)
            try Self.expect("number-messages", "1", on: page)
            try page.expectNoComplaints()
        }

        @Test func `asking where the goal stands takes nothing from an overlay that opens later`() throws {
            let streamer = try DemoStreamer()
            let port = streamer.server.port
            #expect(try SignedDelivery.follow(by: "Newcomer", in: "demo-twitch").post(port: port) == 204)
            let isCounted = try Deadline.wait(seconds: 30) {
                try streamer.get("/dashboard/goal").data["text"] == "1 / 100"
            }
            #expect(isCounted)
            let page = try Browser().overlay("http://127.0.0.1:\(port)/twitch/demo/overlay")
            try page.wait(until: "probe.texts('goals', '.count')[0] === '1 / 100'", "the overlay says the same")
            #expect(try SignedDelivery.follow(by: "Second", in: "demo-twitch").post(port: port) == 204)
            _ = try streamer.get("/dashboard/goal")
            try page.wait(until: "probe.texts('goals', '.count')[0] === '2 / 100'", "and goes on")
            try page.expectNoComplaints()
        }

        private static func expect(_ id: String, _ text: String, on page: Page) throws {
            let found = "document.querySelector('#\(id)')?.textContent === '\(text)'"
            try page.wait(until: found, "\(id) is \(text)")
        }
    }
}
