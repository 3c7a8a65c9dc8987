import WidgetAPI

/// The chat of all platforms, newest at the bottom.
///
/// What a moderator deletes or clears leaves at once.
package struct ChatWidget: Widget {
    package let manifest = WidgetManifest(
        id: "chat",
        name: "Chat",
        version: "1.0.0",
        description: "Shows what viewers write, newest at the bottom.",
        category: .chat,
        defaultSize: .init(width: 3, height: 5),
        events: ["chat:message", "chat:delete", "chat:clear"],
        configSchema: Config.schema
    )

    package init() {}

    package func initialState(_ config: Config) -> State {
        State()
    }

    package func handle(_ event: Event, state: inout State, config: Config, context: inout WidgetContext) {
        switch event.type {
        case .chatMessage:
            guard let message = ChatMessage(json: event.payload) else { return }
            let line = ChatLine(message, of: event)
            state.append(line, drawn: row(line, config: config), with: config)
        case .chatDelete:
            guard let deletion = ChatDeletion(json: event.payload) else { return }
            state.remove { $0.origin.platform == event.platform && $0.origin.id == deletion.messageId }
        case .chatClear:
            guard let clearing = ChatClearing(json: event.payload) else { return }
            state.remove {
                $0.origin.platform == event.platform && (clearing.userId == nil || $0.userId == clearing.userId)
            }
        default:
            break
        }
    }
}
