import Testing
import WidgetAPI

extension BrowserTests {
    /// The theme page, and what OBS shows meanwhile.
    @Suite struct ThemePageTests {
        @Test func `a colour is on air when it is saved, without a reload, and not before`() throws {
            let streamer = try DemoStreamer()
            let base = "http://127.0.0.1:\(streamer.server.port)"
            let browser = try Browser()
            let overlay = try browser.overlay("\(base)/twitch/demo/overlay")
            _ = try overlay.evaluate("window.stays = 1")
            let primary = "getComputedStyle(document.documentElement).getPropertyValue('--th-primary').trim()"
            #expect(try overlay.evaluate(primary) == "#5EA8FF")
            let page = try browser.newPage()
            try page.resize(width: 1440, height: 900)
            try page.open("\(base)/auth/login")
            try page.click("form[action='/auth/demo'] button")
            try page.wait(until: "location.pathname === '/dashboard'", "the dashboard is there")
            try page.open("\(base)/dashboard/theme")
            try page.wait(until: "document.querySelector('#color-primary')?.value === '#5EA8FF'", "the theme is there")

            try Self.type("#C0FFEE", into: "#color-primary", page)
            try page.wait(until: "!document.querySelector('#theme-save').disabled", "it can be saved")
            #expect(try overlay.evaluate(primary) == "#5EA8FF")
            try page.click("#theme-save")

            try overlay.wait(until: "\(primary) === '#C0FFEE'", "the overlay wears it", withinSeconds: 30)
            #expect(try overlay.evaluate("window.stays") == 1)
            let theme = try #require(try streamer.get("/api/themes").items.first)
            #expect(theme["variables"]?["primary"] == "#C0FFEE")
            try page.expectNoComplaints()
            try overlay.expectNoComplaints()
        }

        @Test func `what is no colour is refused in words and not kept, and a name is shown as text`() throws {
            let streamer = try DemoStreamer()
            let name = "<img src=x onerror=alert(1)>\u{202E}evil"
            let theme = try #require(try streamer.get("/api/themes").items.first?["id"]?.stringValue)
            #expect(try streamer.put("/api/themes/\(theme)", ["name": .string(name)]).status == 200)
            let base = "http://127.0.0.1:\(streamer.server.port)"
            let page = try Browser().newPage()
            try page.open("\(base)/auth/login")
            try page.click("form[action='/auth/demo'] button")
            try page.wait(until: "location.pathname === '/dashboard'", "the dashboard is there")
            try page.open("\(base)/dashboard/theme")
            try page.wait(until: "document.querySelector('#color-primary')?.value", "the theme is there")

            try Self.type("blue", into: "#color-primary", page)
            _ = try page.evaluate("document.querySelector('#color-primary').blur()")

            try page.wait(until: "!document.querySelector('#color-primary-error').hidden", "it is said")
            #expect(try page.evaluate("document.querySelector('#color-primary').ariaInvalid") == "true")
            #expect(try page.evaluate("document.querySelectorAll('img').length") == 0)
            #expect(
                try page.evaluate("document.querySelector('main').textContent.includes('onerror=alert(1)')") == true
            )
            try page.expectNoComplaints()
        }

        private static func type(_ text: String, into field: String, _ page: Page) throws {
            _ = try page.evaluate(
                """
                (() => {
                  const field = document.querySelector("\(field)")
                  field.focus()
                  field.value = "\(text)"
                  field.dispatchEvent(new Event("input", { bubbles: true }))
                })()
                """
            )
        }
    }
}
