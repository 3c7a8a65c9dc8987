import WidgetAPI

/// The alert on screen, with what must not change while it is there.
struct ShownAlert: Equatable, JSONConvertible {
    /// What it shows.
    var content: AlertQueue.Next
    /// When it came on screen.
    let since: Timestamp
    let displaySeconds: Int64
    /// Another one would play its entrance again.
    let animation: AlertAnimation
    let variation: AlertVariation?
    /// Whether a page has said that it was seen.
    var isSeen = false

    init(_ content: AlertQueue.Next, config: EventsWidget.Config, at now: Timestamp) {
        self.content = content
        since = now
        variation =
            if case .alert(let alert) = content { .chosen(for: alert, from: config.variations) } else { nil }
        let own = [variation?.displaySeconds, config.looks[content.kind]?.displaySeconds]
        let seconds = own.compactMap(\.self).first { $0 > 0 }
        displaySeconds = seconds.map { max($0, EventsWidget.Config.shortestSeconds) } ?? config.displaySeconds
        animation = variation?.animation ?? config.animation
    }

    init?(json: JSONValue) {
        guard let since = json["since"]?.integerValue, let displaySeconds = json["displaySeconds"]?.integerValue,
            let animation = json["animation"]?.stringValue.flatMap(AlertAnimation.init(rawValue:))
        else { return nil }
        if let alert = json["alert"].flatMap(Alert.init(json:)) {
            content = .alert(alert)
        } else if let summary = json["summary"].flatMap(FoldedAlerts.init(json:)) {
            content = .summary(summary)
        } else {
            return nil
        }
        self.since = Timestamp(milliseconds: since)
        self.displaySeconds = displaySeconds
        self.animation = animation
        variation = json["variation"].flatMap(AlertVariation.init(json:))
        // Earlier versions did not ask.
        isSeen = json["seen"]?.boolValue ?? true
    }

    var json: JSONValue {
        var object: JSONObject = [
            "since": .integer(since.milliseconds), "displaySeconds": .integer(displaySeconds),
            "animation": .string(animation.rawValue), "variation": variation?.json ?? .null,
            "seen": .bool(isSeen),
        ]
        switch content {
        case .alert(let alert): object["alert"] = alert.json
        case .summary(let summary): object["summary"] = summary.json
        }
        return .object(object)
    }

    /// The alert, where this is no summary.
    var alert: Alert? {
        get { if case .alert(let alert) = content { alert } else { nil } }
        set { if let newValue { content = .alert(newValue) } }
    }

    var kind: AlertKind { content.kind }
}

extension AlertQueue.Next {
    var kind: AlertKind {
        switch self {
        case .alert(let alert): alert.kind
        case .summary(let summary): summary.kind
        }
    }
}
