import WidgetAPI

/// One object of a delivery, read by name.
///
/// Platforms add members and values without a new version, so whatever can be missing may be missing; what cannot is
/// named in the error with its path.
struct DeliveryFields {
    private let json: JSONValue
    private let path: String

    init(_ json: JSONValue?, path: String) {
        self.json = json ?? .null
        self.path = path
    }

    /// What a delivery's body says, which is always an object.
    static func object(in body: some Collection<UInt8>) throws(MalformedDelivery) -> JSONValue {
        let json: JSONValue
        do {
            json = try JSONValue(parsing: body)
        } catch {
            throw MalformedDelivery("\(error)")
        }
        guard json.objectValue != nil else { throw MalformedDelivery("The body is not an object") }
        return json
    }

    /// The object of that name; where there is none its members are missing.
    func inner(_ name: String) -> DeliveryFields {
        DeliveryFields(json[name], path: "\(path).\(name)")
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
    /// A whole number counts: Kick's ids are numbers, and Twitch's own examples print theirs so now and then.
    func optionalText(_ name: String) -> String? {
        switch json[name] {
        case .string(let text): text.isEmpty ? nil : text
        case .integer(let number): String(number)
        default: nil
        }
    }

    func text(_ name: String) throws(MalformedDelivery) -> String {
        guard let text = optionalText(name) else {
            throw MalformedDelivery("\(path).\(name) is missing, empty or not a text")
        }
        return text
    }

    /// A number of things; `nil` when it is missing or negative.
    func optionalCount(_ name: String) -> Int? {
        guard let number = json[name]?.integerValue, number >= 0 else { return nil }
        return Int(exactly: number)
    }

    func count(_ name: String) throws(MalformedDelivery) -> Int {
        guard let count = optionalCount(name) else {
            throw MalformedDelivery("\(path).\(name) is missing or not a count")
        }
        return count
    }

    func flag(_ name: String) -> Bool {
        json[name]?.boolValue ?? false
    }

    /// A moment, or `nil` when it is missing or unreadable.
    func moment(_ name: String) -> Timestamp? {
        json[name]?.stringValue.flatMap(Timestamp.init(rfc3339:))
    }

    /// A colour, `#RRGGBB`; it goes into a style, so nothing else may pass.
    func color(_ name: String) -> String? {
        guard let text = optionalText(name) else { return nil }
        let bytes = Array(text.utf8)
        let isColor =
            bytes.count == 7 && bytes[0] == UInt8(ascii: "#")
            && bytes.dropFirst().allSatisfy { Character(Unicode.Scalar($0)).isHexDigit }
        return isColor ? text : nil
    }

    /// The person of `<prefix>_id`, `_login` and `_name`; `nil` without an id.
    func optionalUser(_ prefix: String) -> User? {
        guard let id = optionalText("\(prefix)_id") else { return nil }
        let login = optionalText("\(prefix)_login")
        let name = optionalText("\(prefix)_name") ?? login ?? id
        return User(id: id, login: login ?? name.lowercased(), displayName: name)
    }

    func user(_ prefix: String) throws(MalformedDelivery) -> User {
        guard let user = optionalUser(prefix) else {
            throw MalformedDelivery("\(path).\(prefix)_id is missing, empty or not a text")
        }
        return user
    }
}

extension DeliveryFields {
    /// A reward that this person has redeemed; the platforms say the rest of it in the same words.
    func redemption(by user: User) throws(MalformedDelivery) -> Redemption {
        let reward = inner("reward")
        return Redemption(
            user: user,
            rewardId: reward.optionalText("id") ?? "",
            rewardTitle: try reward.text("title"),
            rewardCost: reward.optionalCount("cost") ?? 0,
            input: optionalText("user_input"),
            status: optionalText("status") ?? "unknown"
        )
    }
}

/// Signed, but not what its type promises.
struct MalformedDelivery: Error, Equatable {
    /// What is wrong, and where.
    let reason: String

    init(_ reason: String) {
        self.reason = reason
    }
}
