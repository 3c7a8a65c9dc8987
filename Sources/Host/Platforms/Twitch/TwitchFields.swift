import WidgetAPI

/// One object of a delivery, read by name.
///
/// Twitch adds members and values without a new version, so whatever can be missing may be missing; what cannot is
/// named in the error with its path.
struct TwitchFields {
    private let json: JSONValue
    private let path: String

    init(_ json: JSONValue?, path: String) {
        self.json = json ?? .null
        self.path = path
    }

    /// The object of that name; where there is none its members are missing.
    func inner(_ name: String) -> TwitchFields {
        TwitchFields(json[name], path: "\(path).\(name)")
    }

    /// Whether the object of that name is there.
    func has(_ name: String) -> Bool {
        json[name]?.objectValue != nil
    }

    /// The elements of the array of that name; none where there is no such array.
    func elements(_ name: String) -> [JSONValue] {
        json[name]?.arrayValue ?? []
    }

    /// A text; `nil` when it is missing or empty.
    ///
    /// A whole number counts, for Twitch's own examples print ids as numbers now and then.
    func optionalText(_ name: String) -> String? {
        switch json[name] {
        case .string(let text): text.isEmpty ? nil : text
        case .integer(let number): String(number)
        default: nil
        }
    }

    func text(_ name: String) throws(TwitchDeliveryError) -> String {
        guard let text = optionalText(name) else { throw .malformed("\(path).\(name) is missing, empty or not a text") }
        return text
    }

    /// A number of things; `nil` when it is missing or negative.
    func optionalCount(_ name: String) -> Int? {
        guard let number = json[name]?.integerValue, number >= 0 else { return nil }
        return Int(exactly: number)
    }

    func count(_ name: String) throws(TwitchDeliveryError) -> Int {
        guard let count = optionalCount(name) else { throw .malformed("\(path).\(name) is missing or not a count") }
        return count
    }

    func flag(_ name: String) -> Bool {
        json[name]?.boolValue ?? false
    }

    /// A moment, or `nil` when it is missing or unreadable.
    func moment(_ name: String) -> Timestamp? {
        json[name]?.stringValue.flatMap(Timestamp.init(rfc3339:))
    }

    /// The person of `<prefix>_id`, `_login` and `_name`; `nil` without an id.
    func optionalUser(_ prefix: String) -> User? {
        guard let id = optionalText("\(prefix)_id") else { return nil }
        let login = optionalText("\(prefix)_login")
        let name = optionalText("\(prefix)_name") ?? login ?? id
        return User(id: id, login: login ?? name.lowercased(), displayName: name)
    }

    func user(_ prefix: String) throws(TwitchDeliveryError) -> User {
        guard let user = optionalUser(prefix) else {
            throw .malformed("\(path).\(prefix)_id is missing, empty or not a text")
        }
        return user
    }
}
