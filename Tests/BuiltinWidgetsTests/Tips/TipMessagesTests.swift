import BuiltinWidgets
import Testing
import WidgetAPI
import WidgetConformance

@Suite struct TipMessagesTests {
    @Test func `without messages nothing is shown`() throws {
        var tips = try WidgetRun(TipsWidget(), ["messages": [["text": "Off", "enabled": false], ["text": "  "]]])

        try tips.take(TestEvents.overlay(open: true))

        #expect(tips.view == View())
        #expect(tips.timers.isEmpty)
    }

    @Test func `messages that are switched on take turns in their order and around`() throws {
        var tips = try Self.run(["One", "Two", "Three"], ["interval": 5], off: "Never")
        try tips.take(TestEvents.overlay(open: true))

        var shown = tips.texts(of: "text")
        for _ in 1...3 {
            try tips.wait(seconds: 5)
            shown += tips.texts(of: "text")
        }

        #expect(shown == ["One", "Two", "Three", "One"])
    }

    @Test(arguments: [5, 60] as [Int64]) func `each has the time that the streamer wants`(seconds: Int64) throws {
        var tips = try Self.run(["One", "Two"], ["interval": .integer(seconds)])
        try tips.take(TestEvents.overlay(open: true))

        try tips.wait(seconds: seconds - 1)
        let before = tips.texts(of: "text")
        try tips.wait(seconds: 1)

        #expect(before == ["One"])
        #expect(tips.texts(of: "text") == ["Two"])
    }

    @Test func `nothing moves while nobody looks, and then it goes on from there`() throws {
        var tips = try Self.run(["One", "Two", "Three"])
        try tips.take(TestEvents.overlay(open: true))
        try tips.wait(seconds: 8)

        try tips.take(TestEvents.overlay(open: false))
        let timers = tips.timers.count
        try tips.wait(seconds: 100)
        let away = tips.texts(of: "text")
        try tips.take(TestEvents.overlay(open: true))
        try tips.wait(seconds: 8)

        #expect(timers == 0)
        #expect(away == ["Two"])
        #expect(tips.texts(of: "text") == ["Three"])
    }

    @Test func `one message alone needs no timer`() throws {
        var tips = try Self.run(["One"])

        try tips.take(TestEvents.overlay(open: true))

        #expect(tips.texts == ["TIP:", "One"])
        #expect(tips.timers.isEmpty)
    }

    @Test func `a second message that is added on air takes its turn`() throws {
        var tips = try Self.run(["One"])
        try tips.take(TestEvents.overlay(open: true))

        try tips.change(Self.settings(["One", "Two"]))
        try tips.wait(seconds: 8)
        let shown = tips.texts(of: "text")
        try tips.change(Self.settings(["One"]))

        #expect(shown == ["Two"])
        #expect(tips.texts(of: "text") == ["One"])
        #expect(tips.timers.isEmpty)
    }

    @Test func `another interval begins at once, another order does not begin again`() throws {
        var tips = try Self.run(["One", "Two"], ["interval": 60])
        try tips.take(TestEvents.overlay(open: true))

        try tips.change(Self.settings(["One", "Two"], ["interval": 5]))
        try tips.wait(seconds: 5)
        let shown = tips.texts(of: "text")
        try tips.change(Self.settings(["Two", "One"], ["interval": 5]))

        #expect(shown == ["Two"])
        #expect(tips.texts(of: "text") == ["One"])
        #expect(tips.timers["rotate"]?.intervalMilliseconds == 5000)
    }

    @Test func `a widget that nobody told of an overlay moves with the first thing that happens`() throws {
        var tips = try Self.run(["One", "Two"])

        try tips.take(TestEvents.tip("1", 500))
        try tips.wait(seconds: 8)

        #expect(tips.texts(of: "text") == ["Two"])
    }

