/// A person on a platform.
///
/// An anonymous one is a missing user (`null`).
public struct User: JSONConvertible, Equatable {
    /// What a person is allowed in a channel.
    public enum Role: String, Sendable, CaseIterable {
        case broadcaster, moderator, vip, subscriber
    }

    /// A badge beside a name.
    public struct Badge: JSONConvertible, Equatable {
        /// The set, such as `moderator`.
        public var set: String
        /// Which one of the set, such as `1`.
        public var id: String
        /// What it says, where the platform tells.
        public var title: String?
        /// Its picture, a path of this host (`/img/…`), or `nil`.
        public var imageUrl: String?

        /// A badge of a set.
        public init(set: String, id: String, title: String? = nil, imageUrl: String? = nil) {
            self.set = set
            self.id = id
            self.title = title
            self.imageUrl = imageUrl
        }

        /// Reads `{set,id,title,imageUrl}`.
        public init?(json: JSONValue) {
            guard let set = json["set"]?.stringValue, let id = json["id"]?.stringValue else { return nil }
            self.init(set: set, id: id, title: json["title"]?.stringValue, imageUrl: json["imageUrl"]?.stringValue)
        }

        /// Written as `{set,id,title,imageUrl}`.
        public var json: JSONValue {
            .members(
                .init("set", .string(set)),
                .init("id", .string(id)),
                .init("title", .optional(title)),
                .init("imageUrl", .optional(imageUrl))
            )
        }
    }

    /// The platform's id.
    public var id: String
    /// The name in addresses, lower case.
    public var login: String
    /// The name to show.
    public var displayName: String
    /// The picture, a path of this host, or `nil`.
    public var avatarUrl: String?
    /// The colour the user chose, `#RRGGBB`, or `nil`.
    public var color: String?
    /// Badges in the platform's order.
    public var badges: [Badge]
    /// Roles in the channel.
    public var roles: [Role]

    /// A person; everything but the names may be unknown.
    public init(
        id: String,
        login: String,
        displayName: String,
        avatarUrl: String? = nil,
        color: String? = nil,
        badges: [Badge] = [],
        roles: [Role] = []
    ) {
        self.id = id
        self.login = login
        self.displayName = displayName
        self.avatarUrl = avatarUrl
        self.color = color
        self.badges = badges
        self.roles = roles
    }

    /// Reads `{id,login,displayName,avatarUrl,color,badges,roles}`.
    public init?(json: JSONValue) {
        guard let id = json["id"]?.stringValue, let displayName = json["displayName"]?.stringValue else { return nil }
        self.init(
            id: id,
            login: json["login"]?.stringValue ?? displayName.lowercased(),
            displayName: displayName,
            avatarUrl: json["avatarUrl"]?.stringValue,
            color: json["color"]?.stringValue,
            badges: json["badges"]?.arrayValue?.compactMap(Badge.init(json:)) ?? [],
            roles: json["roles"]?.arrayValue?.compactMap { $0.stringValue.flatMap(Role.init(rawValue:)) } ?? []
        )
    }

    /// Written as `{id,login,displayName,avatarUrl,color,badges,roles}`.
    public var json: JSONValue {
        .members(
            .init("id", .string(id)),
            .init("login", .string(login)),
            .init("displayName", .string(displayName)),
            .init("avatarUrl", .optional(avatarUrl)),
            .init("color", .optional(color)),
            .init("badges", .array(badges.map(\.json))),
            .init("roles", .array(roles.map { .string($0.rawValue) }))
        )
    }
}

/// An amount in the smallest unit of its currency.
public struct Money: JSONConvertible, Equatable {
    /// The amount, such as 500 for five dollars.
    public var minor: Int64
    /// ISO 4217, or `BITS` and `KICKS`.
    public var currency: String

    /// So many of the currency's smallest units.
    public init(minor: Int64, currency: String) {
        self.minor = minor
        self.currency = currency
    }

    /// Reads `{minor,currency}`.
    public init?(json: JSONValue) {
        guard let minor = json["minor"]?.integerValue, let currency = json["currency"]?.stringValue else { return nil }
        self.init(minor: minor, currency: currency)
    }

    /// Written as `{minor,currency}`.
    public var json: JSONValue { ["minor": .integer(minor), "currency": .string(currency)] }
}
