import WidgetAPI

/// The last tips, one at a time, newest first.
///
/// Bits and kicks are tips too: a hundred of them cost about as much as a hundred cents.
package struct TipsWidget: Widget {
    private static let timer = "rotate"

    package let manifest = WidgetManifest(
        id: "tips",
        name: "Tips",
        version: "1.0.0",
        description: "Shows the last tips, one after the other.",
        category: .display,
        defaultSize: .init(width: 12, height: 1),
        events: ["event:tip"],
        permissions: [.timers],
        configSchema: Config.schema
    )

    package init() {}

    package func initialState(_ config: Config) -> State {
        State()
    }

    package func handle(_ event: Event, state: inout State, config: Config, context: inout WidgetContext) {
        switch event.type {
        case .tip:
            guard let tip = Tip(json: event.payload), tip.amount.minor >= config.minAmount else { return }
            state.add(ShownTip(tip, of: event), keeping: config.maxItems)
            guard state.tips.count > 1 else { return }
            // Starting again gives the newest its full time.
            context.repeatTimer(Self.timer, everyMilliseconds: config.intervalSeconds * 1000)
        case .timer(Self.timer):
            state.rotate()
        default:
            break
        }
    }
}
