/// The settings a widget has: one list from which the form, the checks, the defaults and the documentation are made.
///
/// Over the API and in a Lua manifest it is a JSON Schema (2020-12) of an object (``jsonSchema``); this is the same as
/// plain values.
///
/// ```swift
/// let schema = ConfigSchema([
///     .init("maxMessages", .integer(5...50), default: 15, title: "Messages on screen"),
///     .init("animation", .choice("slide", "fade", "none"), default: "slide", title: "Animation"),
/// ])
/// ```
public struct ConfigSchema: Sendable, Equatable {
    /// One setting.
    public struct Field: Sendable, Equatable {
        /// The key in the config, camelCase.
        public let name: String
        /// What values it takes.
        public let kind: Kind
        /// The value when none is given; `nil` where one must be given.
        public let defaultValue: JSONValue?
        /// What the form calls it.
        public let title: String
        /// What a streamer should know about it, or `nil`.
        public let description: String?
        /// The part of the form in which it stands, or `nil`.
        public let group: String?
        /// What its number counts, such as `s` or `%`, or `nil`.
        public let unit: String?
        /// When the form shows it; `nil` always.
        public let when: Condition?
        /// Whether a running widget takes a change; otherwise it begins again from its first state.
        public let isLive: Bool

        /// A setting of that name and kind.
        ///
        /// Every setting of a widget needs a default; without one it is for the members of an object in a list.
        public init(
            _ name: String,
            _ kind: Kind,
            default defaultValue: JSONValue? = nil,
            title: String,
            description: String? = nil,
            group: String? = nil,
            unit: String? = nil,
            when: Condition? = nil,
            isLive: Bool = true
        ) {
            self.name = name
            self.kind = kind
            self.defaultValue = defaultValue
            self.title = title
            self.description = description
            self.group = group
            self.unit = unit
            self.when = when
            self.isLive = isLive
        }
    }

    /// Another setting of the same object has one of these values.
    ///
    /// It decides what the form shows; a setting that is not shown keeps its value.
    public struct Condition: Sendable, Equatable {
        /// The other setting.
        public let field: String
        /// The values with which this one matters.
        public let values: [JSONValue]

        /// That setting has one of these values.
        public init(_ field: String, is values: JSONValue...) {
            self.init(field, is: values)
        }

        /// That setting has one of these values.
        public init(_ field: String, is values: [JSONValue]) {
            self.field = field
            self.values = values
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
            object[field.name] = field.defaultValue
        }
        return object
    }

    /// Fills missing settings with their defaults and refuses what does not fit.
    ///
    /// - Parameter config: what a streamer chose; must be an object.
    /// - Returns: a value for every setting, in the order of the schema.
    /// - Throws: ``ConfigError`` with every setting that was refused.
    public func validate(_ config: JSONValue) throws(ConfigError) -> JSONObject {
        var check = ConfigCheck()
        let result = check.object(config, fields, path: "")
        guard check.refusals.isEmpty else { throw ConfigError(check.refusals) }
        return result
    }
}

/// The settings that were refused, each with what was given and what is wanted.
public struct ConfigError: Error, Sendable, Equatable, CustomStringConvertible {
    // Enough to recognise a value by; an error that repeats a whole config helps nobody.
    private static let shownCharacters = 80

    /// One setting that does not fit.
    public struct Refusal: Sendable, Equatable {
        /// The setting's name, such as `maxMessages` or `messages[2].text`; empty for the config as a whole.
        public let field: String
        /// What was given; `null` for what is missing.
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
        refusals.map { refusal in
            let value = refusal.value.text
            let shown = value.count > Self.shownCharacters ? "\(value.prefix(Self.shownCharacters))…" : value
            return "\(refusal.field.isEmpty ? "config" : refusal.field): \(shown) given, \(refusal.wanted) wanted"
        }.joined(separator: "; ")
    }
}
