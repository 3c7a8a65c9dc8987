import WidgetAPI

/// What a JSON value must be: its kind, and of an object every member and no other.
indirect enum JSONShape: Sendable {
    /// A text, also an empty one.
    case text
    /// A text that is not empty: an id or a name.
    case name
    /// A whole number from 0.
    case count
    case flag
    /// A moment as every frame writes it, `2026-03-01T18:00:00.000Z`.
    case moment
    /// `#RRGGBB`.
    case color
    /// A path of this host.
    case path
    case anything
    case oneOf([String])
    case list(JSONShape)
    /// Whole numbers by name, however many.
    case table
    case object([String: JSONShape], optional: [String: JSONShape] = [:])
    case orNull(JSONShape)

    /// Everything about a value that is not of this shape, in words; `nil` stands for a member that is missing.
    func faults(of value: JSONValue?, at path: String) -> [String] {
        guard let value else { return ["\(path) is missing"] }
        switch self {
        case .orNull(let shape): return value.isNull ? [] : shape.faults(of: value, at: path)
        case .list(let shape):
            guard let elements = value.arrayValue else { return ["\(path) is no list"] }
            return elements.enumerated().flatMap { shape.faults(of: $1, at: "\(path).\($0)") }
        case .object(let members, let optional): return Self.faults(of: value, members, optional, at: path)
        case .table:
            guard let members = value.objectValue?.members else { return ["\(path) is no object"] }
            return members.flatMap { JSONShape.count.faults(of: $0.value, at: "\(path).\($0.name)") }
        default: return isMet(by: value) ? [] : ["\(path) is \(value.text.prefix(80)), \(words) wanted"]
        }
    }

    private static func faults(
        of value: JSONValue,
        _ members: [String: JSONShape],
        _ optional: [String: JSONShape],
        at path: String
    ) -> [String] {
        guard let object = value.objectValue else { return ["\(path) is no object"] }
        let names = object.members.map(\.name)
        var faults = Set(names).count == names.count ? [] : ["\(path) has a name twice"]
        faults += names.filter { members[$0] == nil && optional[$0] == nil }.map {
            "\(path).\($0) does not belong there"
        }
        for (name, shape) in members.sorted(by: { $0.key < $1.key }) {
            faults += shape.faults(of: object[name], at: "\(path).\(name)")
        }
        for (name, shape) in optional.sorted(by: { $0.key < $1.key }) where object[name] != nil {
            faults += shape.faults(of: object[name], at: "\(path).\(name)")
        }
        return faults
    }

    private func isMet(by value: JSONValue) -> Bool {
        switch self {
        case .text: value.stringValue != nil
        case .name: value.stringValue?.isEmpty == false
        case .count: if case .integer(let number) = value { number >= 0 } else { false }
        case .flag: value.boolValue != nil
        case .moment: value.stringValue.map { Timestamp(rfc3339: $0)?.iso8601 == $0 } ?? false
        case .color: value.stringValue?.wholeMatch(of: /#[0-9A-Fa-f]{6}/) != nil
        case .path: value.stringValue.map { $0.hasPrefix("/img/") && !$0.contains("..") } ?? false
        case .oneOf(let texts): value.stringValue.map(texts.contains) ?? false
        case .anything, .list, .table, .object, .orNull: true
        }
    }

    private var words: String {
        switch self {
        case .oneOf(let texts): "one of \(texts.joined(separator: ", "))"
        case .name: "a text that is not empty"
        case .count: "a whole number from 0"
        case .flag: "true or false"
        case .moment: "a moment"
        case .color: "a colour"
        case .path: "a path of this host's pictures"
        default: "a text"
        }
    }
}
