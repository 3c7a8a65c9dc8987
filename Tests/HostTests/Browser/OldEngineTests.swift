import Testing
import WidgetAPI

extension BrowserTests {
    @Suite struct OldEngineTests {
        @Test func `the engine of OBS 28 shows what the current Chromium shows`() throws {
            let host = try AliceHost()
            let old = try OldEngine()
            let page = try Browser().overlay(host.address())
            try old.open(host.address())
            try old.wait(until: "document.body.dataset.link === 'up'", "the old engine is connected")

            try host.say("hello <b>there</b> 👨‍👩‍👧‍👦", by: "Mira")
            try host.say("\u{200F}مرحبا", by: "نور")
            try host.cheer(100, "for the cat", by: "Bruno")
            try host.follow(by: "Newcomer")
            let isWhole = """
                probe.lines().length === 2 && probe.picture().goals.includes("1 / 100")
                  && probe.picture().tips.includes("Bruno") && probe.picture().events.includes("Bruno")
                """
            try page.wait(until: isWhole, "the current Chromium has everything")
            try old.wait(until: isWhole, "the old engine has everything")
            let (picture, oldPicture) = (try page.evaluate("probe.picture()"), try old.evaluate("probe.picture()"))

            #expect(old.version.hasPrefix("102."))
            #expect(oldPicture == picture)
            #expect(try old.evaluate("probe.boxes()") == page.evaluate("probe.boxes()"))
            #expect(try old.evaluate("getComputedStyle(document.body).backgroundColor") == "rgba(0, 0, 0, 0)")
            try old.expectNoComplaints()
        }

        @Test func `a source that OBS has hidden is right at once when it is shown again`() throws {
            let host = try AliceHost()
            let old = try OldEngine()
            try old.open(host.address())
            try old.wait(until: "document.body.dataset.link === 'up'", "the old engine is connected")
            try host.say("seen")
            try old.wait(until: "probe.lines().includes('seen')", "the line is there")

            try old.setVisible(false)
            try old.wait(until: "document.hidden", "the source is hidden")
            try host.say((1...40).map { "hidden \($0)" })
            try old.wait(until: "probe.lines().includes('hidden 40')", "a hidden source keeps up")
            try old.setVisible(true)
            try old.wait(until: "!document.hidden", "the source is shown again")

            let last = JSONValue.array((26...40).map { .string("hidden \($0)") })
            #expect(try old.evaluate("probe.lines()") == last)
            #expect(try old.evaluate("probe.root('chat').getAnimations().length") == 0)
            try host.say("something new")
            try old.wait(until: "probe.lines().at(-1) === 'something new'", "it goes on")
            try old.expectNoComplaints()
        }
    }
}
