import WidgetAPI

/// The chat of all platforms as it comes in, within the limits that the streamer has set.
///
/// What a moderator deletes or clears leaves at once.
package struct ChatWidget: Widget {
    static let fadeTimer = "fade"
    static let holdTimer = "hold"
    // One timer's shortest time: long enough for a picture in which a line is marked as leaving before it leaves.
    private static let leavingMilliseconds: Int64 = 50
    private static let timerMilliseconds: Int64 = 50
    // Whoever hears of a line later than this has seen it already.
    private static let soundMilliseconds: Int64 = 5000
    /// A moderator's action; an event of the catalogue that has no type of its own in the widget API.
    private static let moderation: EventType = "moderation:action"

    package let manifest = WidgetManifest(
        id: "chat",
        name: "Chat",
        version: "1.1.0",
        description: "Shows what viewers write on all platforms.",
        icon: "chat",
        category: .chat,
        defaultSize: .init(width: 3, height: 5),
        events: ["chat:message", "chat:delete", "chat:clear", "moderation:action"],
        permissions: [.timers, .sound],
        configSchema: Config.schema,
        samples: Self.samples
    )

    package init() {}

    package func initialState(_ config: Config) -> State {
        State()
    }

    package func handle(_ event: Event, state: inout State, config: Config, context: inout WidgetContext) {
        switch event.type {
        case .chatMessage:
            guard let message = ChatMessage(json: event.payload) else { return }
            take(ChatLine(message, of: event, number: state.nextNumber), &state, config, &context)
        case .chatDelete:
            guard let deletion = ChatDeletion(json: event.payload) else { return }
            delete(deletion.messageId, on: event.platform, &state, config)
        case .chatClear:
            guard let clearing = ChatClearing(json: event.payload) else { return }
            clear(clearing.userId, on: event.platform, &state, config)
        case Self.moderation:
            let removals = ["ban", "timeout", "kick", "mute"]
            guard let action = event.payload["action"]?.stringValue, removals.contains(action),
                let target = event.payload["target"]?["id"]?.stringValue
            else { return }
            clear(target, on: event.platform, &state, config)
        case .timer(Self.fadeTimer):
            fade(&state, config, &context)
        case .timer(Self.holdTimer):
            let now = context.now
            addRows(&state, config, &context) { $0.release(at: now, with: config) }
        default:
            break
        }
    }

    package func configChanged(
        from old: Config,
        to new: Config,
        state: inout State,
        context: inout WidgetContext
    ) {
        guard old.messageTimeoutSeconds != new.messageTimeoutSeconds else { return state.redraw(with: new) }
        guard new.messageTimeoutSeconds == 0 else { return fade(&state, new, &context) }
        state.stopFading(with: new)
        context.cancelTimer(Self.fadeTimer)
    }

    private func take(_ line: ChatLine, _ state: inout State, _ config: Config, _ context: inout WidgetContext) {
        // A delivery that comes twice is one line: two rows with one key would make the picture unusable.
        guard config.shows(line), !state.has(line.origin) else { return }
        if config.notificationSound, isSilent(state, config, context.now) {
            let until = context.now.advanced(byMilliseconds: Self.soundMilliseconds)
            context.playSound("assets/chime.wav", volume: 0.5, until: until)
        }
        let wasHolding = state.isHolding
        addRows(&state, config, &context) { $0.take(line, with: config) }
        guard state.isHolding, !wasHolding else { return }
        let rest = 1000 - context.now.milliseconds % 1000
        context.startTimer(Self.holdTimer, afterMilliseconds: max(rest, Self.timerMilliseconds))
    }

    /// A timer is running as long as a row is there: it is always the one of the oldest.
    private func addRows(
        _ state: inout State,
        _ config: Config,
        _ context: inout WidgetContext,
        _ add: (inout State) -> Void
    ) {
        let hadRows = state.oldestArrival != nil
        add(&state)
        guard config.messageTimeoutSeconds > 0, !hadRows else { return }
        startTimer(state, config, &context)
    }

    /// The first line of all counts as one after silence.
    private func isSilent(_ state: State, _ config: Config, _ now: Timestamp) -> Bool {
        guard let last = state.lastLineAt else { return true }
        return now.milliseconds - last.milliseconds >= config.silenceMs
    }

    private func delete(_ messageId: String, on platform: String, _ state: inout State, _ config: Config) {
        state.remove(
            with: config,
            where: { $0.origin.platform == platform && $0.origin.id == messageId },
            quotes: { line, quote in line.origin.platform == platform && quote.messageId == messageId }
        )
    }

    /// Takes a user's messages away, or with `nil` everybody's.
    private func clear(_ userId: String?, on platform: String, _ state: inout State, _ config: Config) {
        func isGone(_ line: ChatLine) -> Bool {
            line.origin.platform == platform && (userId == nil || line.userId == userId)
        }
        let gone = state.lines(where: isGone)
        // A quote does not tell its author's id; the host hides it by the message's, here the name helps.
        let (names, ids) = (Set(gone.map(\.name)), Set(gone.map(\.origin.id)))
        state.remove(
            with: config,
            where: isGone,
            quotes: { line, quote in
                line.origin.platform == platform && (names.contains(quote.name) || ids.contains(quote.messageId))
            },
            countedFrom: userId == nil ? platform : nil
        )
    }

    /// Lets what is too old leave, and comes back for the next.
    private func fade(_ state: inout State, _ config: Config, _ context: inout WidgetContext) {
        guard config.messageTimeoutSeconds > 0 else { return }
        let gone = context.now.advanced(byMilliseconds: -config.messageTimeoutSeconds * 1000)
        state.fade(gone: gone, leaving: gone.advanced(byMilliseconds: Self.leavingMilliseconds), with: config)
        startTimer(state, config, &context)
    }

    /// One timer for all rows, for the oldest: marked as leaving a moment before its time, gone when it is up.
    private func startTimer(_ state: State, _ config: Config, _ context: inout WidgetContext) {
        guard let arrival = state.oldestArrival else { return }
        let due = arrival.milliseconds + config.messageTimeoutSeconds * 1000 - context.now.milliseconds
        let isLeaving = due <= Self.leavingMilliseconds
        context.startTimer(
            Self.fadeTimer,
            afterMilliseconds: max(isLeaving ? due : due - Self.leavingMilliseconds, Self.timerMilliseconds)
        )
    }
}
