import Testing
import WidgetAPI

@testable import Host

@Suite struct SwiftWidgetInstanceTests {
    @Test func `a timer fires before the first row that is not earlier than it`() throws {
        let widget = try instance()
        widget.apply(row(1, at: 0))

        widget.apply(row(2, at: 999))
        widget.apply(row(3, at: 1000))

        #expect(text(widget) == "row@0 row@999 bell@1000 row@1000")
    }

    @Test func `timers that fire as they happen and timers of a replay give the same picture`() throws {
        let live = try instance()
        live.apply(row(1, at: 0))
        live.advance(to: Timestamp(milliseconds: 1000))
        live.advance(to: Timestamp(milliseconds: 1700))
        live.apply(row(2, at: 2500))

        let replayed = try instance()
        replayed.apply(row(1, at: 0))
        replayed.apply(row(2, at: 2500))

        #expect(text(live) == text(replayed))
        #expect(live.checkpoint() == replayed.checkpoint())
    }

    @Test func `a widget goes on from its checkpoint as if nothing had happened`() throws {
        let original = try instance()
        original.apply(row(1, at: 0))
        let saved = original.checkpoint()
        let stored = WidgetCheckpoint(
            widgetId: saved.widgetId,
            seq: saved.seq,
            clock: saved.clock,
            content: try JSONValue(parsing: saved.content.text)
        )

        let restored = try instance(from: stored)
        for widget in [original, restored] {
            widget.apply(row(1, at: 0))
            widget.apply(row(2, at: 3000))
        }

        #expect(text(restored) == text(original))
        #expect(restored.nextTimer == original.nextTimer)
    }

    @Test func `a repeating timer catches up with every firing it has missed`() throws {
        let widget = try instance()
        widget.apply(row(1, at: 0, "repeat"))

        widget.advance(to: Timestamp(milliseconds: 3500))

        #expect(text(widget) == "repeat@0 bell@1000 bell@2000 bell@3000")
        #expect(widget.nextTimer == Timestamp(milliseconds: 4000))
    }

    @Test func `a timer cannot be set for less than 50 milliseconds`() throws {
        let widget = try instance()

        widget.apply(row(1, at: 100, "hasty"))

        #expect(widget.nextTimer == Timestamp(milliseconds: 150))
    }

    @Test func `a 33rd timer is refused and says why`() throws {
        let widget = try instance()

        widget.apply(row(1, at: 0, "crowd"))

        #expect(widget.takeLog().map(\.1) == ["timer t32: a widget may have 32 timers"])
        #expect(widget.checkpoint().content["timers"]?.arrayValue?.count == 32)
    }

    @Test func `a row that it has seen already changes nothing`() throws {
        let widget = try instance()
        widget.apply(row(5, at: 0))

        widget.apply(row(5, at: 10))
        widget.apply(row(4, at: 20))

        #expect(text(widget) == "row@0")
        #expect(widget.seq == 5)
    }

    @Test func `settings that the schema refuses do not start a widget`() {
        #expect(throws: ConfigError.self) {
            try SwiftWidgetInstance(Chronicle(), placed: placed(config: ["unknown": 1]), from: nil)
        }
    }

    private func instance(from checkpoint: WidgetCheckpoint? = nil) throws -> SwiftWidgetInstance<Chronicle> {
        try SwiftWidgetInstance(Chronicle(), placed: placed(), from: checkpoint)
    }

    private func placed(config: JSONValue = [:]) -> PlacedWidget {
        PlacedWidget(
            id: PlacedWidget.ID("w"),
            type: "chronicle",
            settings: WidgetSettings(version: "1.0.0", config: config),
            position: .init(x: 0, y: 0, width: 1, height: 1)
        )
    }

    private func row(_ seq: Int64, at milliseconds: Int64, _ word: String = "row") -> Event {
        Event(
            id: Event.ID("\(seq)"),
            seq: seq,
            type: "test:row",
            platform: "twitch",
            occurredAt: Timestamp(milliseconds: milliseconds),
            receivedAt: Timestamp(milliseconds: milliseconds),
            payload: .string(word)
        )
    }

    private func text(_ widget: some WidgetInstance) -> String {
        guard case .text(let text)? = widget.render().children.first else { return "" }
        return text
    }
}

/// Writes down what it is told and when, and sets timers as it is told.
private struct Chronicle: Widget {
    struct Config: WidgetConfig {
        init(_ settings: JSONObject) {}
    }

    struct State: JSONConvertible {
        var words: [String] = []

        init() {}

        init?(json: JSONValue) {
            words = json.arrayValue?.compactMap(\.stringValue) ?? []
        }

        var json: JSONValue { .array(words.map(JSONValue.string)) }
    }

    let manifest = WidgetManifest(
        id: "chronicle",
        name: "Chronicle",
        version: "1.0.0",
        description: "For tests.",
        category: .tools,
        defaultSize: .init(width: 1, height: 1),
        events: ["test:*"],
        permissions: [.timers],
        configSchema: ConfigSchema([])
    )
    let styleSheet = ""

    func initialState(_ config: Config) -> State {
        State()
    }

    func handle(_ event: Event, state: inout State, config: Config, context: inout WidgetContext) {
        let word = event.type == .timer("bell") ? "bell" : event.payload.stringValue ?? ""
        state.words.append("\(word)@\(context.now.milliseconds)")
        switch word {
        case "row": if state.words.count == 1 { context.startTimer("bell", afterMilliseconds: 1000) }
        case "repeat": context.repeatTimer("bell", everyMilliseconds: 1000)
        case "hasty": context.startTimer("bell", afterMilliseconds: 1)
        case "crowd": for number in 0...32 { context.startTimer("t\(number)", afterMilliseconds: 1000) }
        default: break
        }
    }

    func render(_ state: State, config: Config) -> View {
        View(.text(state.words.joined(separator: " ")))
    }
}
