import BuiltinWidgets
import Testing
import WidgetAPI

@Suite struct BuiltinWidgetsTests {
    @Test func `the catalogue has chat, events, goals and tips`() {
        let ids = BuiltinWidgets.all.map(\.manifest.id)

        #expect(ids == ["chat", "events", "goals", "tips"])
    }

    @Test func `every setting has a default that its own schema accepts`() throws {
        for widget in BuiltinWidgets.all {
            let schema = widget.manifest.configSchema

            #expect(try schema.validate([:]) == schema.defaults)
        }
    }

    @Test func `a config says the same as its schema when nothing is chosen`() {
        #expect(ChatWidget.Config(ChatWidget().manifest.configSchema.defaults) == ChatWidget.Config([:]))
        #expect(EventsWidget.Config(EventsWidget().manifest.configSchema.defaults) == EventsWidget.Config([:]))
        #expect(GoalsWidget.Config(GoalsWidget().manifest.configSchema.defaults) == GoalsWidget.Config([:]))
        #expect(TipsWidget.Config(TipsWidget().manifest.configSchema.defaults) == TipsWidget.Config([:]))
    }

    @Test(
        arguments: [
            ("chat", "maxMessages", 5, 50),
            ("events", "displayDuration", 3, 15),
            ("goals", "target", 1, 10_000_000),
            ("tips", "maxItems", 3, 10),
            ("tips", "interval", 5, 60),
            ("tips", "minAmount", 100, 10_000),
        ] as [(String, String, Int64, Int64)]
    )
    func `a number is taken up to the ends of its range and no further`(
        id: String,
        setting: String,
        minimum: Int64,
        maximum: Int64
    ) throws {
        let schema = try schema(id)

        for accepted in [minimum, maximum] {
            #expect(throws: Never.self) { try schema.validate(config(setting, .integer(accepted))) }
        }
        for refused in [minimum - 1, maximum + 1] {
            #expect(throws: ConfigError.self) { try schema.validate(config(setting, .integer(refused))) }
        }
    }

    @Test(arguments: [("goals", "label", 80), ("goals", "currency", 3), ("tips", "prefix", 20)])
    func `a text is taken up to its longest and no further`(id: String, setting: String, longest: Int) throws {
        let schema = try schema(id)
        let text = String(repeating: "x", count: longest)

        #expect(throws: Never.self) { try schema.validate(config(setting, .string(text))) }
        #expect(throws: ConfigError.self) { try schema.validate(config(setting, .string(text + "x"))) }
    }

    @Test(arguments: [
        ("chat", "animation", "bounce"), ("chat", "fontSize", "huge"), ("events", "animation", "none"),
        ("goals", "goalType", "kicks"), ("goals", "style", "donut"),
    ])
    func `a word that is not on the list is refused`(id: String, setting: String, word: String) throws {
        let schema = try schema(id)

        #expect(throws: ConfigError.self) { try schema.validate(config(setting, .string(word))) }
    }

    @Test func `a style sheet loads nothing and stays within its limits`() {
        for widget in BuiltinWidgets.all {
            let sheet = widget.styleSheet

            #expect(sheet.utf8.count < 32 * 1024)
            for refused in ["url(", "@import", "@charset", "@namespace", "\\", ":has(", "@container", "color-mix", "&"]
            {
                #expect(!sheet.contains(refused), "\(widget.manifest.id) has \(refused)")
            }
        }
    }

    @Test func `an event without a readable payload changes nothing`() throws {
        for type in [EventType.chatMessage, .chatDelete, .chatClear, .follow, .subscribe, .tip, .raid, .redemption] {
            var event = TestEvents.follow("broken")
            (event.type, event.payload) = (type, "no object")
            for widget in BuiltinWidgets.all { try expectNothing(of: event, by: widget) }
        }
    }

    private func expectNothing(of event: Event, by widget: some Widget) throws {
        let config = try configOf(widget)
        var state = widget.initialState(config)
        let before = state.json
        var context = WidgetContext(now: Timestamp(milliseconds: 0))

        widget.handle(event, state: &state, config: config, context: &context)

        #expect(state.json == before)
        #expect(context.effects.isEmpty)
    }

    private func configOf<W: Widget>(_ widget: W) throws -> W.Config {
        W.Config(try widget.manifest.configSchema.validate([:]))
    }

    private func schema(_ id: String) throws -> ConfigSchema {
        try #require(BuiltinWidgets.all.first { $0.manifest.id == id }).manifest.configSchema
    }

    private func config(_ setting: String, _ value: JSONValue) -> JSONValue {
        var object = JSONObject()
        object[setting] = value
        return .object(object)
    }
}
