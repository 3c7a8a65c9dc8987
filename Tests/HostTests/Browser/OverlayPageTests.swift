import Testing
import WidgetAPI

extension BrowserTests {
    @Suite struct OverlayPageTests {
        @Test func `a chat line, a follow and a cheer that Twitch signed are painted on the overlay`() throws {
            let host = try AliceHost()
            let browser = try Browser()
            let decoder = try browser.newPage()
            let page = try browser.overlay(host.address())

            try host.say("hello from Twitch", by: "Mira")
            try host.follow(by: "Newcomer")
            try host.cheer(100, "for the cat", by: "Bruno")

            try page.waitForLine("hello from Twitch")
            try page.wait(until: "probe.texts('events', '.name')[0] === 'Newcomer'", "the follow is an alert")
            try page.wait(until: "probe.texts('tips', '.card').length === 1", "the cheer is a tip")
            #expect(try page.evaluate("probe.texts('chat', '.name')") == ["Mira"])
            #expect(try page.evaluate("probe.texts('events', '.kind')") == ["New follower"])
            let tip = try page.evaluate("probe.texts('tips', '.card > *')")
            #expect(tip == ["TIP:", "Bruno", "100 bits", "for the cat"])
            #expect(try page.evaluate("probe.texts('goals', '.count')") == ["1 / 100"])
            try page.wait(until: "probe.root('chat').getAnimations().length === 0", "the line has come in")
            let place = try page.evaluate("probe.box(probe.all('chat', '.line .text')[0]).map(Math.round)")
            let corner = place.arrayValue?.prefix(2).compactMap(\.integerValue) ?? []
            let alphas = try decoder.alphas(of: page.screenshot(), at: [corner])
            #expect(alphas.first ?? 0 > 200, "the line's ground is painted")
        }

        @Test func `each widget of the starter layout stands in its cells`() throws {
            let host = try AliceHost()
            let page = try Browser().overlay(host.address())

            let boxes = try page.evaluate("probe.boxes()")

            #expect(
                boxes == [
                    "chat": [1440, 360, 480, 600], "events": [480, 120, 960, 360], "goals": [0, 0, 480, 120],
                    "tips": [0, 960, 1920, 120],
                ]
            )
        }

        @Test func `a widget may wear colours of its own and its neighbours keep the theme's`() throws {
            let host = try AliceHost()
            host.server.kill()
            let config = "{\"useThemeColors\":false,\"colorOverrides\":{\"text\":\"#102030\"}}"
            try EventTable(of: host.server).configure("goals", config)
            try host.restart()
            let page = try Browser().overlay(host.address())
            try page.wait(until: "probe.texts('goals', '.label').length === 1", "the goal is there")

            let color = "type => getComputedStyle(probe.root(type).host).getPropertyValue('--th-text').trim()"
            let colors = try page.evaluate("['goals', 'chat', 'tips'].map(\(color))")

            #expect(colors == ["#102030", "#FFFFFF", "#FFFFFF"])
            #expect(try page.evaluate("getComputedStyle(probe.all('goals', '.label')[0]).color") == "rgb(16, 32, 48)")
        }

        @Test func `where no widget is, the game shows through`() throws {
            let host = try AliceHost()
            let browser = try Browser()
            let decoder = try browser.newPage()
            let page = try browser.overlay(host.address())
            try page.wait(until: "probe.texts('goals', '.label').length === 1", "the goal is there")

            let picture = try page.screenshot()

            // A corner without widget, the middle of the screen, an empty chat, an empty alert; last the goal's ground.
            let points: [[Int64]] = [[1900, 10], [960, 700], [1700, 900], [960, 300], [240, 12]]
            let alphas = try decoder.alphas(of: picture, at: points)
            #expect(Array(alphas.prefix(4)) == [0, 0, 0, 0])
            #expect(alphas.last ?? 0 > 200)
        }

