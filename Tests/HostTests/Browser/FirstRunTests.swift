import Testing
import WidgetAPI

extension BrowserTests {
    /// The way of somebody new, from the first page to the first alert.
    @Suite struct FirstRunTests {
        @Test func `from the first page to an alert on your overlay it takes twelve clicks at most`() throws {
            let streamer = try DemoStreamer()
            let browser = try Browser()
            let page = try browser.newPage()
            try page.resize(width: 1440, height: 900)
            try page.open("http://127.0.0.1:\(streamer.server.port)/")
            var clicks = 0
            func click(_ selector: String) throws {
                try page.wait(until: "document.querySelector(\(JSONValue.string(selector).text))", selector)
                try page.click(selector)
                clicks += 1
            }

            try click("form[action='/auth/demo'] button")
            try page.wait(until: "document.querySelector('#wizard-name')?.value", "it asks for your name")
            try click("#setup .primary")
            try click(".choice:has([value=Neon])")
            try click("#setup .primary")
            try click(".choice:has([value=gameplay])")
            try click("#setup .primary")
            try click("#setup .copy button")
            let address = try page.evaluate("document.querySelector('#wizard-address').value").stringValue ?? ""
            try click("#setup .primary")
            try Self.expect("obs", "open", on: page)
            try Self.expect("test", "open", on: page)
            try Self.expect("layout", "done", on: page)

            // Pasting it into OBS.
            clicks += 1
            let overlay = try browser.overlay(address)
            try page.activate()
            try Self.expect("obs", "done", on: page)
            try Self.expect("test", "open", on: page)
            try page.saveScreenshot("checklist")
            try click("[data-control=test]")
            try overlay.activate()
            try overlay.wait(until: "probe.texts('events', '.alert .name')[0] === 'Aurora99'", "the alert is seen")
            // A tab that is hidden paints nothing, so it has to have said so before; a source in OBS is never hidden.
            let isShown = try Deadline.wait(seconds: 30) {
                try streamer.get("/api/events?types=alert:shown").items.count == 1
            }
            #expect(isShown)
            try page.activate()
            try Self.expect("test", "done", on: page)
            #expect(clicks <= 12)

            let shown = "document.querySelector('.last-shown')?.textContent.includes('Aurora99')"
            try page.wait(until: shown, "Home says what the overlay showed last")
            try page.expectNoComplaints()
            try overlay.expectNoComplaints()
        }

        @Test func `set-up can be left and taken up again, and each of its steps skipped and that undone`() throws {
            let streamer = try DemoStreamer()
            let page = try Self.home(of: streamer)
            try page.wait(until: "document.querySelector('#wizard-name')", "the wizard is there")
            try page.click("#setup .primary")
            try page.wait(until: "document.querySelector('[name=wizard-theme]')", "the next page is there")
            try Self.expectStep(1, of: streamer)
            try page.open("http://127.0.0.1:\(streamer.server.port)/dashboard")
            try page.wait(until: "document.querySelector('[name=wizard-theme]')", "it goes on where it was left")
            let before = try streamer.layout()["version"]

            try page.click("#setup .ghost")
            try Self.expect("test", "open", on: page)
            try page.click("[data-control=skip-test]")
            try Self.expect("test", "skipped", on: page)
            try Self.expectStep(12, of: streamer)
            try page.click("[data-control=skip-test]")
            try Self.expect("test", "open", on: page)
            try page.click("[data-control=away]")
            try page.wait(until: "document.querySelector('#setup').hidden", "the list is away")
            try Self.expectStep(20, of: streamer)
            try page.click(".toast .ghost")
            try page.wait(until: "!document.querySelector('#setup').hidden", "the list is back")
            try page.click("[data-control=again]")
            try page.wait(until: "document.querySelector('#wizard-name')", "the wizard is there again")
            #expect(try streamer.layout()["version"] == before, "nothing was changed unasked")
            try page.expectNoComplaints()
        }

