import Glibc
import Testing
import WidgetAPI

extension BrowserTests {
    @Suite struct DemoTests {
        @Test func `the demo's overlay shows chat of both platforms and every kind of alert within a minute`() throws {
            // Not faster: alerts would come faster than they can be shown, and jump the queue.
            let server = try Self.demo(rate: 2)
            let page = try Browser().overlay("http://127.0.0.1:\(server.port)/twitch/demo/overlay")
            let wanted: Set = ["New follower", "New subscriber", "Gift subscriptions", "New tip", "Raid"]
            var alerts: Set<String> = []
            var platforms: Set<String> = []

            let deadline = ContinuousClock.now + .seconds(60)
            while ContinuousClock.now < deadline, !alerts.isSuperset(of: wanted) || platforms != ["T", "K"] {
                alerts.formUnion(try Self.texts(page, "events", ".kind"))
                platforms.formUnion(try Self.texts(page, "chat", ".platform"))
                usleep(200_000)
            }

            #expect(wanted.subtracting(alerts) == [])
            #expect(platforms == ["T", "K"])
            try page.wait(until: "probe.texts('tips', '.card').length > 0", "a tip is in the ticker")
            try page.saveScreenshot("demo-overlay")
            try page.expectNoComplaints()
        }

        @Test func `one click on the login page leads to a dashboard with addresses and live events`() throws {
            let server = try Self.demo()
            let page = try Browser().newPage()
            let base = "http://127.0.0.1:\(server.port)"
            try page.open("\(base)/auth/login")
            try page.saveScreenshot("login")

            try page.click("form[action='/auth/demo'] button")
            try page.wait(until: "location.pathname === '/dashboard'", "the dashboard is there")
            try page.wait(until: "document.querySelector('#link-chip')?.dataset.link === 'live'", "the link is live")

            let inputs = "[...document.querySelectorAll('.copy input')]"
            let addresses = try page.evaluate("\(inputs).map((input) => input.value)")
            #expect(Self.set(addresses) == ["\(base)/twitch/demo/overlay", "\(base)/kick/demo/overlay"])
            #expect(try page.evaluate("document.querySelectorAll('.copy button[data-copy]').length") == 2)
            _ = try page.evaluate("window.firstRow = document.querySelector('#events-list li'), null")
            try page.wait(until: "firstRow !== document.querySelector('#events-list li')", "another event comes")
            try page.saveScreenshot("dashboard")
            try page.click(".copy button")
            try page.wait(until: "document.querySelector('[aria-live=polite]')?.textContent", "copying answers")
            try page.expectNoComplaints()
        }

        @Test func `the demo's session and events answer as the contract says`() throws {
            let server = try Self.demo()
            let page = try Browser().newPage()
            try page.open("http://127.0.0.1:\(server.port)/auth/login")
            #expect(try page.evaluate("fetch('/api/session').then((answer) => answer.status)") == 401)
            try page.click("form[action='/auth/demo'] button")
            try page.wait(until: "location.pathname === '/dashboard'", "the dashboard is there")
            try page.wait(until: "document.querySelectorAll('#events-list li').length > 3", "there are events")

            let session = try page.evaluate("fetch('/api/session').then((answer) => answer.json())")["data"]
            let events = try page.evaluate("fetch('/api/events?limit=3').then((answer) => answer.json())")

            #expect(session?["displayName"]?.stringValue?.isEmpty == false)
            #expect(session?["email"] == .null)
            #expect(session?["csrfToken"]?.stringValue?.isEmpty == false)
            let platforms = session?["connectedPlatforms"]?.arrayValue ?? []
            #expect(Set(platforms.compactMap { $0["platform"]?.stringValue }) == ["twitch", "kick"])
            #expect(platforms.allSatisfy { $0["channel"] == "demo" && $0["status"] == "connected" })
            #expect(events["data"]?.arrayValue?.compactMap { $0["seq"]?.integerValue } == [1, 2, 3])
            #expect(events["data"]?.arrayValue?.allSatisfy { $0["streamerId"] == session?["streamerId"] } == true)
            #expect(events["meta"]?["hasMore"] == true)
            #expect(events["meta"]?["lastSeq"]?.integerValue ?? 0 > 3)
        }

        private static func demo(rate: Int = 20) throws -> ServerProcess {
            let server = try ServerProcess(arguments: ["--demo", "--demo-rate", "\(rate)"])
            try server.start()
            return server
        }

        private static func texts(_ page: Page, _ widget: String, _ selector: String) throws -> Set<String> {
            set(try page.evaluate("probe.texts('\(widget)', '\(selector)')"))
        }

        private static func set(_ texts: JSONValue) -> Set<String> {
            Set(texts.arrayValue?.compactMap(\.stringValue) ?? [])
        }
    }
}
