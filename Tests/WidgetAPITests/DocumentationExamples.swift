import Testing
import WidgetAPI

/// The examples of the documentation, word for word, so that each of them compiles and does what it says.
@Suite struct DocumentationExamples {
    @Test func `a JSON value`() {
        let payload: JSONValue = ["user": ["displayName": "Aurora99"], "viewers": 12]
        let name = payload["user"]?["displayName"]?.stringValue  // "Aurora99"

        #expect(name == "Aurora99")
    }

    @Test func `a JSON writer`() {
        var writer = JSONWriter()
        writer.write(["total": 3])
        let text = writer.text  // {"total":3}

        #expect(text == "{\"total\":3}")
    }

    @Test func `an identifier`() {
        enum Cup {}
        let id = Identifier<Cup>("01935c7e-…")

        #expect(id.description == "01935c7e-…")
    }

    @Test func `an amount of money`() {
        let (cents, yen) = (Money.minorUnits(of: "EUR"), Money.minorUnits(of: "JPY"))  // 100 and 1

        #expect(cents == 100 && yen == 1)
    }

    @Test func `a view`() {
        let view = View(
            .element(.div, class: "line", .element(.b, .text("Aurora99")), .text("hello"))
        )

        #expect(view.children.count == 1)
    }

    @Test func `an attribute`() {
        let bar = Node.element(.progress, attributes: [.init(.value, "68"), .init(.maximum, "100")])

        #expect(bar != .element(.progress))
    }

    @Test func `a style`() {
        let bar = Node.element(.div, class: "bar", style: [.init(.custom("fill"), "68%")])

        #expect(bar == .element(.div, class: "bar", style: [.init(.custom("fill"), "68%")]))
    }

    @Test func `a config schema`() throws {
        let schema = ConfigSchema([
            .init("maxMessages", .integer(5...50), default: 15, title: "Messages on screen"),
            .init("animation", .choice("slide", "fade", "none"), default: "slide", title: "Animation"),
        ])

        #expect(try schema.validate(["maxMessages": 50]) == ["maxMessages": 50, "animation": "slide"])
    }

    @Test func `a widget`() {
        let counter = FollowCounter()
        var state = counter.initialState(.init([:]))
        var context = WidgetContext(now: Timestamp(milliseconds: 0))
        let follow = Event(
            id: Event.ID("1"),
            seq: 1,
            type: .follow,
            platform: "twitch",
            occurredAt: context.now,
            receivedAt: context.now,
            payload: Follow(user: nil).json
        )

        counter.handle(follow, state: &state, config: .init([:]), context: &context)

        #expect(counter.render(state, config: .init([:])) == View(.element(.div, class: "count", .text("1"))))
    }
}

struct FollowCounter: Widget {
    struct Config: WidgetConfig {
        init(_ settings: JSONObject) {}
    }

    struct State: JSONConvertible {
        var follows: Int64 = 0

        init() {}

        init?(json: JSONValue) {
            guard let follows = json.integerValue else { return nil }
            self.follows = follows
        }

        var json: JSONValue { .integer(follows) }
    }

    let manifest = WidgetManifest(
        id: "follow-counter",
        name: "Follow counter",
        version: "1.0.0",
        description: "Counts new followers.",
        category: .stats,
        defaultSize: .init(width: 2, height: 1),
        events: ["event:follow"],
        configSchema: ConfigSchema([])
    )
    let styleSheet = ".count { color: var(--th-text) }"

    func initialState(_ config: Config) -> State {
        State()
    }

    func handle(_ event: Event, state: inout State, config: Config, context: inout WidgetContext) {
        state.follows += event.isTest ? 0 : 1
    }

    func render(_ state: State, config: Config) -> View {
        View(.element(.div, class: "count", .text("\(state.follows)")))
    }
}