        @Test func `what a streamer writes into OBS's Custom CSS box wins over the theme`() throws {
            let host = try AliceHost()
            let page = try Browser().overlay(host.address())
            try page.wait(until: "probe.all('goals', '.fill').length === 1", "the goal is there")
            let color = "getComputedStyle(probe.all('goals', '.fill')[0]).backgroundColor"
            let before = try page.evaluate(color)

            // As OBS does it: https://github.com/obsproject/obs-browser, BrowserClient::OnLoadEnd.
            let style = "Object.assign(document.createElement('style'), { textContent: ':root{--th-primary:#f00}' })"
            _ = try page.evaluate("void document.head.append(\(style))")

            #expect(before == "rgb(94, 168, 255)")
            #expect(try page.evaluate(color) == "rgb(255, 0, 0)")
            try page.expectNoComplaints()
        }

        @Test func `the overlay runs without a complaint of the browser`() throws {
            let host = try AliceHost()
            let page = try Browser().overlay(host.address())
            try host.say("one")
            try host.follow(by: "Newcomer")
            try page.waitForLine("one")

            try page.expectNoComplaints()
        }

        @Test func `the browser's refusals are seen by these tests`() throws {
            let host = try AliceHost()
            let page = try Browser().overlay(host.address())

            let image = "Object.assign(new Image(), { src: 'http://127.0.0.1:1/x' })"
            _ = try page.evaluate("void document.body.append(\(image))")
            _ = try page.evaluate("void setTimeout(() => { throw new Error('a fault of a page') })")
            _ = try page.evaluate("new Promise((done) => setTimeout(done, 100))")

            let complaints = try page.takeComplaints()
            #expect(complaints.contains { $0.contains("Content Security Policy") })
            #expect(complaints.contains { $0.contains("a fault of a page") })
        }

        @Test(arguments: ["/twitch/nobody/overlay", "/foo/bar/overlay", "/kick/alice/overlay"])
        func `an overlay that does not exist is a page that says so`(path: String) throws {
            let host = try AliceHost()
            let page = try Browser().newPage()

            try page.open("http://127.0.0.1:\(host.server.port)\(path)")

            #expect(try page.evaluate("performance.getEntriesByType('navigation')[0].responseStatus") == 404)
            #expect(try page.evaluate("document.querySelector('h1').textContent") == "Not found")
            #expect(try page.evaluate("document.querySelector('.card p').textContent.length > 20") == true)
            let card = try page.evaluate("getComputedStyle(document.querySelector('.card')).borderTopLeftRadius")
            #expect(card != "0px", "the style sheet is there")
            #expect(try page.evaluate("document.getElementById('stage') === null") == true)
        }

        @Test(arguments: [("chat", "hello"), ("events", "Newcomer"), ("goals", "1 / 100"), ("tips", "for the cat")])
        func `a view of one widget fills the window, or the size in its address`(view: String, text: String) throws {
            let host = try AliceHost()
            let browser = try Browser()
            // Alerts wait for an overlay; another page keeps this one's follow from being over before it is asked for.
            let page = try browser.overlay(host.address(view))
            let sized = try browser.overlay(host.address(view) + "?width=400&height=600")
            try host.say("hello")
            try host.follow(by: "Newcomer")
            try host.cheer(100, "for the cat", by: "Bruno")

            for page in [page, sized] {
                try page.wait(until: "probe.root('\(view)')?.textContent.includes('\(text)')", "\(view) shows \(text)")
            }

            #expect(try page.evaluate("probe.boxes()") == .object([view: [0, 0, 1920, 1080]]))
            #expect(try sized.evaluate("probe.boxes()") == .object([view: [0, 0, 400, 600]]))
            try page.resize(width: 500, height: 700)
            #expect(try page.evaluate("probe.boxes()") == .object([view: [0, 0, 500, 700]]))
            try sized.expectNoComplaints()
        }
    }
}
