import WidgetAPI

/// Alerts, one at a time and in their order.
///
/// They wait while no overlay is open: an alert that nobody could see would be lost.
package struct EventsWidget: Widget {
    private static let timer = "next"

    package let manifest = WidgetManifest(
        id: "events",
        name: "Events",
        version: "1.0.0",
        description: "Shows follows, subscriptions, tips, raids and rewards as alerts, one at a time.",
        category: .alerts,
        defaultSize: .init(width: 6, height: 3),
        events: [
            "event:follow", "event:subscribe", "event:tip", "event:raid", "event:redemption", "overlay:presence",
        ],
        permissions: [.timers],
        configSchema: Config.schema
    )

    package init() {}

    package func initialState(_ config: Config) -> State {
        State()
    }

    package func handle(_ event: Event, state: inout State, config: Config, context: inout WidgetContext) {
        switch event.type {
        case .overlayPresence: state.isOverlayOpen = event.payload["open"]?.boolValue ?? state.isOverlayOpen
        case .timer(Self.timer): state.endCurrent()
        default:
            guard let alert = alert(for: event, state: &state, config: config, now: context.now) else { return }
            state.enqueue(alert)
        }
        guard state.showNext(at: context.now) else { return }
        context.startTimer(Self.timer, afterMilliseconds: config.displaySeconds * 1000)
    }

    /// The alert the streamer wants to see for that event, or `nil`.
    private func alert(for event: Event, state: inout State, config: Config, now: Timestamp) -> Alert? {
        switch event.type {
        case .follow where config.showFollows:
            Follow(json: event.payload).map { Alert($0, of: event) }
        case .subscribe where config.showSubs:
            Subscription(json: event.payload).flatMap { alert(for: $0, of: event, state: &state, now: now) }
        case .tip where config.showTips:
            Tip(json: event.payload).map { Alert($0, of: event) }
        case .raid where config.showRaids:
            Raid(json: event.payload).map { Alert($0, of: event) }
        case .redemption:
            // The platform has given the points back: nothing happened that one should celebrate.
            Redemption(json: event.payload).flatMap { $0.status == "canceled" ? nil : Alert($0, of: event) }
        default:
            nil
        }
    }

    private func alert(
        for subscription: Subscription,
        of event: Event,
        state: inout State,
        now: Timestamp
    ) -> Alert? {
        if subscription.isGiftBomb {
            state.remember(GiftBomb(subscription, of: event, at: now), at: now)
        } else if subscription.kind == .gift, subscription.giftCount ?? 1 == 1,
            state.takeFromBomb(subscription, of: event, at: now)
        {
            return nil
        }
        return Alert(subscription, of: event)
    }
}
