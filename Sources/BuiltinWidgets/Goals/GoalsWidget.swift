import WidgetAPI

/// How far the streamer is on the way to a number of followers, subscribers, bits or an amount of tips.
package struct GoalsWidget: Widget {
    package let manifest = WidgetManifest(
        id: "goals",
        name: "Goals",
        version: "1.0.0",
        description: "Shows the way to a number of followers, subscribers or bits, or to an amount of tips.",
        category: .goals,
        defaultSize: .init(width: 3, height: 1),
        events: ["event:follow", "event:subscribe", "event:tip"],
        configSchema: Config.schema
    )

    package init() {}

    package func initialState(_ config: Config) -> State {
        State()
    }

    package func handle(_ event: Event, state: inout State, config: Config, context: inout WidgetContext) {
        guard !event.isTest else { return }
        switch event.type {
        case .follow: if let follow = Follow(json: event.payload) { state.count(follow) }
        case .subscribe: if let subscription = Subscription(json: event.payload) { state.count(subscription) }
        case .tip: if let tip = Tip(json: event.payload) { state.count(tip, currency: config.currency) }
        default: break
        }
    }
}
