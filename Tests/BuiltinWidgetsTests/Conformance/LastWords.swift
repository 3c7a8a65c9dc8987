import Synchronization
import WidgetAPI

/// The last lines of a chat, as small as a widget can be that keeps every rule; on request it breaks one of them.
struct LastWords: Widget {
    struct Config: WidgetConfig {
        let lines: Int

        init(_ settings: JSONObject) {
            lines = settings["lines"]?.integerValue.map(Int.init) ?? 3
        }
    }

    struct Line: JSONConvertible, Equatable {
        // Ids stay whole, for a part of one is another one; what no platform sends is left out.
        private static let idBytes = 100
        // A character may carry thousands of marks.
        private static let scalars = 200

        let platform: String
        let messageId: String
        let userId: String
        let name: String
        let text: String

        init?(_ event: Event, isWhole: Bool) {
            guard let message = ChatMessage(json: event.payload), let user = message.user else { return nil }
            let ids = [event.platform, message.messageId, user.id]
            guard isWhole || ids.allSatisfy({ $0.utf8.count <= Self.idBytes }) else { return nil }
            (platform, messageId, userId) = (event.platform, message.messageId, user.id)
            (name, text) =
                isWhole ? (user.displayName, message.text) : (Self.cut(user.displayName), Self.cut(message.text))
        }

        init?(json: JSONValue) {
            let members = ["platform", "messageId", "userId", "name", "text"].compactMap { json[$0]?.stringValue }
            guard members.count == 5 else { return nil }
            (platform, messageId, userId, name, text) = (members[0], members[1], members[2], members[3], members[4])
        }

        var json: JSONValue {
            [
                "platform": .string(platform), "messageId": .string(messageId), "userId": .string(userId),
                "name": .string(name), "text": .string(text),
            ]
        }

        private static func cut(_ text: String) -> String {
            String(String.UnicodeScalarView(text.unicodeScalars.prefix(scalars)))
        }
    }

    struct State: JSONConvertible {
        var lines: [Line] = []
        var strangers: [String] = []
        /// Kept in memory alone.
        var unwritten = 0

        init() {}

        init?(json: JSONValue) {
            guard let lines = json["lines"]?.arrayValue else { return nil }
            // Nobody's state has more than its settings allow.
            self.lines = lines.compactMap(Line.init(json:)).suffix(9)
            strangers = json["strangers"]?.arrayValue?.compactMap(\.stringValue) ?? []
        }

        var json: JSONValue {
            ["lines": .array(lines.map(\.json)), "strangers": .array(strangers.map { .string($0) })]
        }
    }

    private static let draws = Atomic(0)

    let flaw: Flaw?

    init(_ flaw: Flaw? = nil) {
        self.flaw = flaw
    }

    var manifest: WidgetManifest {
        WidgetManifest(
            id: "last-words",
            name: "Last words",
            version: "1.1.0",
            description: flaw == .silentManifest ? "" : "The last lines of the chat.",
            category: .chat,
            defaultSize: .init(width: 3, height: 2),
            events: flaw == .unknownEventCounts ? ["chat:*"] : ["chat:message", "chat:delete", "chat:clear"],
            configSchema: ConfigSchema([
                .init(
                    "lines",
                    .integer(1...9),
                    default: flaw == .defaultOutOfRange ? 0 : 3,
                    title: flaw == .untitledSetting ? "" : "Lines"
                )
            ]),
            samples: flaw == .blankSamples ? [.init(.chatDelete)] : [.init(.chatMessage)]
        )
    }

    var styleSheet: String { flaw == .foreignStyle ? ".a { background: url(https://example.com/x.png) }" : "" }

    func initialState(_ config: Config) -> State { State() }

    func handle(_ event: Event, state: inout State, config: Config, context: inout WidgetContext) {
        state.unwritten += 1
        if flaw == .deafToModerators, event.type != .chatMessage { return }
        switch event.type {
        case .chatMessage:
            guard let line = Line(event, isWhole: flaw == .anyLength) else { return }
            state.lines = (state.lines + [line]).suffix(config.lines)
            if flaw == .endlessState { state.strangers.append(contentsOf: repeatElement(event.id.text, count: 1000)) }
            if flaw == .secretTimer { context.startTimer("blink", afterMilliseconds: 1000) }
        case .chatDelete:
            let deleted = ChatDeletion(json: event.payload)?.messageId
            state.lines.removeAll { $0.platform == event.platform && $0.messageId == deleted }
        case .chatClear:
            guard let clearing = ChatClearing(json: event.payload) else { return }
            state.lines.removeAll { line in
                line.platform == event.platform && clearing.userId.map { $0 == line.userId } ?? true
            }
        default:
            state.strangers.append(event.id.text)
        }
    }

    func configChanged(from old: Config, to new: Config, state: inout State, context: inout WidgetContext) {
        state.lines = state.lines.suffix(new.lines)
        if flaw == .restlessSettings { state.lines += Array(repeating: state.lines, count: 1000).flatMap(\.self) }
    }

    func migrate(config: JSONObject, from version: String) -> JSONObject {
        flaw == .invalidMigration ? ["lines": 99] : config
    }

    func render(_ state: State, config: Config) -> View {
        View(children: nodes(of: state) + ornaments(of: state))
    }

    private func nodes(of state: State) -> [Node] {
        let lines = state.lines.map { line in
            Node.element(
                .p,
                key: flaw == .twinKeys ? "line" : nil,
                source: flaw == .looseText ? nil : Event.ID(line.messageId),
                .element(.b, .text(line.name)),
                .text(line.text)
            )
        }
        // The host drops what names the event; here only the last line's is named.
        guard flaw == .deafToModerators, let last = state.lines.last else { return lines }
        return [
            .element(
                .div,
                source: Event.ID(last.messageId),
                .text(state.lines.map { "\($0.name): \($0.text)" }.joined(separator: " "))
            )
        ]
    }

    private func ornaments(of state: State) -> [Node] {
        switch flaw {
        case .countsDraws:
            [.text("\(Self.draws.add(1, ordering: .relaxed).newValue)")]
        case .forgetfulState: [.text("\(state.unwritten)")]
        case .tooManyNodes: Array(repeating: .element(.br), count: state.lines.count * 700)
        case .foreignPicture:
            [.element(.img, attributes: [.init(.source, "https://example.com/x.png")])]
        default: []
        }
    }
}
