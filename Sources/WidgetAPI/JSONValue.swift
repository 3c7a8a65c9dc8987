/// A JSON value (RFC 8259): what configs, states and event payloads are made of.
///
/// Whole numbers that fit 64 bits stay exact as ``integer(_:)``; every other number is a ``number(_:)``.
///
/// ```swift
/// let payload: JSONValue = ["user": ["displayName": "Aurora99"], "viewers": 12]
/// let name = payload["user"]?["displayName"]?.stringValue   // "Aurora99"
/// ```
public enum JSONValue: Sendable, Equatable {
    case null
    case bool(Bool)
    case integer(Int64)
    case number(Double)
    case string(String)
    case array([JSONValue])
    case object(JSONObject)

    /// The member of that name, or `nil` when this is no object or has no such member.
    public subscript(name: String) -> JSONValue? {
        guard case .object(let object) = self else { return nil }
        return object[name]
    }

    /// The text of a string, else `nil`.
    public var stringValue: String? {
        guard case .string(let text) = self else { return nil }
        return text
    }

    /// The value of a whole number, else `nil`.
    ///
    /// A number such as `3.0` counts as whole.
    public var integerValue: Int64? {
        switch self {
        case .integer(let value): value
        case .number(let value): Int64(exactly: value)
        default: nil
        }
    }

    /// The value of any number, else `nil`.
    public var numberValue: Double? {
        switch self {
        case .integer(let value): Double(value)
        case .number(let value): value
        default: nil
        }
    }

    /// The value of `true` or `false`, else `nil`.
    public var boolValue: Bool? {
        guard case .bool(let value) = self else { return nil }
        return value
    }

    /// The elements of an array, else `nil`.
    public var arrayValue: [JSONValue]? {
        guard case .array(let elements) = self else { return nil }
        return elements
    }

    /// The members of an object, else `nil`.
    public var objectValue: JSONObject? {
        guard case .object(let object) = self else { return nil }
        return object
    }

    /// `true` for `null` alone.
    public var isNull: Bool { self == .null }

    /// An object of members with different names, which are not copied as those of a literal are: for what is written
    /// with every line of chat.
    static func members(_ members: JSONObject.Member...) -> JSONValue {
        .object(JSONObject(members))
    }

    /// A string, or `null` for `nil`.
    public static func optional(_ text: String?) -> JSONValue {
        text.map(JSONValue.string) ?? .null
    }

    /// A whole number, or `null` for `nil`.
    public static func optional(_ value: Int?) -> JSONValue {
        value.map { .integer(Int64($0)) } ?? .null
    }
}

/// The members of a JSON object in the order in which they were written.
///
/// Of members that share a name the last one counts, as browsers do it. Two objects are equal when they have equal
/// members, whatever the order.
public struct JSONObject: Sendable {
    /// One name and its value.
    public struct Member: Sendable, Equatable {
        /// The name, unescaped.
        public let name: String
        /// The value.
        public var value: JSONValue

        init(_ name: String, _ value: JSONValue) {
            self.name = name
            self.value = value
        }
    }

    /// The members as written.
    public private(set) var members: [Member]

    /// An empty object.
    public init() {
        members = []
    }

    /// The value of that name; setting `nil` removes it.
    public subscript(name: String) -> JSONValue? {
        get { members.last { $0.name == name }?.value }
        set {
            guard let newValue else { return members.removeAll { $0.name == name } }
            if let index = members.lastIndex(where: { $0.name == name }) {
                members[index].value = newValue
            } else {
                members.append(Member(name, newValue))
            }
        }
    }

    /// An object of members with different names.
    init(_ members: [Member]) {
        self.members = members
    }

    /// Makes room for so many members.
    mutating func reserve(_ count: Int) {
        members.reserveCapacity(count)
    }

    /// Adds a member without looking for one of the same name.
    mutating func append(_ name: String, _ value: JSONValue) {
        members.append(Member(name, value))
    }
}

extension JSONObject: Equatable {
    /// Compares members by name, not by order.
    public static func == (left: JSONObject, right: JSONObject) -> Bool {
        if left.members == right.members { return true }
        guard left.members.count == right.members.count else { return false }
        let byName = Dictionary(right.members.map { ($0.name, $0.value) }, uniquingKeysWith: { _, last in last })
        return left.members.allSatisfy { byName[$0.name] == $0.value }
    }
}

extension JSONObject: ExpressibleByDictionaryLiteral {
    /// Takes the members of a literal in its order.
    public init(dictionaryLiteral elements: (String, JSONValue)...) {
        members = elements.map { Member($0.0, $0.1) }
    }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByStringInterpolation, ExpressibleByIntegerLiteral,
    ExpressibleByFloatLiteral, ExpressibleByBooleanLiteral, ExpressibleByNilLiteral, ExpressibleByArrayLiteral,
    ExpressibleByDictionaryLiteral
{
    /// A string.
    public init(stringLiteral value: String) {
        self = .string(value)
    }

    /// A whole number.
    public init(integerLiteral value: Int64) {
        self = .integer(value)
    }

    /// A number with a fraction.
    public init(floatLiteral value: Double) {
        self = .number(value)
    }

    /// `true` or `false`.
    public init(booleanLiteral value: Bool) {
        self = .bool(value)
    }

    /// `null`.
    public init(nilLiteral: ()) {
        self = .null
    }

    /// An array.
    public init(arrayLiteral elements: JSONValue...) {
        self = .array(elements)
    }

    /// An object with the members of the literal in its order.
    public init(dictionaryLiteral elements: (String, JSONValue)...) {
        self = .object(JSONObject(elements.map { JSONObject.Member($0.0, $0.1) }))
    }
}

/// What can be written as JSON and read back: the states of widgets above all.
///
/// A value that is written and read again must be equal to the first one, for that is how a widget survives a crash.
public protocol JSONConvertible: Sendable {
    /// Reads what ``json`` wrote; `nil` when the value has another shape.
    init?(json: JSONValue)

    /// This value as JSON.
    var json: JSONValue { get }
}
