import Testing
import WidgetAPI

extension BrowserTests {
    /// The page of alert control, beside a real overlay.
    @Suite struct AlertPageTests {
        @Test func `its buttons pause, resume, skip, replay and clear what the overlay shows, and clearing is undone`()
            throws
        {
            let stream = try RunningOverlay()
            try stream.change("events", ["displayDuration": 15])
            for name in ["clear", "skip"] { _ = try stream.streamer.post("/api/alerts/\(name)") }
            let page = try Self.control(of: stream.streamer)
            for name in ["Aurora", "Borealis", "Corona"] { try Self.follow(name, stream) }
            try Self.expect("Aurora", waiting: ["Borealis", "Corona"], stream, page)
            try page.saveScreenshot("alert-control")

            try page.click("#alerts-pause")
            try Self.expect(nil, waiting: ["Borealis", "Corona"], stream, page)
            try page.wait(until: "!document.querySelector('#alerts-paused').hidden", "it says that they are paused")
            try page.click("#alerts-pause")
            try Self.expect("Borealis", waiting: ["Corona"], stream, page)
            try page.click("#alerts-skip")
            try Self.expect("Corona", waiting: [], stream, page)
            try Self.follow("Dawn", stream)
            try Self.expect("Corona", waiting: ["Dawn"], stream, page)
            let past = "[...document.querySelectorAll('#past-list li')]"
            _ = try page.evaluate("\(past).find((row) => row.textContent.includes('Aurora')).id = 'wanted'")
            try page.click("#wanted button")
            try Self.expect("Corona", waiting: ["Aurora", "Dawn"], stream, page)
            try page.click("#alerts-clear")
            let undo = ".toast:last-child .ghost:not(.icon-only)"
            try page.wait(until: "document.querySelector('\(undo)')", "undo is offered")
            // A note that has the focus stays, however long the next look takes.
            _ = try page.evaluate("void document.querySelector('\(undo)').focus()")
            try Self.expect("Corona", waiting: [], stream, page)
            try page.click(undo)
            try Self.expect("Corona", waiting: ["Aurora", "Dawn"], stream, page)

            try page.expectNoComplaints()
            try stream.expectNothingBroke()
        }

        @Test func `it fits a dock of 250 pixels and a thumb`() throws {
            let streamer = try DemoStreamer()
            try streamer.send("event:follow", ["user": ["displayName": .string(String(repeating: "Long", count: 30))]])
            let page = try Self.control(of: streamer)
            try page.wait(until: "document.querySelector('#waiting-list li')", "the alert waits for an overlay")
            #expect(try page.evaluate("document.querySelector('#alerts-no-overlay').hidden") == false)
            for width: Int64 in [250, 320, 390, 2560] {
                try page.resize(width: width, height: 844)
                #expect(try page.evaluate("document.documentElement.scrollWidth") == .integer(width))
                let buttons = "[...document.querySelectorAll('.alert-buttons button, #past-list button')]"
                let isSmall = "({ offsetHeight: height, offsetWidth: width }) => height < 44 || width < 44"
                #expect(try page.evaluate("\(buttons).filter(\(isSmall)).length") == 0, "\(width)")
            }
            try page.expectNoComplaints()
        }

        private static func control(of streamer: DemoStreamer) throws -> Page {
            let page = try Browser().newPage()
            let base = "http://127.0.0.1:\(streamer.server.port)"
            try page.open("\(base)/auth/login")
            try page.click("form[action='/auth/demo'] button")
            try page.wait(until: "location.pathname === '/dashboard'", "the dashboard is there")
            try page.open("\(base)/dashboard/alerts")
            try page.wait(until: "document.querySelector('#link-chip')?.dataset.link === 'live'", "the link is live")
            return page
        }

        private static func follow(_ name: String, _ stream: RunningOverlay) throws {
            try stream.streamer.send(
                "event:follow",
                ["user": ["id": .string(name), "displayName": .string(name)]]
            )
        }

        /// The overlay shows that alert, and the page says the same.
        private static func expect(
            _ name: String?,
            waiting: [String],
            _ stream: RunningOverlay,
            _ page: Page
        ) throws {
            let shown: JSONValue = .array(name.map { [.string($0)] } ?? [])
            let names = "probe.texts('events', '.alert:not(.leaving) .name')"
            try stream.page.wait(
                until: "JSON.stringify(\(names)) === JSON.stringify(\(shown.text))",
                "the overlay shows \(name ?? "no alert")",
                withinSeconds: 30
            )
            let now = "document.querySelector('.now-text')?.textContent ?? ''"
            let says = name.map { "\(now) === '\($0) followed'" } ?? "document.querySelector('.now.idle')"
            try page.wait(until: says, "the page says \(name ?? "no alert")")
            let rows = "[...document.querySelectorAll('#waiting-list .grow')].map((row) => row.textContent).join()"
            let wanted = waiting.map { "\($0) followed" }.joined(separator: ",")
            try page.wait(until: "\(rows) === '\(wanted)'", "\(waiting) wait")
        }
    }
}
