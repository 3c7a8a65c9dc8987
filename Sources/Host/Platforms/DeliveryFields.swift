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

    /// A moment that is written as whole seconds since 1970, or `nil` when it is missing or beyond the year 9999.
    func moment(inSeconds name: String) -> Timestamp? {
        guard let seconds = optionalCount(name), seconds < 253_402_300_800 else { return nil }
        return Timestamp(milliseconds: Int64(seconds) * 1000)
    }

    /// A colour, `#RRGGBB`; it goes into a style, so nothing else may pass.
    func color(_ name: String) -> String? {
        optionalText(name).flatMap { Self.isColor($0.utf8) ? $0 : nil }
    }

    /// Whether that is `#RRGGBB`.
    static func isColor(_ bytes: some Collection<UInt8>) -> Bool {
        bytes.count == 7 && bytes.first == UInt8(ascii: "#") && bytes.dropFirst().allSatisfy(isHexDigit)
    }

    private static func isHexDigit(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"),
            UInt8(ascii: "A")...UInt8(ascii: "F"):
            true
        default: false
        }
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
    /// An id of a service's own: 1 to 200 visible ASCII characters, which every database keeps as they are.
    func id(_ name: String) throws(MalformedDelivery) -> String {
        let id = try text(name)
        guard id.utf8.count <= 200, id.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw MalformedDelivery("\(path).\(name) is not an id of 1 to 200 visible ASCII characters")
        }
        return id
    }

    /// The code of a currency in capitals: three letters, as ISO 4217 has them, whether anybody uses them or not.
    func currency(_ name: String) throws(MalformedDelivery) -> String {
        let code = try text(name).uppercased()
        let capitals = UInt8(ascii: "A")...UInt8(ascii: "Z")
        guard code.utf8.count == 3, code.utf8.allSatisfy(capitals.contains) else {
            throw MalformedDelivery("\(path).\(name) is not the three letters of a currency")
        }
        return code
    }

    /// A decimal number of that currency, given as a text or as a number.
    ///
    /// A number is read as it is written: nobody reckons with it before it is whole.
    func money(_ name: String, in currency: String) throws(MalformedDelivery) -> Money {
        let written: String? =
            switch json[name] {
            case .string(let text): text
            case .integer(let number): String(number)
            case .number(let number): number.description
            default: nil
            }
        guard let minor = written.flatMap({ DecimalAmount.minor(of: $0, in: currency) }) else {
            throw MalformedDelivery("\(path).\(name) is missing or no amount in \(currency) such as 5 or 5.00")
        }
        return Money(minor: minor, currency: currency)
    }

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
