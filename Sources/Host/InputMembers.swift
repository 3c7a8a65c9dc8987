import WidgetAPI

/// The members of a JSON object, each read as what is wanted or refused by name.
struct InputMembers {
    private let object: JSONObject
    private let path: String

    init(_ object: JSONObject, at path: String = "") {
        self.object = object
        self.path = path
    }

    init(_ value: JSONValue, at path: String) throws(InputError) {
        guard let object = value.objectValue else { throw InputError(path, value, wanted: "an object") }
        self.init(object, at: path == "body" ? "" : path)
    }

    subscript(name: String) -> JSONValue? { object[name] }

    /// Refuses members that nobody would read: mostly a typing error.
    func expectOnly(_ names: String...) throws(InputError) {
        try expectOnly(names)
    }

    /// Refuses members that nobody would read.
    func expectOnly(_ names: [String]) throws(InputError) {
        for member in object.members where !names.contains(member.name) {
            let wanted = "no member of this name, but \(names.joined(separator: ", "))"
            throw InputError(name(member.name), member.value, wanted: wanted)
        }
    }

    /// A text of so many characters as people count them, which every database keeps as it is.
    func text(_ name: String, _ length: ClosedRange<Int>) throws(InputError) -> String? {
        try read(name, "a text of \(length.lowerBound) to \(length.upperBound) characters") { value in
            value.stringValue.flatMap { $0.isKeepable(length) ? $0 : nil }
        }
    }

    func integer(_ name: String, _ range: ClosedRange<Int64>) throws(InputError) -> Int64? {
        try read(name, "a whole number from \(range.lowerBound) to \(range.upperBound)") { value in
            value.integerValue.flatMap { range.contains($0) ? $0 : nil }
        }
    }

    func number(_ name: String, _ range: ClosedRange<Double>) throws(InputError) -> Double? {
        try read(name, "a number from \(range.lowerBound.plain) to \(range.upperBound.plain)") { value in
            value.numberValue.flatMap { range.contains($0) ? $0 : nil }
        }
    }

    func flag(_ name: String) throws(InputError) -> Bool? {
        try read(name, "true or false", \.boolValue)
    }

    func choice<Choice: RawRepresentable & CaseIterable>(_ name: String, _ type: Choice.Type) throws(InputError)
        -> Choice? where Choice.RawValue == String
    {
        let words = Choice.allCases.map(\.rawValue).joined(separator: ", ")
        return try read(name, "one of \(words)") { $0.stringValue.flatMap(Choice.init(rawValue:)) }
    }

    func object(_ name: String) throws(InputError) -> InputMembers? {
        guard let value = object[name] else { return nil }
        return try InputMembers(value, at: self.name(name))
    }

    func list(_ name: String) throws(InputError) -> [InputMembers]? {
        guard let values: [JSONValue] = try read(name, "a list of objects", \.arrayValue) else { return nil }
        var list: [InputMembers] = []
        for (index, value) in values.enumerated() {
            list.append(try InputMembers(value, at: "\(self.name(name))[\(index)]"))
        }
        return list
    }

    /// A member that must be there.
    func required<Value>(
        _ name: String,
        _ read: (String) throws(InputError) -> Value?
    ) throws(InputError) -> Value {
        guard let value = try read(name) else {
            throw InputError(self.name(name), .null, wanted: "a value (it is missing)")
        }
        return value
    }

    /// What the member is called in an error.
    func name(_ name: String) -> String {
        let shown = InputError.shortened(name)
        return path.isEmpty ? shown : "\(path).\(shown)"
    }

    private func read<Value>(
        _ name: String,
        _ wanted: String,
        _ convert: (JSONValue) -> Value?
    ) throws(InputError) -> Value? {
        guard let value = object[name] else { return nil }
        guard let converted = convert(value) else { throw InputError(self.name(name), value, wanted: wanted) }
        return converted
    }
}

extension String {
    /// Bytes that one character may have on average; a family of four has 25, a letter with endless marks any number.
    static let bytesPerCharacter = 16

    /// Whether a text has so many characters and can be kept as it is.
    ///
    /// Databases end a text at its first NUL, or refuse it.
    func isKeepable(_ length: ClosedRange<Int>) -> Bool {
        utf8.count <= length.upperBound * Self.bytesPerCharacter && length.contains(count) && !utf8.contains(0)
    }
}

extension Double {
    /// Without the `.0` of a whole number, as people write it.
    fileprivate var plain: String { self == rounded() ? String(Int(self)) : "\(self)" }
}

/// Something in a request that does not fit.
struct InputError: HostFailure, Equatable {
    // Enough to recognise a value by.
    private static let shownCharacters = 80

    let publicMessage: String
    var code: FailureCode { .validation }

    init(message: String) {
        publicMessage = message
    }

    init(_ field: String, _ value: JSONValue, wanted: String) {
        publicMessage = "\(field): \(Self.shortened(value.text)) given, \(wanted) wanted."
    }

    /// A member whose name stands twice in its object.
    init(repeated name: String) {
        publicMessage = "\(Self.shortened(name)): given more than once, one value wanted."
    }

    /// No longer than people read; one character may have any number of bytes.
    static func shortened(_ text: String) -> String {
        let most = text.unicodeScalars.prefix(shownCharacters)
        return most.endIndex == text.unicodeScalars.endIndex ? text : "\(String(most))…"
    }
}
