import WidgetAPI

/// How far the streamer is on the way to a number of followers, subscribers, bits or points, or to an amount of tips.
package struct GoalsWidget: Widget {
    private static let timer = "celebrated"
    private static let celebrationMilliseconds: Int64 = 8000

    package let manifest = WidgetManifest(
        id: "goals",
        name: "Goals",
        version: "1.1.0",
        description: "Shows the way to a number of followers, subscribers, bits or points, or to an amount of tips.",
        icon: "goal",
        category: .goals,
        defaultSize: .init(width: 3, height: 1),
        events: ["event:follow", "event:subscribe", "event:tip", "event:raid", "stats:counts"],
        permissions: [.timers],
        configSchema: Config.schema,
        samples: [.init(.follow), .init(.subscribe), .init(.tip), .init(.raid)]
    )

    package init() {}

    package func initialState(_ config: Config) -> State {
        State(config)
    }

    package func handle(_ event: Event, state: inout State, config: Config, context: inout WidgetContext) {
        if event.type == .timer(Self.timer) { state.endCelebration() }
        guard !event.isTest else { return }
        var tally = state.tally
        let change = tally.count(event, currency: config.currency)
        guard change != .none else { return }
        let uncounted = state.uncountedTips(config)
        let isReached = state.take(tally, at: context.now, config)
        // Once for each currency, not for each tip: a donor could fill the log.
        for currency in state.uncountedTips(config).currencies where uncounted.counts[currency] == nil {
            context.log(.warning, "no rate from \(currency) to \(config.currency): such tips are not counted")
        }
        if isReached, change.isAchievement(of: config.goalType) { celebrate(&state, config, &context) }
    }

    /// A target that is set below the value is no achievement; a value that the streamer raises by hand is.
    package func configChanged(
        from old: Config,
        to new: Config,
        state: inout State,
        context: inout WidgetContext
    ) {
        let isByHand = old.source == .manual && new.source == .manual && old.identity == new.identity
        state.pass(context.now, new)
        // What was switched off, or belonged to another goal, does not come back.
        if !new.celebrates || !state.isCelebrating(new), state.endCelebration() { context.cancelTimer(Self.timer) }
        if state.remember(new), isByHand { celebrate(&state, new, &context) }
    }

    /// Version 1.0.0 took any text for a currency.
    package func migrate(config: JSONObject, from version: String) -> JSONObject {
        let currency = Array((config["currency"]?.stringValue ?? "").utf8)
        let isCurrency = currency.count == 3 && currency.allSatisfy { (65...90).contains($0) }
        guard version == "1.0.0", !isCurrency else { return config }
        var config = config
        config["currency"] = nil
        return config
    }

    /// Version 1.0.0 kept four sums, of no platform, and of tips those of one currency.
    package func migrate(state: JSONValue, from version: String) -> JSONValue {
        guard version == "1.0.0" else { return state }
        let tally = GoalTally(
            follows: state["follows"]?.integerValue ?? 0,
            subscriptions: state["subscriptions"]?.integerValue ?? 0,
            bits: state["bits"]?.integerValue ?? 0,
            tips: state["tips"].flatMap(Money.init(json:)) ?? Money(minor: 0, currency: "")
        )
        return State.json(tally)
    }

    private func celebrate(_ state: inout State, _ config: Config, _ context: inout WidgetContext) {
        guard config.celebrates else { return }
        state.celebrate(config)
        context.startTimer(Self.timer, afterMilliseconds: Self.celebrationMilliseconds)
    }
}
