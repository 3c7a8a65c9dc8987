import Testing
import WidgetAPI

extension BrowserTests {
    @Suite struct ResumeTests {
        @Test func `a page whose network was away shows what was said meanwhile, once and in order`() throws {
            let host = try AliceHost()
            let relay = try Relay(to: host.server.port)
            let page = try Browser().overlay(host.address(port: relay.port))
            try host.say(["before 1", "before 2", "before 3"])
            try page.waitForLine("before 3")
            try Self.watch(page)

            relay.cut()
            try page.wait(until: "document.body.dataset.link === 'down'", "the page knows that it is cut off")
            try host.say(["away 1", "away 2", "away 3"])
            try page.wait(until: "document.querySelector('.link-mark')", "the mark says so")
            #expect(try page.chatLines() == ["before 1", "before 2", "before 3"])
            relay.mend()
            try page.waitForLine("away 3")

            let all = ["before 1", "before 2", "before 3", "away 1", "away 2", "away 3"]
            #expect(try page.chatLines() == all)
            try Self.expectRightMark(page)
            try Self.expectOnlyNewLinesComeIn(page, host, after: all)
        }

        @Test func `a page survives a crash of the host and its restart without losing or repeating a line`() throws {
            let host = try AliceHost()
            let page = try Browser().overlay(host.address())
            try host.say(["before 1", "before 2", "before 3"])
            try host.follow(by: "Newcomer")
            try page.waitForLine("before 3")
            try page.wait(until: "probe.texts('goals', '.count')[0] === '1 / 100'", "the follower is counted")
            try Self.watch(page)

            host.server.kill()
            try page.wait(until: "document.querySelector('.link-mark')", "the mark says so")
            try host.restart()
            try host.say(["after 1", "after 2", "after 3"])
            try page.waitForLine("after 3")

            let all = ["before 1", "before 2", "before 3", "after 1", "after 2", "after 3"]
            #expect(try page.chatLines() == all)
            #expect(try page.evaluate("probe.texts('goals', '.count')") == ["1 / 100"])
            try Self.expectRightMark(page)
            try Self.expectOnlyNewLinesComeIn(page, host, after: all)
        }

        @Test func `an alert that is over does not come again when the host comes back`() throws {
            let host = try AliceHost()
            let page = try Browser().overlay(host.address())
            try host.follow(by: "First")
            try page.wait(until: "probe.texts('events', '.name').includes('First')", "the alert is there")
            try page.wait(until: "probe.texts('events', '.name').length === 0", "the alert is over")
            _ = try page.evaluate("void probe.watchAlerts()")

            host.server.kill()
            try host.restart()
            try host.follow(by: "Second")
            try page.wait(until: "probe.alerted.has('Second')", "the next alert is there")

            #expect(try page.evaluate("[...probe.alerted]") == ["Second"])
            #expect(try page.evaluate("probe.texts('goals', '.count')") == ["2 / 100"])
        }

        @Test func `a short drop of the network is not told to the viewers`() throws {
            let host = try AliceHost()
            let relay = try Relay(to: host.server.port)
            let page = try Browser().overlay(host.address(port: relay.port))
            try Self.watch(page)

            relay.cut()
            try page.wait(until: "document.body.dataset.link === 'down'", "the page knows that it is cut off")
            relay.mend()
            try page.wait(until: "document.body.dataset.link === 'up'", "the page is back")

            let downMilliseconds = try #require(
                try page.evaluate("probe.linkHistory.at(-1).at - probe.linkHistory[0].at").numberValue
            )
            let sawMark = try page.evaluate("probe.linkHistory.some((entry) => entry.mark !== null)").boolValue
            // The first attempt comes after half a second at most; only on a starved machine it takes longer.
            #expect(sawMark != true || downMilliseconds >= 2000)
        }

        @Test func `a hidden page keeps up and shows nothing coming in when it is seen again`() throws {
            let host = try AliceHost()
            let browser = try Browser()
            let page = try browser.overlay(host.address())
            try host.say("seen")
            try page.waitForLine("seen")
            try Self.watch(page)
            _ = try browser.newPage()
            try page.wait(until: "document.hidden", "the page is hidden")

            try host.say((1...40).map { "hidden \($0)" })
            try page.waitForLine("hidden 40")
            let whileHidden = try page.chatLines()
            try page.activate()
            try page.wait(until: "!document.hidden", "the page is seen again")

            let last = (26...40).map { "hidden \($0)" }
            #expect(whileHidden == last)
            #expect(try page.chatLines() == last)
            try Self.expectOnlyNewLinesComeIn(page, host, after: last)
        }

        private static func watch(_ page: Page) throws {
            try page.wait(until: "probe.root('chat').getAnimations().length === 0", "the last line has come in")
            _ = try page.evaluate("void (probe.watchEntrances(), probe.watchLink())")
        }

        /// The mark came two seconds after the link went, and left with it.
        private static func expectRightMark(_ page: Page) throws {
            let history = try page.evaluate("probe.linkHistory").arrayValue ?? []
            let down = try #require(history.first { $0["link"] == "down" }?["at"]?.numberValue)
            let shown = try #require(history.first { $0["mark"] == "Reconnecting" }?["at"]?.numberValue)
            #expect(shown - down > 1900, "most drops are over before anybody could read about them")
            // By a timer of the page itself, which is as late as the mark where the machine is busy.
            if let later = try page.evaluate("probe.fourSecondsLater").numberValue { #expect(shown < later) }
            #expect(try page.evaluate("document.querySelector('.link-mark') === null") == true)
            #expect(try page.evaluate("document.body.dataset.link") == "up")
        }

        /// A line that is said now comes in; those that stood there did not.
        private static func expectOnlyNewLinesComeIn(_ page: Page, _ host: AliceHost, after lines: [String]) throws {
            try host.say("something new")
            try page.wait(until: "probe.entered.has('something new')", "the new line comes in")
            let entered = Set(try page.evaluate("[...probe.entered]").arrayValue?.compactMap(\.stringValue) ?? [])
            #expect(entered.isDisjoint(with: lines), "these came in again: \(entered)")
        }
    }
}
