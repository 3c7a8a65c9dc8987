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
    // A day: enough for every timer, and a walk over it ends.
    private static let longestAdvance: Int64 = 86_400_000

    /// The settings it runs with, complete.
    let config: JSONObject
    /// Each step and its line.
    let steps: [(line: Int, step: Step)]

    static func == (left: PackageReplay, right: PackageReplay) -> Bool {
        left.config == right.config && left.steps.map(\.line) == right.steps.map(\.line)
            && left.steps.map(\.step) == right.steps.map(\.step)
    }

    /// Reads a file of one JSON object a line.
    init(_ file: String, _ bytes: [UInt8], schema: ConfigSchema) throws(PackageError) {
        guard bytes.count <= Self.bytesLimit else {
            let message = "\(bytes.count) bytes given, at most \(Self.bytesLimit) wanted"
            throw PackageError(PackageFault(file, message))
        }
        var faults: [PackageFault] = []
        var config: JSONValue = [:]
        var steps: [(line: Int, step: Step)] = []
        for (index, line) in bytes.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated()
        where line.contains(where: { $0 != 0x20 && $0 != 0x09 && $0 != 0x0D }) {
            do throws(LineFault) {
                guard steps.count < Self.stepsLimit else { throw LineFault("more than \(Self.stepsLimit) steps") }
                let member = try Self.member(of: line)
                if member.name == "config" {
                    guard steps.isEmpty else { throw LineFault("the config after the first step, before it wanted") }
                    config = member.value
                    try Self.check(config, schema)
                } else {
                    steps.append((index + 1, try Self.step(member.name, member.value)))
                }
            } catch {
                faults.append(PackageFault(file, line: index + 1, column: error.column, error.message))
                if steps.count >= Self.stepsLimit || faults.count >= 100 { break }
            }
        }
        guard faults.isEmpty else { throw PackageError(faults) }
        self.steps = steps
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

    private static func member(of line: ArraySlice<UInt8>) throws(LineFault) -> JSONObject.Member {
        let value: JSONValue
        do throws(JSONSyntaxError) {
            value = try JSONValue(parsing: line)
        } catch {
            throw LineFault(error.message, column: error.column)
        }
        guard let members = value.objectValue?.members, members.count == 1,
            ["config", "event", "advance", "expect"].contains(members[0].name)
        else { throw LineFault("one of {\"config\"}, {\"event\"}, {\"advance\"} and {\"expect\"} wanted") }
        return members[0]
    }

    private static func check(_ config: JSONValue, _ schema: ConfigSchema) throws(LineFault) {
        do throws(ConfigError) {
            _ = try schema.validate(config)
        } catch {
            throw LineFault("config: \(ShownText.of(error.description, limit: 400))")
        }
    }

    private static func step(_ name: String, _ value: JSONValue) throws(LineFault) -> Step {
        switch name {
        case "event":
            guard let event = value.objectValue, event["type"]?.stringValue != nil else {
                throw LineFault("event.type: \(shown(value["type"])), an event such as chat:message wanted")
            }
            guard event["payload"]?.objectValue != nil else {
                throw LineFault("event.payload: \(shown(event["payload"])), an object wanted")
            }
            return .event(event)
        case "advance":
            guard let time = value.integerValue, (0...longestAdvance).contains(time) else {
                throw LineFault("advance: \(shown(value)), milliseconds from 0 to \(longestAdvance) wanted")
            }
            return .advance(milliseconds: time)
        default: return .expect(try expectation(value))
        }
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
        guard object["text"] == nil || text?.allSatisfy({ $0.stringValue != nil }) == true else {
            throw LineFault("expect.text: \(shown(object["text"])), a list of texts wanted")
        }
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
