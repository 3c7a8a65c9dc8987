import WidgetAPI

@testable import Host

/// What can happen in a channel, whatever platform tells of it.
enum Happening: String, CaseIterable, Sendable {
    case chatLine, reply, emoteLine, action, cheeredLine, notice, deletion, personCleared, chatCleared
    case follow, subscription, renewal, giftBomb, anonymousGifts
    case tip, anonymousTip, raid, redemption
    case online, offline, update
}

/// One happening in particular: who, what and when.
struct Telling: Sendable {
    /// Digits, as all platforms have them.
    static let personId = "77"
    static let giftCount = 3
    static let months = 7
    static let amount: Int64 = 250
    static let viewers = 42
    static let emote = (id: "25", name: "Kappa")
    /// Bits, and the word that they are cheered with.
    static let bits: Int64 = 100
    static let cheer = "Cheer100"
    static let reward = (title: "Pick a song", cost: Int64(300))

    var name = "Wren"
    var text = "Hello harbour"
    /// RFC 3339, with as many digits behind the point as somebody likes.
    var moment = "2026-03-01T18:00:00.123Z"
    /// Another one is another delivery of another happening.
    var serial = 1

    var deliveryId: String { "delivery-\(serial)" }
    var messageId: String { "line-\(serial)" }
    var redemptionId: String { "redemption-\(serial)" }
}

/// One delivery of a platform, still as parts.
struct Spoken: Sendable {
    var id: String
    var type: String
    var version: String
    var moment: String
    var event: JSONValue
}

/// A source of events and its own protocol, as far as the rules need it: how something is said there, and how that is
/// read.
protocol SpokenPlatform: Sendable {
    var name: String { get }
    var platform: Platform { get }
    /// The channel that its events belong to; `nil` where it knows of none.
    var channelId: String? { get }
    /// The rules that it cannot keep by its nature, each with the reason.
    var waived: [AdapterRule: String] { get }
    /// Whether it says what a ``Telling`` wants; what makes its stories up itself says only as much of its own.
    var saysWhatItIsTold: Bool { get }
    /// What a tip of the platform's own money is counted in.
    var currency: String { get }
    /// Whether a renewal carries what the subscriber wrote.
    var tellsRenewalWords: Bool { get }
    /// Whether a body that was cut can be told from a whole one.
    var tellsCutBodies: Bool { get }
    /// How the names of members end whose values are ids, be they texts or numbers.
    var idMembers: [String] { get }
    /// The id of the person that is told of; `nil` where that name is nobody's.
    func personId(of telling: Telling) -> String?
    /// Members, as paths with points, without which an event of that type cannot be read.
    func required(by type: String) -> Set<String>
    /// Members whose values the platform may add to.
    func choices(of type: String) -> [String]
    /// How the platform says it; nothing where it never does. The channel is ``channelId``.
    func deliveries(of happening: Happening, _ telling: Telling) -> [Spoken]
    func body(of spoken: Spoken) -> [UInt8]
    /// Reads a body that came as that delivery.
    ///
    /// - Throws: `MalformedDelivery` for what the body says.
    func read(_ body: [UInt8], as spoken: Spoken) throws -> [EventDraft]
}

extension SpokenPlatform {
    static var broadcasterId: String { "501" }
    var channelId: String? { Self.broadcasterId }
    var waived: [AdapterRule: String] { [:] }
    var saysWhatItIsTold: Bool { true }
    var tellsCutBodies: Bool { true }
    var idMembers: [String] { ["user_id"] }
    func personId(of telling: Telling) -> String? { Telling.personId }
}

extension JSONValue {
    /// The paths of all members, those of objects in objects too.
    func memberPaths(under path: String = "") -> [String] {
        (objectValue?.members ?? []).flatMap { member in
            [path + member.name] + member.value.memberPaths(under: "\(path)\(member.name).")
        }
    }

    /// The value with another one at that path, or without it; a number in a path is a place in a list.
    func setting(_ path: String, to value: JSONValue?) -> JSONValue {
        let parts = path.split(separator: ".", maxSplits: 1).map(String.init)
        if var elements = arrayValue, let index = Int(parts[0]), elements.indices.contains(index) {
            elements[index] = parts.count == 1 ? value ?? .null : elements[index].setting(parts[1], to: value)
            return .array(elements)
        }
        guard var object = objectValue, let old = object[parts[0]] else { return self }
        object[parts[0]] = parts.count == 1 ? value : old.setting(parts[1], to: value)
        return .object(object)
    }

    /// The value with every object in it changed.
    func mappingObjects(_ change: (inout JSONObject) -> Void) -> JSONValue {
        switch self {
        case .array(let elements): return .array(elements.map { $0.mappingObjects(change) })
        case .object(var object):
            for member in object.members { object[member.name] = member.value.mappingObjects(change) }
            change(&object)
            return .object(object)
        default: return self
        }
    }
}
