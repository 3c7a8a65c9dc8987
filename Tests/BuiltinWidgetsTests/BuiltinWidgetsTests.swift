import BuiltinWidgets
import Testing
import WidgetAPI
import WidgetConformance

@Suite struct BuiltinWidgetsTests {
    @Test func `the catalogue has chat, events, goals and tips`() {
        let ids = BuiltinWidgets.all.map(\.manifest.id)

        #expect(ids == ["chat", "events", "goals", "tips"])
    }

    @Test func `a config says the same as its schema when nothing is chosen`() {
        #expect(ChatWidget.Config(ChatWidget().manifest.configSchema.defaults) == ChatWidget.Config([:]))
        #expect(EventsWidget.Config(EventsWidget().manifest.configSchema.defaults) == EventsWidget.Config([:]))
        #expect(GoalsWidget.Config(GoalsWidget().manifest.configSchema.defaults) == GoalsWidget.Config([:]))
        #expect(TipsWidget.Config(TipsWidget().manifest.configSchema.defaults) == TipsWidget.Config([:]))
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
}