        @Test func `a starter layout that you undo gives back what you had`() throws {
            let streamer = try DemoStreamer()
            #expect(try streamer.put("/api/settings", ["setupStep": 2]).status == 200)
            let places = {
                (try streamer.layout()["widgets"]?.arrayValue ?? [])
                    .map { "\($0["type"]?.text ?? "") \($0["position"]?.text ?? "")" }.sorted()
            }
            let before = try places()
            let page = try Self.home(of: streamer)
            try page.wait(until: "document.querySelector('[value=alerts]')", "the layouts are there")
            try page.click(".choice:has([value=alerts])")
            try page.click("#setup .primary")
            try page.wait(until: "document.querySelector('#wizard-address')", "the address is there")
            #expect(try places().count == 2)
            try page.click(".toast .ghost")
            _ = try Deadline.wait(seconds: 30) { try places() == before }
            #expect(try places() == before)
            try page.expectNoComplaints()
        }

        @Test func `a test event carries your own name, amount and message, and a past alert comes again`() throws {
            let streamer = try DemoStreamer()
            let page = try Self.home(of: streamer)
            try page.wait(until: "document.querySelector('#wizard-name')", "Home is there")
            try page.click("#test-button")
            try page.wait(until: "document.querySelector('[role=menu]')", "the menu is there")
            try page.click("[role=menu] .menu-item:last-child")
            try page.wait(until: "document.querySelector('#test-type')", "the dialog is there")
            let choose = """
                (() => {
                  const type = document.querySelector("#test-type")
                  type.value = "event:tip"
                  type.dispatchEvent(new Event("change"))
                })()
                """
            _ = try page.evaluate(choose)
            for (id, text) in [("name", "<i>Ada</i>"), ("amount", "many"), ("message", "for \"tea\"")] {
                try page.click("#test-\(id)")
                try page.type(text)
            }
            try page.click("dialog .primary")
            try page.wait(until: "document.querySelector('#test-amount[aria-invalid=true]')", "it says what is wrong")
            #expect(try streamer.get("/api/events?types=event:tip").items == [])
            _ = try page.evaluate("document.querySelector('#test-amount').value = '12,50'")
            try page.click("dialog .primary")
            try page.wait(until: "!document.querySelector('dialog')", "it is sent")
            let tip = try #require(try streamer.get("/api/events?types=event:tip").items.first?["payload"])
            #expect(tip["user"]?["displayName"] == "<i>Ada</i>" && tip["message"] == "for \"tea\"")
            #expect(tip["amount"]?["minor"] == 1250)

            let row = "#events-list li .event-text"
            try page.wait(until: "document.querySelector('\(row)')?.textContent.includes('<i>Ada</i>')", "it is listed")
            try page.click("#events-list li button")
            try page.wait(until: "document.querySelector('[role=menu]')", "the row has a menu")
            try page.click("[role=menu] .menu-item")
            let isReplayed = try Deadline.wait(seconds: 30) {
                try streamer.get("/api/events?types=alert:replay").items.count == 1
            }
            #expect(isReplayed)
            try page.expectNoComplaints()
        }

        private static func home(of streamer: DemoStreamer) throws -> Page {
            let page = try Browser().newPage()
            try page.open("http://127.0.0.1:\(streamer.server.port)/auth/login")
            try page.click("form[action='/auth/demo'] button")
            try page.wait(until: "location.pathname === '/dashboard'", "the dashboard is there")
            try page.wait(until: "document.querySelector('#link-chip')?.dataset.link === 'live'", "the link is live")
            return page
        }

        private static func expect(_ step: String, _ state: String, on page: Page) throws {
            let found = "document.querySelector('[data-step=\(step)][data-state=\(state)]')"
            try page.wait(until: found, "\(step) is \(state)")
        }

        private static func expectStep(_ step: Int64, of streamer: DemoStreamer) throws {
            let isKept = try Deadline.wait(seconds: 30) {
                try streamer.get("/api/settings").data["setupStep"] == .integer(step)
            }
            #expect(isKept, "the host keeps step \(step)")
        }
    }
}
