import WidgetAPI
import WidgetConformance

/// A story of a stream as a widget's author writes it down: what happens, and what a viewer then sees.
///
/// One JSON object a line. First, optionally, `{"config":{…}}`; then
///
/// - `{"event":{"type":…,"payload":{…}}}`, where `id`, `platform`, `test` and `at` (RFC 3339) may be added,
/// - `{"advance":milliseconds}`,
/// - `{"expect":{"text":[…],"view":…,"effects":[…]}}` with one of them or several.
struct ReplayFile {
    /// What a viewer must see, and what the widget must have asked for.
    struct Expectation {
        /// Substrings of all that can be read, in the order of the tree.
        var texts: [String]?
        /// The whole picture: one node, or a list of them.
        var view: JSONValue?
        /// All sounds and log lines since effects were last expected.
        var effects: [JSONValue]?
    }

    enum Step {
        case event(Event, at: Timestamp?)
        case advance(milliseconds: Int64)
        case expect(Expectation)
    }

    /// Where something is wrong, as editors write it.
    struct Fault: Error, CustomStringConvertible {
        let file: String
        let line: Int
        let reason: String

        var description: String { "\(file):\(line): \(reason)" }
    }

    let name: String
    private(set) var config: JSONValue = [:]
    /// Each with the number of its line, from 1.
    private(set) var steps: [(line: Int, step: Step)] = []

    init(_ text: String, name: String) throws(Fault) {
        self.name = name
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
        where !line.allSatisfy(\.isWhitespace) {
            do throws(Misreading) {
                try read(String(line), number: index + 1)
            } catch {
                throw Fault(file: name, line: index + 1, reason: error.reason)
            }
        }
    }

    private mutating func read(_ line: String, number: Int) throws(Misreading) {
        let value: JSONValue
        do {
            value = try JSONValue(parsing: line)
        } catch {
            throw Misreading(reason: error.message)
        }
        guard let members = value.objectValue?.members, let member = members.first, members.count == 1 else {
            throw Misreading(reason: "a line is an object with one member")
        }
        switch (member.name, member.value) {
        case ("config", .object):
            guard number == 1 else { throw Misreading(reason: "the config stands in the first line") }
            config = member.value
        case ("event", .object(let event)): steps.append((number, try Self.event(event, number)))
        case ("advance", .integer(let milliseconds)) where milliseconds >= 0:
            steps.append((number, .advance(milliseconds: milliseconds)))
        case ("expect", .object(let wanted)): steps.append((number, .expect(try Self.expectation(wanted))))
        default: throw Misreading(reason: "not a line of a replay: \(member.name)")
        }
    }

    private static func event(_ json: JSONObject, _ number: Int) throws(Misreading) -> Step {
        try refuseOthers(json, than: ["type", "payload", "id", "platform", "test", "at"])
        guard let type = json["type"]?.stringValue else { throw Misreading(reason: "an event needs a type") }
        let payload = json["payload"] ?? [:]
        var moment: Timestamp?
        if let text = json["at"] {
            moment = text.stringValue.flatMap(Timestamp.init(rfc3339:))
            guard moment != nil else { throw Misreading(reason: "no moment: \(text.text)") }
        }
        // The id of a chat line is that of its message.
        let messageId = ["chat:message", "chat:notice"].contains(type) ? payload["messageId"]?.stringValue : nil
        let event = TestEvents.event(
            EventType(type),
            payload,
            id: json["id"]?.stringValue ?? messageId ?? "line-\(number)",
            on: json["platform"]?.stringValue ?? "twitch",
            isTest: json["test"]?.boolValue ?? false
        )
        return .event(event, at: moment)
    }

    private static func expectation(_ json: JSONObject) throws(Misreading) -> Expectation {
        try refuseOthers(json, than: ["text", "view", "effects"])
        var expectation = Expectation(view: json["view"])
        if let effects = json["effects"] {
            guard let list = effects.arrayValue else { throw Misreading(reason: "effects are a list") }
            expectation.effects = list
        }
        if let texts = json["text"] {
            expectation.texts = texts.arrayValue?.compactMap(\.stringValue)
            // No text at all is always found; that nothing is to be read says an empty view.
            guard let count = texts.arrayValue?.count, count > 0, count == expectation.texts?.count else {
                throw Misreading(reason: "text is a list of one text or more")
            }
        }
        guard expectation.texts != nil || expectation.view != nil || expectation.effects != nil else {
            throw Misreading(reason: "nothing is expected")
        }
        return expectation
    }

    /// A misspelt expectation would never fail.
    private static func refuseOthers(_ json: JSONObject, than names: [String]) throws(Misreading) {
        if let other = json.members.first(where: { !names.contains($0.name) }) {
            throw Misreading(reason: "\(other.name) is none of \(names.joined(separator: ", "))")
        }
    }

    private struct Misreading: Error {
        let reason: String
    }
}
