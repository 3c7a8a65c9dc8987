import NIOCore
import WidgetAPI

/// What a page says over its WebSocket (contract section 3).
enum ClientMessage: Equatable {
    case subscribe(Subscribe)
    /// Written as `overlay:subscribe` with the view `preview`.
    case subscribeToPreview(PreviewSubject)
    /// An event for a preview alone.
    case previewEvent(EventType, JSONValue)
    case resync(PlacedWidget.ID)
    /// An alert is on screen.
    case alertShown(seq: Int64, PlacedWidget.ID)
    /// Another fact about what a page has shown; the host keeps none of it.
    case acknowledge
    case subscribeToEvents(patterns: Set<EventPattern>, after: Int64?)
    case ping(PageHealth)

    /// How it is written.
    enum Kind: String, CaseIterable {
        case subscribe = "overlay:subscribe"
        case previewEvent = "preview:event"
        case resync = "overlay:resync"
        case acknowledge = "overlay:ack"
        case subscribeToEvents = "events:subscribe"
        case ping = "system:ping"
    }

    /// What `overlay:subscribe` asks for.
    struct Subscribe: Equatable {
        let platform: Platform
        let channel: String
        let view: OverlayView
        let layoutId: Layout.ID?
        /// What opens a private layout.
        let key: OverlayKey?
        let epoch: String?
        let revs: [String: Int64]
    }

    /// Why a message was not understood.
    enum Fault: Error, Equatable {
        /// The page may go on; it is told what was wrong.
        case invalid(String)
        /// A subscription that can never work; the page tries again slowly.
        case badSubscribe(String)
    }

    /// Reads one text message.
    static func read(_ text: ByteBuffer) throws(Fault) -> ClientMessage {
        let message: JSONValue
        do throws(JSONSyntaxError) {
            message = try JSONValue(parsing: text.readableBytesView)
        } catch {
            throw .invalid("The message is not JSON: \(error.description).")
        }
        guard let type = message["type"]?.stringValue else {
            throw .invalid("The message needs a text \"type\".")
        }
        let payload = message["payload"] ?? .null
        switch Kind(rawValue: type) {
        case .subscribe:
            guard payload["view"] == "preview" else { return .subscribe(try subscribe(payload)) }
            return .subscribeToPreview(try subject(payload))
        case .previewEvent:
            guard let type = payload["type"]?.stringValue else { throw .invalid("preview:event needs \"type\".") }
            return .previewEvent(EventType(type), payload["payload"] ?? [:])
        case .resync:
            guard let id = payload["widgetId"]?.stringValue else {
                throw .invalid("overlay:resync needs \"widgetId\".")
            }
            return .resync(PlacedWidget.ID(id))
        case .acknowledge:
            guard payload["state"]?.stringValue == "shown", let seq = payload["seq"]?.integerValue,
                let id = payload["widgetId"]?.stringValue
            else { return .acknowledge }
            return .alertShown(seq: seq, PlacedWidget.ID(id))
        case .subscribeToEvents: return try subscribeToEvents(payload)
        case .ping: return .ping(PageHealth(payload))
        case nil: throw .invalid("There is no message of type \(type.prefix(64)).")
        }
    }

    private static func subscribe(_ payload: JSONValue) throws(Fault) -> Subscribe {
        guard let platform = payload["platform"]?.stringValue.flatMap(Platform.init(rawValue:)),
            Platform.ofChannels.contains(platform)
        else { throw .badSubscribe("platform must be \(Platform.choiceOfChannels)") }
        guard let channel = payload["channel"]?.stringValue, !channel.isEmpty else {
            throw .badSubscribe("channel is missing")
        }
        guard let view = payload["view"]?.stringValue.flatMap(OverlayView.init(rawValue:)) else {
            throw .badSubscribe("view must be one of overlay, chat, events, goals, tips, preview")
        }
        var revs: [String: Int64] = [:]
        for member in payload["revs"]?.objectValue?.members.prefix(1000) ?? [] {
            revs[member.name] = member.value.integerValue
        }
        return Subscribe(
            platform: platform,
            channel: channel,
            view: view,
            layoutId: payload["layoutId"]?.stringValue.map { Layout.ID($0) },
            key: payload["key"]?.stringValue.map { OverlayKey(text: $0) },
            epoch: payload["epoch"]?.stringValue,
            revs: revs
        )
    }

    private static func subject(_ payload: JSONValue) throws(Fault) -> PreviewSubject {
        if let id = payload["layoutId"]?.stringValue { return .layout(Layout.ID(id)) }
        guard let type = payload["type"]?.stringValue else {
            throw .badSubscribe("a preview needs layoutId, or type and config")
        }
        let config = payload["config"] ?? [:]
        guard config.objectValue != nil else { throw .badSubscribe("config must be an object") }
        return .widget(type: type, config: config)
    }

    private static func subscribeToEvents(_ payload: JSONValue) throws(Fault) -> ClientMessage {
        var patterns: Set<EventPattern> = []
        switch payload["types"] {
        case nil, .null: patterns = ["*"]
        case .array(let types) where types.count <= 50:
            for type in types {
                guard let text = type.stringValue else { throw .badSubscribe("types must be texts") }
                patterns.insert(EventPattern(text))
            }
        default: throw .badSubscribe("types must be a list of at most 50 event types")
        }
        if let after = payload["after"], !after.isNull, after.integerValue == nil {
            throw .badSubscribe("after must be a whole number")
        }
        return .subscribeToEvents(patterns: patterns, after: payload["after"]?.integerValue)
    }
}