    @Test func `a list shows as many at once as the streamer wants, and then the rest`() throws {
        var tips = try Self.run(["1", "2", "3", "4", "5", "6", "7"], ["style": "list", "maxItems": 3])
        try tips.take(TestEvents.overlay(open: true))

        var pages = [tips.texts(of: "text")]
        for _ in 1...3 {
            try tips.wait(seconds: 8)
            pages.append(tips.texts(of: "text"))
        }

        #expect(pages == [["1", "2", "3"], ["4", "5", "6"], ["7"], ["1", "2", "3"]])
    }

    @Test func `a list that comes out even has no empty page`() throws {
        var tips = try Self.run(["1", "2", "3", "4", "5", "6"], ["style": "list", "maxItems": 3])
        try tips.take(TestEvents.overlay(open: true))

        try tips.wait(seconds: 16)

        #expect(tips.texts(of: "text") == ["1", "2", "3"])
    }

    @Test func `a tip does not interrupt messages`() throws {
        var tips = try Self.run(["One", "Two"])
        try tips.take(TestEvents.overlay(open: true))
        try tips.wait(seconds: 12)

        try tips.take(TestEvents.tip("1", 500))
        let shown = tips.texts(of: "text")
        try tips.wait(seconds: 4)

        #expect(shown == ["Two"])
        #expect(tips.texts(of: "text") == ["One"])
    }

    @Test(arguments: ["list", "ticker"]) func `what is on screen whole does not take turns`(style: String) throws {
        var tips = try Self.run(["One", "Two"], ["style": .string(style)])

        try tips.take(TestEvents.overlay(open: true))

        #expect(Set(tips.texts(of: "text")) == ["One", "Two"])
        #expect(tips.timers.isEmpty)
    }

    @Test(arguments: ["card", "list", "ticker"])
    func `fifty of the longest messages fit into a view`(style: String) throws {
        for letter in ["x", "漢", "👩🏽‍🚀", "\""] {
            let texts = (1...50).map { _ in String(repeating: letter, count: 200) }
            var tips = try Self.run(texts, ["style": .string(style), "maxItems": 10])

            // The run measures the view.
            try tips.take(TestEvents.overlay(open: true))

            #expect(!tips.texts(of: "text").isEmpty)
        }
    }

    @Test(
        arguments: [
            [["text": "a"]], [["text": "a", "enabled": false]], [],
        ] as [JSONValue]
    )
    func `a message is a text that may be switched off`(messages: JSONValue) {
        #expect(throws: Never.self) { try TipsWidget().manifest.configSchema.validate(["messages": messages]) }
    }

    @Test(
        arguments: [
            [["text": ""]], [["enabled": true]], ["a"], [["text": "a", "color": "red"]], [["text": "a\nb"]],
            [["text": "a", "enabled": "no"]],
        ] as [JSONValue]
    )
    func `what is no message is refused`(messages: JSONValue) {
        #expect(throws: ConfigError.self) { try TipsWidget().manifest.configSchema.validate(["messages": messages]) }
    }

    @Test func `fifty messages of two hundred letters are taken and no more`() {
        let schema = TipsWidget().manifest.configSchema
        let message = { (letters: Int) -> JSONValue in ["text": .string(String(repeating: "x", count: letters))] }

        #expect(throws: Never.self) {
            try schema.validate(["messages": .array(Array(repeating: message(200), count: 50))])
        }
        #expect(throws: ConfigError.self) {
            try schema.validate(["messages": .array(Array(repeating: message(1), count: 51))])
        }
        #expect(throws: ConfigError.self) { try schema.validate(["messages": [message(201)]]) }
    }

    private static func run(
        _ texts: [String],
        _ settings: JSONObject = [:],
        off: String? = nil
    ) throws -> WidgetRun<TipsWidget> {
        try WidgetRun(TipsWidget(), self.settings(texts, settings, off: off))
    }

    private static func settings(
        _ texts: [String],
        _ settings: JSONObject = [:],
        off: String? = nil
    ) -> JSONValue {
        var messages: [JSONValue] = texts.map { ["text": .string($0)] }
        if let off { messages.insert(["text": .string(off), "enabled": false], at: 1) }
        var settings = settings
        settings["messages"] = .array(messages)
        return .object(settings)
    }
}
