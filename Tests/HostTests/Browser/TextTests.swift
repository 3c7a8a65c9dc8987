import Testing
import WidgetAPI

extension BrowserTests {
    @Suite struct TextTests {
        @Test(arguments: ViewersText.all)
        func `what viewers write is text, whatever it is`(_ text: ViewersText) throws {
            let host = try AliceHost()
            let page = try Browser().overlay(host.address())
            try host.say("an ordinary line")
            try page.waitForLine("an ordinary line")
            let boxes = try page.evaluate("probe.boxes()")

            try host.say(text.written, by: text.written)
            try host.follow(by: text.written)
            try host.cheer(100, text.written, by: text.written)
            try host.say("the line after it")
            try page.waitForLine("the line after it")
            try page.wait(until: "probe.texts('events', '.name').length === 1", "the alert is there")
            try page.wait(until: "probe.texts('tips', '.message').length === 1", "the tip is there")

            #expect(try page.chatLines() == ["an ordinary line", text.asMessage, "the line after it"])
            #expect(try page.evaluate("probe.texts('chat', '.line .name')[1]") == .string(text.asName))
            #expect(try page.evaluate("probe.texts('events', '.alert:not(.leaving) .name')[0]") == .string(text.asName))
            #expect(try page.evaluate("probe.texts('tips', '.card:not(.leaving) .name')[0]") == .string(text.asName))
            try Self.expectNothingButText(page)
            let (boxesNow, overflows) = (try page.evaluate("probe.boxes()"), try page.evaluate(Self.overflows))
            #expect(boxesNow == boxes, "every widget is where it was")
            #expect(overflows == [])
            try page.expectNoComplaints()
        }

        @Test func `a long name leaves room for the amount of a tip, however narrow the ticker is`() throws {
            let host = try AliceHost()
            let page = try Browser().overlay(host.address("tips") + "?width=600&height=100")

            try host.cheer(12_345, "for the cat, with love", by: String(repeating: "W", count: 40))
            try page.wait(until: "probe.texts('tips', '.amount')[0] === '12345 bits'", "the tip is there")

            let amount = "probe.all('tips', '.amount')[0].getBoundingClientRect()"
            #expect(try page.evaluate("\(amount).left > 100 && \(amount).right <= 552") == true)
            let name = "probe.all('tips', '.name')[0]"
            #expect(try page.evaluate("\(name).clientWidth > 100") == true)
            #expect(try page.evaluate("getComputedStyle(\(name)).textOverflow") == "ellipsis")
        }

        /// Elements that no widget makes.
        private static func expectNothingButText(_ page: Page) throws {
            let foreign = try page.evaluate(
                """
                ["chat", "events", "goals", "tips"].flatMap((type) => probe.all(type, "*"))
                  .map((element) => element.localName).filter((name) => !["div", "span"].includes(name))
                """
            )
            #expect(foreign == [])
        }

        /// What stands wider than its place, or sideways outside of it.
        ///
        /// Chat lines for which there is no room stand outside as a whole, where nobody sees them.
        private static let overflows = """
            [...document.querySelectorAll(".slot")].flatMap((slot) => {
              const { left, right } = slot.getBoundingClientRect()
              const all = (selector) => [...slot.firstElementChild.shadowRoot.querySelectorAll(selector)]
              const isSeen = (element) => (element.closest(".line") ?? slot).getBoundingClientRect().left < right
              const faults = slot.scrollWidth > slot.clientWidth ? [slot.dataset.type] : []
              for (const box of all(".line, .alert, .tips").filter(isSeen)) {
                if (box.scrollWidth > box.clientWidth) faults.push(`${slot.dataset.type}: ${box.scrollWidth} px wide`)
              }
              for (const line of all(".line, .line *, .alert > div").filter(isSeen)) {
                for (const box of line.getClientRects()) {
                  if (box.left < left - 1 || box.right > right + 1) faults.push(`${line.className} outside`)
                }
              }
              return faults
            })
            """
    }
}

/// Something a viewer may write, as message and as name.
struct ViewersText: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let written: String
    /// As the chat widget shows it: 500 characters and 2,000 bytes.
    let asMessage: String
    /// As every widget shows names: 40 characters and 120 bytes.
    let asName: String

    private init(_ testDescription: String, _ written: String, asMessage: String? = nil, asName: String? = nil) {
        self.testDescription = testDescription
        self.written = written
        self.asMessage = asMessage ?? written
        self.asName = asName ?? self.asMessage
    }

    private static let family = "👨‍👩‍👧‍👦"
    private static let accents = String(repeating: "\u{301}", count: 200)

    static let all = [
        ViewersText("script", "<script>alert(1)</script>"),
        ViewersText("image", "<img src=x onerror=alert(1)>"),
        ViewersText("quotes", #""'`\"\\' onload="alert(1)"#),
        ViewersText("entities", "&amp; &lt;b&gt; &#60;"),
        ViewersText("template", "${alert(1)} {{7*7}} </div>"),
        ViewersText("override", "ab\u{202E}gnp.exe\u{202C} cd"),
        ViewersText("right-to-left marks", "\u{200F}مرحبا\u{200E} abc \u{2067}שלום\u{2069}"),
        ViewersText("family", family, asMessage: family),
        ViewersText(
            "500 emoji",
            String(repeating: "🎉", count: 500),
            asName: String(repeating: "🎉", count: 30) + "…"
        ),
        ViewersText(
            "a word of 10,000 letters",
            String(repeating: "W", count: 10_000),
            asMessage: String(repeating: "W", count: 500) + "…",
            asName: String(repeating: "W", count: 40) + "…"
        ),
        ViewersText("combining marks", "Z\(accents)algo", asName: "…"),
        ViewersText("control characters", "a\u{0}b\u{7}c\u{1B}[31m\nd\u{7F}", asMessage: "a b c [31m d "),
    ]
}
