import WidgetAPI

/// A widget that lives through a replay of its package.
struct ReplayTrial {
    /// What was not as the replay says.
    struct Difference {
        let line: Int
        let message: String
    }

    private let replay: PackageReplay
    private var trial: WidgetTrial
    private(set) var differences: [Difference] = []
    /// Every line that the widget logged.
    private(set) var log: [String] = []
    private var effects: [JSONValue] = []

    init(_ replay: PackageReplay, of package: WidgetPackage, in cells: TrialCells) async {
        self.replay = replay
        trial = await WidgetTrial(package, config: replay.config, language: replay.language, in: cells)
    }

    /// Lives through it to its end, whatever differs.
    mutating func run() async {
        note(await trial.start(), 1)
        for (line, step) in replay.steps {
            switch step {
            case .event(let event): await take(event, line)
            case .advance(let milliseconds): note(await trial.wait(milliseconds: milliseconds), line)
            case .expect(let expectation): check(expectation, line)
            }
            keepEffects()
        }
        trial.end()
    }

    private mutating func take(_ json: JSONObject, _ line: Int) async {
        let type = EventType(json["type"]?.stringValue ?? "")
        // What moderators do changes every picture, whether the widget hears of it or not.
        guard trial.hears(of: type) || [.chatDelete, .chatClear].contains(type) else {
            let isTimer = type.name.hasPrefix("timer:")
            let wanted = isTimer ? "an \"advance\" until the timer fires" : "one of \"events\" in widget.json"
            return differ(line, "\(type): the widget does not hear of it, \(wanted) wanted")
        }
        let moment = json["at"]?.stringValue.flatMap(Timestamp.init(rfc3339:))
        if let moment, moment < trial.now {
            return differ(line, "at: \(moment.iso8601) given, \(trial.now.iso8601) or later wanted")
        }
        let draft = Self.draft(of: json, line, now: trial.now)
        note(await trial.take(draft, at: moment), line)
    }

    /// The event that a line tells of, with all that its author left unsaid; it belongs to no channel.
    static func draft(of json: JSONObject, _ line: Int, now: Timestamp) -> EventDraft {
        let type = EventType(json["type"]?.stringValue ?? "")
        let payload = json["payload"] ?? [:]
        // The id of a chat line is that of its message.
        let messageId = ["chat:message", "chat:notice"].contains(type.name) ? payload["messageId"]?.stringValue : nil
        return EventDraft(
            id: Event.ID(json["id"]?.stringValue ?? messageId ?? "line-\(line)"),
            type: type,
            platform: json["platform"]?.stringValue.flatMap(Platform.init(rawValue:)) ?? .usual,
            occurredAt: json["at"]?.stringValue.flatMap(Timestamp.init(rfc3339:)) ?? now,
            isTest: json["test"]?.boolValue ?? false,
            payload: payload
        )
    }

    private mutating func check(_ expectation: PackageReplay.Expectation, _ line: Int) {
        keepEffects()
        let nodes: [Node]
        do throws(ViewGuard.Refusal) {
            nodes = try trial.picture().children
        } catch {
            return differ(line, "\(error)")
        }
        if let texts = expectation.text { check(texts, nodes, line) }
        if let view = expectation.view {
            let wanted = ViewDifference.nodes(of: view)
            if let difference = ViewDifference.first(wanted: wanted, seen: Self.json(nodes)) {
                differ(line, "\(difference)")
            }
        }
        guard let wanted = expectation.effects else { return }
        if !Self.areEqual(wanted, effects) {
            differ(
                line,
                """
                the effects are not the same
                      wanted: \(JSONValue.array(wanted).text)
                        seen: \(JSONValue.array(effects).text)
                """
            )
        }
        effects = []
    }

    private mutating func check(_ texts: [String], _ nodes: [Node], _ line: Int) {
        let all = nodes.map(Self.text).joined()
        var rest = all[...]
        var before: String?
        for text in texts {
            guard let place = rest.firstRange(of: text) else {
                let after = before.map { " after \(JSONValue.string($0).text)" } ?? ""
                return differ(
                    line,
                    """
                    the text \(JSONValue.string(text).text) is missing\(after)
                          seen: \(JSONValue.string(all).text)
                    """
                )
            }
            rest = rest[place.upperBound...]
            before = text
        }
    }

    private mutating func keepEffects() {
        let new = trial.takeEffects()
        effects += new
        for effect in new where effect["kind"] == "log" {
            log.append("\(effect["level"]?.stringValue ?? ""): \(effect["text"]?.stringValue ?? "")")
        }
    }

    private mutating func note(_ faults: [WidgetTrial.Fault], _ line: Int) {
        for fault in faults {
            let trace = fault.traceback.split(separator: "\n").map { "\n      \($0)" }.joined()
            differ(line, fault.message + trace)
        }
    }

    private mutating func differ(_ line: Int, _ message: String) {
        differences.append(Difference(line: line, message: message))
    }

    private static func text(_ node: Node) -> String {
        switch node {
        case .text(let text): text
        case .element(let element): element.children.map(text).joined()
        }
    }

    /// As pages get them.
    private static func json(_ nodes: [Node]) -> [JSONValue] {
        var writer = JSONWriter()
        writer.write(nodes)
        return (try? JSONValue(parsing: writer.bytes))?.arrayValue ?? []
    }

    /// Whether the effects are those; a loudness of 1 is one of 1.0.
    private static func areEqual(_ wanted: [JSONValue], _ seen: [JSONValue]) -> Bool {
        guard wanted.count == seen.count else { return false }
        return zip(wanted, seen).allSatisfy { wanted, seen in
            guard let these = wanted.objectValue, let those = seen.objectValue,
                these.members.count == those.members.count
            else { return false }
            return these.members.allSatisfy { member in
                let other = those[member.name]
                if let number = member.value.numberValue { return number == other?.numberValue }
                return member.value == other
            }
        }
    }
}
