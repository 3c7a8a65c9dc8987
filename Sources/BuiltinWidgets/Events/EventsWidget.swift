import WidgetAPI

/// Alerts, one at a time, the important ones first.
///
/// They wait while no overlay is open: an alert that nobody could see would be lost. One that came on screen when the
/// last page was just going, or the host crashing, waits again unless a page has said that it was seen. The queue
/// depends on nothing but the log and one timer, so no picture or sound that fails can hold it up.
package struct EventsWidget: Widget {
    /// One timer for all: the end of the alert on screen, or of the rest after it.
    private static let timer = "next"
    /// Exits take at most 300 ms; a little more, and no two alerts are ever seen at once.
    private static let restMilliseconds: Int64 = 400
    private static let chime = "assets/chime.wav"

    package let manifest = WidgetManifest(
        id: "events",
        name: "Events",
        version: "1.1.0",
        description: "Shows follows, subscriptions, tips, raids and rewards as alerts, one at a time.",
        icon: "alert",
        category: .alerts,
        defaultSize: .init(width: 6, height: 3),
        events: [
            "event:follow", "event:subscribe", "event:tip", "event:raid", "event:redemption", "alert:*",
            "overlay:presence", "chat:notice", "chat:delete", "chat:clear",
        ],
        permissions: [.timers, .sound],
        configSchema: Config.schema,
        samples: Self.samples
    )

    package init() {}

    package func initialState(_ config: Config) -> State {
        State()
    }

    package func handle(_ event: Event, state: inout State, config: Config, context: inout WidgetContext) {
        let wasResting = state.isResting
        take(event, state: &state, config: config, context: &context)
        advance(&state, wasResting: wasResting, config: config, context: &context)
    }

    package func configChanged(from old: Config, to new: Config, state: inout State, context: inout WidgetContext) {
        state.drop { !new.wants($0) }
    }

    package func alerts(in state: State) -> AlertQueueReport? {
        AlertQueueReport(
            isPaused: state.isPaused,
            current: state.shown?.alert?.place,
            waiting: state.queue.waiting.map(\.place)
        )
    }

    private func take(_ event: Event, state: inout State, config: Config, context: inout WidgetContext) {
        switch event.type {
        case .timer(Self.timer): state.timeIsUp()
        case .overlayPresence:
            guard let isOpen = event.payload["open"]?.boolValue else { return }
            let expired = state.setOverlay(isOpen: isOpen, config, at: context.now)
            guard expired > 0 else { return }
            let what = expired == 1 ? "1 alert" : "\(expired) alerts"
            context.log(.info, "\(what) waited for an overlay for more than \(config.maximumAge) min")
        case .alertShown: if let place = event.payload["seq"]?.integerValue { state.see(place) }
        case .alertPause: state.pause()
        case .alertResume: state.resume()
        case .alertSkip: state.endShown()
        case .alertClear: state.clear()
        case .alertReplay:
            guard let original = AlertReplay(json: event.payload)?.event,
                var alert = Alert(original, roll: context.random(below: Alert.rollLimit), at: context.now)
            else { return }
            alert.place = event.seq
            state.replay(alert)
        case .chatNotice:
            if let notice = SharedNotice(event, at: context.now) { state.take(notice) }
        case .chatDelete:
            guard let deletion = ChatDeletion(json: event.payload) else { return }
            state.forget(message: Alert.kept(id: deletion.messageId), on: event.platform)
            state.withdraw(deletion.messageId, on: event.platform)
        case .chatClear:
            guard let clearing = ChatClearing(json: event.payload) else { return }
            if let userId = clearing.userId {
                state.forget(user: Alert.kept(id: userId), on: event.platform)
            } else {
                state.forget(message: nil, on: event.platform)
            }
        default:
            guard let alert = Alert(event, roll: context.random(below: Alert.rollLimit), at: context.now),
                config.wants(alert)
            else { return }
            state.take(alert, config)
        }
    }

    private func advance(_ state: inout State, wasResting: Bool, config: Config, context: inout WidgetContext) {
        if state.isResting, !wasResting {
            context.startTimer(Self.timer, afterMilliseconds: Self.restMilliseconds)
        } else if let shown = state.showNext(config, at: context.now) {
            let milliseconds = shown.displaySeconds * 1000
            context.startTimer(Self.timer, afterMilliseconds: milliseconds)
            sound(of: shown, config: config, until: context.now.advanced(byMilliseconds: milliseconds), in: &context)
        }
    }

    private func sound(
        of shown: ShownAlert,
        config: Config,
        until end: Timestamp,
        in context: inout WidgetContext
    ) {
        guard config.soundEnabled else { return }
        let look = config.looks[shown.kind]
        let chosen = [shown.variation?.sound, look?.sound].compactMap(\.self).first { !$0.isEmpty }
        let volume = Double(config.soundVolume * (look?.volume ?? 100)) / 10_000
        context.playSound(chosen ?? Self.chime, volume: volume, until: end)
    }
}
