import WidgetAPI

/// A replay of a package: what happens to a widget and what it must show then, one step a line.
struct PackageReplay: Sendable, Equatable {
    enum Step: Sendable, Equatable {
        /// The whole envelope as its author wrote it; type and payload have been checked.
        case event(JSONObject)
        case advance(milliseconds: Int64)
        case expect(Expectation)
    }

    /// What must be seen; `nil` means that it does not matter.
    struct Expectation: Sendable, Equatable {
        let text: [String]?
        let view: JSONValue?
        let effects: [JSONValue]?
    }

    static let bytesLimit = 1 << 20
    static let stepsLimit = 10_000
    /// Without a word about it, and on every host so far.
    static let usualLanguage = "en"
    // Everything an author may say of an event; its place in the log comes by itself.
    private static let eventMembers = ["type", "payload", "id", "platform", "test", "at"]
    // A day: enough for every timer, and a walk over it ends.
    private static let longestAdvance: Int64 = 86_400_000

    /// The settings it runs with, complete.
    let config: JSONObject
    /// The language of the widget's own texts.
    let language: String
    /// Each step and its line.
    let steps: [(line: Int, step: Step)]

    static func == (left: PackageReplay, right: PackageReplay) -> Bool {
        left.config == right.config && left.language == right.language
            && left.steps.map(\.line) == right.steps.map(\.line)
            && left.steps.map(\.step) == right.steps.map(\.step)
    }

    /// Reads a file of one JSON object a line.
    ///
    /// The first may be `{"config":{…},"locale":"de"}`, or one of these two; `languages` are those the package has.
    init(
        _ file: String,
        _ bytes: [UInt8],
        schema: ConfigSchema,
        languages: Set<String> = []
    ) throws(PackageError) {
        guard bytes.count <= Self.bytesLimit else {
            let message = "\(bytes.count) bytes given, at most \(Self.bytesLimit) wanted"
            throw PackageError(PackageFault(file, message))
        }
        var faults: [PackageFault] = []
        var config: JSONValue = [:]
        var language = Self.usualLanguage
        var isBegun = false
        var steps: [(line: Int, step: Step)] = []
        for (index, line) in bytes.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated()
        where line.contains(where: { $0 != 0x20 && $0 != 0x09 && $0 != 0x0D }) {
            do throws(LineFault) {
                guard steps.count < Self.stepsLimit else { throw LineFault("more than \(Self.stepsLimit) steps") }
                let object = try Self.object(of: line)
                if object["config"] != nil || object["locale"] != nil {
                    guard !isBegun else { throw LineFault("the config after the first line, in it wanted") }
                    isBegun = true
                    config = object["config"] ?? config
                    language = try Self.language(object["locale"], languages)
                    try Self.check(config, schema)
                } else {
                    isBegun = true
                    steps.append((index + 1, try Self.step(object)))
                }
            } catch {
                faults.append(PackageFault(file, line: index + 1, column: error.column, error.message))
                if steps.count >= Self.stepsLimit || faults.count >= 100 { break }
            }
        }
        guard faults.isEmpty else { throw PackageError(faults) }
        (self.steps, self.language) = (steps, language)
        // Where even the defaults do not fit, the schema's own faults say so.
        self.config = (try? schema.validate(config)) ?? schema.defaults
    }

    private struct LineFault: Error {
        let message: String
        let column: Int?

        init(_ message: String, column: Int? = nil) {
            self.message = message
            self.column = column
        }
    }

    private static func object(of line: ArraySlice<UInt8>) throws(LineFault) -> JSONObject {
        let value: JSONValue
        do throws(JSONSyntaxError) {
            value = try JSONValue(parsing: line)
        } catch {
            throw LineFault(error.message, column: error.column)
        }
        let names = value.objectValue?.members.map(\.name) ?? []
        let isHeader = !names.isEmpty && names.allSatisfy { $0 == "config" || $0 == "locale" }
        guard let object = value.objectValue, Set(names).count == names.count,
            isHeader || names.count == 1 && ["event", "advance", "expect"].contains(names[0])
        else { throw LineFault("one of {\"config\"}, {\"event\"}, {\"advance\"} and {\"expect\"} wanted") }
        return object
    }

