import WidgetAPI

/// What the streamer wants to say, or the last tips, in turn.
///
/// Bits and kicks are tips too: a hundred of them cost about as much as a hundred cents. While no overlay is open
/// nothing moves.
package struct TipsWidget: Widget {
    private static let rotation = "rotate"
    private static let ageing = "age"
    private static let ageingMilliseconds: Int64 = 60_000

    package let manifest = WidgetManifest(
        id: "tips",
        name: "Tips",
        version: "1.1.0",
        description: "Shows messages of yours, or the last tips, one after the other.",
        icon: "tip",
        category: .display,
        defaultSize: .init(width: 12, height: 1),
        events: ["event:tip", "chat:delete", "chat:clear", "overlay:presence"],
        permissions: [.timers],
        configSchema: Config.schema,
        samples: [
            .init(.tip), .init(.tip, Tip(user: nil, amount: Money(minor: 250, currency: "BITS"), kind: .bits).json),
        ]
    )

    package init() {}

    package func initialState(_ config: Config) -> State {
        State()
    }

    package func handle(_ event: Event, state: inout State, config: Config, context: inout WidgetContext) {
        var startsAgain = false
        switch event.type {
        case .tip:
            guard let tip = Tip(json: event.payload), tip.amount.minor >= config.minAmount else { return }
            state.add(ShownTip(tip, of: event, at: context.now))
            // The newest is shown at once and has its full time.
            startsAgain = config.mode == .donations
        case .timer(Self.rotation): state.rotate(config)
        case .timer(Self.ageing): break
        case .overlayPresence:
            guard let isOpen = event.payload["open"]?.boolValue else { return }
            state.isWatched = isOpen
        case .chatDelete:
            guard let deletion = ChatDeletion(json: event.payload) else { return }
            state.remove(config) { $0.origin.platform == event.platform && $0.origin.id == deletion.messageId }
        case .chatClear:
            // Clearing the whole chat is about its lines; a tip goes with the person who gave it.
            guard let userId = ChatClearing(json: event.payload)?.userId else { return }
            state.remove(config) { $0.origin.platform == event.platform && $0.userId == userId }
        default: return
        }
        if startsAgain { state.restart() }
        state.clock = context.now
        runTimers(&state, config, &context, startsAgain: startsAgain)
    }

    package func configChanged(
        from old: Config,
        to new: Config,
        state: inout State,
        context: inout WidgetContext
    ) {
        let isOther = old.mode != new.mode || old.style != new.style
        if isOther { state.restart() }
        state.clock = context.now
        runTimers(&state, new, &context, startsAgain: isOther || old.intervalSeconds != new.intervalSeconds)
    }

    /// Version 1.0.0 knew donations only.
    package func migrate(config: JSONObject, from version: String) -> JSONObject {
        guard version == "1.0.0", config["mode"] == nil else { return config }
        var config = config
        config["mode"] = .string(Config.Mode.donations.rawValue)
        return config
    }

    /// A widget that has nothing to change costs nothing.
    private func runTimers(
        _ state: inout State,
        _ config: Config,
        _ context: inout WidgetContext,
        startsAgain: Bool
    ) {
        let rotates = state.isWatched && state.pages(config) > 1
        if rotates, startsAgain || !state.isRotating {
            context.repeatTimer(Self.rotation, everyMilliseconds: config.intervalSeconds * 1000)
        } else if !rotates, state.isRotating {
            context.cancelTimer(Self.rotation)
        }
        state.isRotating = rotates
        let ages =
            state.isWatched && config.showsAges && config.mode == .donations && !state.shown(config).isEmpty
        if ages, !state.isAgeing {
            context.repeatTimer(Self.ageing, everyMilliseconds: Self.ageingMilliseconds)
        } else if !ages, state.isAgeing {
            context.cancelTimer(Self.ageing)
        }
        state.isAgeing = ages
    }
}
