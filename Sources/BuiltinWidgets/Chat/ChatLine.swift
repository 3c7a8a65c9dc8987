import WidgetAPI

/// A chat message as the widget keeps it.
struct ChatLine: Equatable, JSONConvertible {
    typealias Fragment = ChatMessage.Fragment

    // A message of either platform has at most 500 characters; four bytes hold any one without marks on it.
    private static let charactersLimit = 500
    private static let bytesLimit = 2000
    private static let fragmentsLimit = 60
    private static let emoteBytesLimit = 200
    // The names and marks of a line and of one piece of it, in the view or the state, whichever needs more.
    private static let markupBytes = 700
    private static let fragmentMarkupBytes = 120

    let origin: EventOrigin
    let userId: String?
    let name: String
    let color: String
    let roles: [User.Role]
    let fragments: [Fragment]
    let isAction: Bool
    let replyTo: String?
    let time: Timestamp

    init(_ message: ChatMessage, of event: Event) {
        self.init(
            origin: EventOrigin(event),
            userId: message.user?.id,
            name: message.user.shownName,
            color: NameColor(chosen: message.user?.color, userId: message.user?.id ?? "").hex,
            roles: Self.roles(of: message.user),
            fragments: Self.kept(message.fragments),
            isAction: message.isAction,
            replyTo: message.replyTo?.displayName.cut(characters: 40, bytes: 120),
            time: event.occurredAt
        )
    }

    init?(json: JSONValue) {
        guard let origin = json["origin"].flatMap(EventOrigin.init(json:)), let name = json["name"]?.stringValue,
            let color = json["color"]?.stringValue, let time = json["time"]?.integerValue
        else { return nil }
        self.init(
            origin: origin,
            userId: json["userId"]?.stringValue,
            name: name,
            color: color,
            roles: json["roles"]?.arrayValue?.compactMap { $0.stringValue.flatMap(User.Role.init(rawValue:)) } ?? [],
            fragments: json["fragments"]?.arrayValue?.compactMap(Fragment.init(json:)) ?? [],
            isAction: json["isAction"]?.boolValue ?? false,
            replyTo: json["replyTo"]?.stringValue,
            time: Timestamp(milliseconds: time)
        )
    }

    var json: JSONValue {
        [
            "origin": origin.json, "userId": .optional(userId), "name": .string(name), "color": .string(color),
            "roles": .array(roles.map { .string($0.rawValue) }), "fragments": .array(fragments.map(\.json)),
            "isAction": .bool(isAction), "replyTo": .optional(replyTo), "time": .integer(time.milliseconds),
        ]
    }

    private init(
        origin: EventOrigin,
        userId: String?,
        name: String,
        color: String,
        roles: [User.Role],
        fragments: [Fragment],
        isAction: Bool,
        replyTo: String?,
        time: Timestamp
    ) {
        self.origin = origin
        self.userId = userId
        self.name = name
        self.color = color
        self.roles = roles
        self.fragments = fragments
        self.isAction = isAction
        self.replyTo = replyTo
        self.time = time
    }

    /// What this line takes of the limits of state and view, in bytes; never less than either needs.
    var weight: Int {
        var weight = Self.markupBytes + fragments.count * Self.fragmentMarkupBytes
        weight += Self.bytes(name) + Self.bytes(replyTo) + Self.bytes(userId) + Self.bytes(origin.platform)
        // The id stands in the key as well.
        weight += Self.bytes(origin.id) * 2
        for fragment in fragments {
            weight += Self.bytes(fragment.text) + Self.bytes(fragment.emoteId) + Self.bytes(fragment.emoteUrl)
        }
        return weight
    }

    /// What JSON needs for a text, quotes left out.
    private static func bytes(_ text: String?) -> Int {
        text?.utf8.reduce(0) { $0 + ($1 == 0x22 || $1 == 0x5C ? 2 : $1 < 0x20 ? 6 : 1) } ?? 0
    }

    private static func roles(of user: User?) -> [User.Role] {
        guard let user else { return [] }
        let badges = Set(user.badges.map(\.set))
        return User.Role.allCases.filter { user.roles.contains($0) || badges.contains($0.rawValue) }
    }

    /// The pieces that are kept: neighbours of the same plain kind are one, so that the number of nodes stays small.
    private static func kept(_ fragments: [Fragment]) -> [Fragment] {
        var allowance = TextAllowance(characters: charactersLimit, bytes: bytesLimit)
        var kept: [Fragment] = []
        for fragment in fragments where !allowance.isExhausted {
            let text = allowance.take(fragment.text)
            let isWhole = !allowance.isExhausted && kept.count < fragmentsLimit
            append(isWhole ? drawable(fragment, text: text) : Fragment(.text, text), to: &kept)
        }
        return kept
    }

    private static func append(_ fragment: Fragment, to kept: inout [Fragment]) {
        guard !fragment.text.isEmpty else { return }
        if fragment.kind == .text, let last = kept.indices.last, kept[last].kind == .text {
            kept[last].text += fragment.text
        } else {
            kept.append(fragment)
        }
    }

    /// The piece in the kind in which it is drawn: an emote without a picture of this host is its name.
    private static func drawable(_ fragment: Fragment, text: String) -> Fragment {
        switch fragment.kind {
        case .text, .link:
            return Fragment(.text, text)
        case .mention, .cheermote:
            return Fragment(fragment.kind, text)
        case .emote:
            guard let id = fragment.emoteId, let url = fragment.emoteUrl, url.hasPrefix("/img/"),
                id.utf8.count + url.utf8.count <= emoteBytesLimit
            else { return Fragment(.text, text) }
            return Fragment(.emote, text, emoteId: id, emoteUrl: url)
        }
    }
}
