/// The settings a widget has: one list from which the form, the checks and the defaults are made.
///
/// In the manifest and over the API it is a JSON Schema (2020-12) of an object; this is the same as plain values.
///
/// ```swift
/// let schema = ConfigSchema([
///     .init("maxMessages", .integer(default: 15, minimum: 5, maximum: 50), title: "Messages on screen"),
///     .init("animation", .choice(default: "slide", ["slide", "fade", "none"]), title: "Animation"),
/// ])
/// ```
public struct ConfigSchema: Sendable, Equatable {
    /// One setting.
    public struct Field: Sendable, Equatable {
        /// The key in the config, camelCase.
        public let name: String
        /// What values it takes, and which one it has when none is given.
        public let kind: Kind
        /// What the form calls it.
        public let title: String

        /// A setting of that name and kind.
        public init(_ name: String, _ kind: Kind, title: String) {
            self.name = name
            self.kind = kind
            self.title = title
        }
    }

    /// The values a setting takes.
    public enum Kind: Sendable, Equatable {
        /// `true` or `false`.
        case boolean(default: Bool)
        /// A whole number of a range, ends included.
        case integer(default: Int64, minimum: Int64, maximum: Int64)
        /// A text of at most so many characters.
        case text(default: String, maximumLength: Int)
        /// One of these words.
        case choice(default: String, [String])
        /// A colour, `#RRGGBB`.
        case color(default: String)

        /// The value when none is given.
        public var defaultValue: JSONValue {
            switch self {
            case .boolean(let value): .bool(value)
            case .integer(let value, _, _): .integer(value)
            case .text(let value, _), .choice(let value, _), .color(let value): .string(value)
            }
        }
    }

    /// The settings, in the order of the form.
    public let fields: [Field]

    /// A schema of these settings.
    public init(_ fields: [Field]) {
        self.fields = fields
    }

    /// Every setting at its default.
    public var defaults: JSONObject {
        var object = JSONObject()
        for field in fields {
            object[field.name] = field.kind.defaultValue
        }
        return object
    }

    /// Fills missing settings with their defaults and refuses what does not fit.
    ///
    /// - Parameter config: what a streamer chose; must be an object.
    /// - Returns: a value for every setting, in the order of the schema.
    /// - Throws: ``ConfigError`` with every setting that was refused.
    public func validate(_ config: JSONValue) throws(ConfigError) -> JSONObject {
        guard let given = config.objectValue else {
            throw ConfigError([.init(field: "", value: config, wanted: "an object of settings")])
        }
        var refused: [ConfigError.Refusal] = []
        let known = Set(fields.map(\.name))
        for member in given.members where !known.contains(member.name) {
            refused.append(.init(field: member.name, value: member.value, wanted: "no setting of this name"))
        }
        var result = JSONObject()
        for field in fields {
            let value = given[field.name] ?? field.kind.defaultValue
            if let wanted = field.kind.refusal(of: value) {
                refused.append(.init(field: field.name, value: value, wanted: wanted))
            }
            result[field.name] = value
        }
        guard refused.isEmpty else { throw ConfigError(refused) }
        return result
    }
}

extension ConfigSchema.Kind {
    /// What is wanted instead, or `nil` when the value fits.
    func refusal(of value: JSONValue) -> String? {
        switch self {
        case .boolean:
            value.boolValue == nil ? "true or false" : nil
        case .integer(_, let minimum, let maximum):
            value.integerValue.map { (minimum...maximum).contains($0) } == true
                ? nil : "a whole number from \(minimum) to \(maximum)"
        case .text(_, let maximumLength):
            value.stringValue.map { $0.count <= maximumLength } == true
                ? nil : "a text of at most \(maximumLength) characters"
        case .choice(_, let words):
            value.stringValue.map(words.contains) == true ? nil : "one of \(words.joined(separator: ", "))"
        case .color:
            value.stringValue.map(Self.isColor) == true ? nil : "a colour such as #5EA8FF"
        }
    }

    private static func isColor(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        return bytes.count == 7 && bytes[0] == UInt8(ascii: "#")
            && bytes.dropFirst().allSatisfy { Character(Unicode.Scalar($0)).isHexDigit }
    }
}

/// The settings that were refused, each with what was given and what is wanted.
public struct ConfigError: Error, Sendable, Equatable, CustomStringConvertible {
    /// One setting that does not fit.
    public struct Refusal: Sendable, Equatable {
        /// The setting's name; empty for the config as a whole.
        public let field: String
        /// What was given.
        public let value: JSONValue
        /// What is wanted, in words.
        public let wanted: String
    }

    /// Every refused setting, in the order in which they were found.
    public let refusals: [Refusal]

    init(_ refusals: [Refusal]) {
        self.refusals = refusals
    }

    /// One line that names each field, its value and what is wanted.
    public var description: String {
        refusals.map { "\($0.field): \($0.value.text) given, \($0.wanted) wanted" }.joined(separator: "; ")
    }
}