    private static func language(_ value: JSONValue?, _ known: Set<String>) throws(LineFault) -> String {
        guard let value else { return usualLanguage }
        guard let language = value.stringValue, known.contains(language) else {
            let wanted = known.sorted().joined(separator: ", ")
            throw LineFault("locale: \(shown(value)), one of locales/ wanted (\(wanted.isEmpty ? "none" : wanted))")
        }
        return language
    }

    private static func check(_ config: JSONValue, _ schema: ConfigSchema) throws(LineFault) {
        do throws(ConfigError) {
            _ = try schema.validate(config)
        } catch {
            throw LineFault("config: \(ShownText.of(error.description, limit: 400))")
        }
    }

    private static func step(_ object: JSONObject) throws(LineFault) -> Step {
        let (name, value) = object.members.first.map { ($0.name, $0.value) } ?? ("", .null)
        switch name {
        case "event": return .event(try event(value))
        case "advance":
            guard let time = value.integerValue, (0...longestAdvance).contains(time) else {
                throw LineFault("advance: \(shown(value)), milliseconds from 0 to \(longestAdvance) wanted")
            }
            return .advance(milliseconds: time)
        default: return .expect(try expectation(value))
        }
    }

    private static func event(_ value: JSONValue) throws(LineFault) -> JSONObject {
        guard let event = value.objectValue, event["type"]?.stringValue != nil else {
            throw LineFault("event.type: \(shown(value["type"])), an event such as chat:message wanted")
        }
        guard event["payload"]?.objectValue != nil else {
            throw LineFault("event.payload: \(shown(event["payload"])), an object wanted")
        }
        for member in event.members where !eventMembers.contains(member.name) {
            let wanted = eventMembers.joined(separator: ", ")
            throw LineFault("event.\(ShownText.of(member.name)): one of \(wanted) wanted")
        }
        if let platform = event["platform"], platform.stringValue.flatMap(Platform.init(rawValue:)) == nil {
            let wanted = Platform.allCases.map(\.rawValue).joined(separator: ", ")
            throw LineFault("event.platform: \(shown(platform)), one of \(wanted) wanted")
        }
        if let moment = event["at"], moment.stringValue.flatMap(Timestamp.init(rfc3339:)) == nil {
            throw LineFault("event.at: \(shown(moment)), a moment such as 2026-11-21T18:00:05Z wanted")
        }
        if let id = event["id"], (id.stringValue ?? "").isEmpty {
            throw LineFault("event.id: \(shown(id)), a text wanted")
        }
        if let isTest = event["test"], isTest.boolValue == nil {
            throw LineFault("event.test: \(shown(isTest)), true or false wanted")
        }
        return event
    }

    private static func expectation(_ value: JSONValue) throws(LineFault) -> Expectation {
        let known = ["text", "view", "effects"]
        guard let object = value.objectValue, !object.members.isEmpty else {
            throw LineFault("expect: \(shown(value)), an object with \(known.joined(separator: ", ")) wanted")
        }
        for member in object.members where !known.contains(member.name) {
            throw LineFault("expect.\(ShownText.of(member.name)): one of \(known.joined(separator: ", ")) wanted")
        }
        let text = object["text"]?.arrayValue
        // An empty list would never fail.
        guard object["text"] == nil || text?.isEmpty == false && text?.allSatisfy({ $0.stringValue != nil }) == true
        else { throw LineFault("expect.text: \(shown(object["text"])), a list of one text or more wanted") }
        guard object["effects"] == nil || object["effects"]?.arrayValue != nil else {
            throw LineFault("expect.effects: \(shown(object["effects"])), a list wanted")
        }
        return Expectation(
            text: text?.compactMap(\.stringValue),
            view: object["view"],
            effects: object["effects"]?.arrayValue
        )
    }

    private static func shown(_ value: JSONValue?) -> String {
        value.map { "\(ShownText.of($0)) given" } ?? "nothing given"
    }
}
