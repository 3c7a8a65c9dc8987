import Testing
import WidgetAPI

extension BrowserTests {
    /// The catalogue, and the widgets that are placed.
    @Suite struct WidgetsPageTests {
        @Test func `a widget is found, looked at, added, and on air at once`() throws {
            let streamer = try DemoStreamer()
            let base = "http://127.0.0.1:\(streamer.server.port)"
            let browser = try Browser()
            let overlay = try browser.overlay("\(base)/twitch/demo/overlay")
            let goals = "document.querySelectorAll('.slot[data-type=goals]').length"
            let page = try browser.newPage()
            try page.resize(width: 1440, height: 900)
            try page.open("\(base)/auth/login")
            try page.click("form[action='/auth/demo'] button")
            try page.wait(until: "location.pathname === '/dashboard'", "the dashboard is there")
            try page.open("\(base)/dashboard/widgets")
            let cards = "[...document.querySelectorAll('.catalogue > li:not([hidden])')]"
            try page.wait(until: "\(cards).length >= 4", "the catalogue is there")
            let rows = "document.querySelectorAll('#placed li').length"
            try page.wait(until: "\(rows) > 0", "what is placed is there")
            let before = try page.evaluate(rows).integerValue ?? 0
            let shownBefore = try streamer.get("/api/widgets").items.filter { $0["type"] == "goals" }.count
            try page.saveScreenshot("widgets")

            _ = try page.evaluate(
                """
                (() => {
                  const search = document.querySelector("#catalogue-search")
                  search.value = "GOAL"
                  search.dispatchEvent(new Event("input"))
                })()
                """
            )
            try page.wait(until: "\(cards).every((card) => /goal/i.test(card.textContent))", "the search sifts")
            try page.click("li[data-type=goals] .catalogue-card")
            try page.wait(until: "document.querySelector('dialog[open] .facts')", "its facts are told")
            #expect(
                try page.evaluate("document.querySelector('dialog .facts').textContent.includes('follows')") == true
            )
            try page.saveScreenshot("widget-details")
            try page.click("dialog .primary")

            try page.wait(until: "\(rows) === \(before + 1)", "it stands in the list")
            #expect(
                try streamer.get("/api/widgets").items.filter { $0["type"] == "goals" }.count == shownBefore + 1
            )
            try overlay.wait(until: "\(goals) !== \(shownBefore)", "it is on air", withinSeconds: 30)
            try page.expectNoComplaints()
        }
    }
}
