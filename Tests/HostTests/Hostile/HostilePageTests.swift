import Testing
import WidgetAPI

extension BrowserTests {
    /// The worst of what people write, where a script would run if one could.
    @Suite struct HostilePageTests {
        private static let worst: Set = [
            "script", "image", "drawing", "end of a value", "end of a style", "handler", "address", "template",
            "partial", "entities", "end of a text in JSON", "escapes",
        ]

        @Test func `no script runs on an overlay or a dashboard, and each text is shown as it was written`() throws {
            let streamer = try DemoStreamer()
            try streamer.configure("chat", ["maxPerSecond": 50])
            let texts = HostileText.kept.filter { Self.worst.contains($0.title) }.map(\.text)
            #expect(texts.count == Self.worst.count)
            let base = "http://127.0.0.1:\(streamer.server.port)"
            let browser = try Browser()
            let overlay = try browser.overlay("\(base)/twitch/demo/overlay")
            let title = try overlay.evaluate("document.title")
            for text in texts {
                try streamer.configure("goals", ["label": .string(text)])
                let user: JSONValue = ["displayName": .string(text)]
                try streamer.send("chat:message", ["text": .string(text), "user": user])
                try streamer.send("event:follow", ["user": user])
                try streamer.send("event:tip", ["message": .string(text), "user": user])
                try streamer.send("event:redemption", ["input": .string(text), "title": .string(text), "user": user])
                try overlay.waitForLine(text)
            }
            let label = JSONValue.string(texts[texts.count - 1]).text
            let goal = "probe.all('goals', '*').some((element) => element.textContent === \(label))"
            try overlay.wait(until: goal, "the goal is called by the last text")
            #expect(try overlay.evaluate("document.title") == title && title != "owned")
            let foreign = """
                ["chat", "events", "goals", "tips"].flatMap((type) =>
                  probe.all(type, "script,iframe,a,img[src=x],[onload],[onerror]")
                ).length
                """
            #expect(try overlay.evaluate(foreign) == 0)
            try overlay.expectNoComplaints()

            let page = try browser.newPage()
            try page.open("\(base)/auth/login")
            try page.click("form[action='/auth/demo'] button")
            try page.wait(until: "location.pathname === '/dashboard'", "the dashboard is there")
            let live = "document.querySelector('#link-chip')?.dataset.link === 'live'"
            try page.wait(until: live, "the link is live")
            // The list tells the newest alone, so each is looked for when it has come.
            for text in texts {
                let user: JSONValue = ["displayName": .string(text)]
                try streamer.send("event:tip", ["message": .string(text), "user": user])
                try streamer.send("chat:message", ["text": .string(text), "user": user])
                let quoted = JSONValue.string(text).text
                let told = "document.querySelector('#events-list')?.textContent.includes(\(quoted))"
                try page.wait(until: told, "the list tells \(text)")
            }
            for text in texts {
                #expect(try streamer.put("/api/settings", ["displayName": .string(text)]).status == 200)
                try page.open("\(base)/dashboard")
                #expect(try page.evaluate("document.querySelector('.account-name').textContent") == .string(text))
                #expect(try page.evaluate("document.title") == "Home · StreamVibes")
                let strange = "script:not([src],#words),iframe,svg:not(.icon),img,[onload],[onfocus]"
                #expect(try page.evaluate("document.querySelectorAll('\(strange)').length") == 0)
            }
            try page.expectNoComplaints()
        }
    }
}
