/// The payload of `chat:message`.
public struct ChatMessage: JSONConvertible, Equatable {
    /// A piece of a message.
    ///
    /// All pieces' texts in order are what was written.
    public struct Fragment: JSONConvertible, Equatable {
        /// What a piece is.
        public enum Kind: String, Sendable {
            case text, emote, mention, cheermote, link
        }

        /// What this piece is.
        public var kind: Kind
        /// The piece as text; of an emote its name.
        public var text: String
        /// The emote's id, where this is one.
        public var emoteId: String?
        /// The emote's picture, a path of this host, or `nil`.
        public var emoteUrl: String?

        /// A piece of text of that kind.
        public init(_ kind: Kind = .text, _ text: String, emoteId: String? = nil, emoteUrl: String? = nil) {
            self.kind = kind
            self.text = text
            self.emoteId = emoteId
            self.emoteUrl = emoteUrl
        }

        /// Reads `{type,text,emote?}`.
        public init?(json: JSONValue) {
            guard let text = json["text"]?.stringValue else { return nil }
            self.init(
                json["type"]?.stringValue.flatMap(Kind.init(rawValue:)) ?? .text,
                text,
                emoteId: json["emote"]?["id"]?.stringValue,
                emoteUrl: json["emote"]?["url"]?.stringValue
            )
        }

        /// Written as `{type,text,emote?}`.
        public var json: JSONValue {
            guard let emoteId else {
                return .members(.init("type", .string(kind.rawValue)), .init("text", .string(text)))
            }
            return .members(
                .init("type", .string(kind.rawValue)),
                .init("text", .string(text)),
                .init("emote", .members(.init("id", .string(emoteId)), .init("url", .optional(emoteUrl))))
            )
        }
    }

    /// The message another one answers.
    public struct Reply: JSONConvertible, Equatable {
        /// Id of the message that is answered.
        public var messageId: String
        /// Who wrote it.
        public var displayName: String
        /// What it said.
        public var text: String

        /// An answer to that message.
        public init(messageId: String, displayName: String, text: String) {
            self.messageId = messageId
            self.displayName = displayName
            self.text = text
        }

        /// Reads `{messageId,displayName,text}`.
        public init?(json: JSONValue) {
            guard let messageId = json["messageId"]?.stringValue else { return nil }
            self.init(
                messageId: messageId,
                displayName: json["displayName"]?.stringValue ?? "",
                text: json["text"]?.stringValue ?? ""
            )
        }

        /// Written as `{messageId,displayName,text}`.
        public var json: JSONValue {
            .members(
                .init("messageId", .string(messageId)),
                .init("displayName", .string(displayName)),
                .init("text", .string(text))
            )
        }
    }

    /// The platform's id of the message.
    public var messageId: String
    /// Who wrote it.
    public var user: User?
    /// The whole text.
    public var text: String
    /// The text in pieces.
    public var fragments: [Fragment]
    /// Written with `/me`.
    public var isAction: Bool
    /// What it answers, or `nil`.
    public var replyTo: Reply?
    /// Bits cheered with it, or `nil`.
    public var bits: Int?

    /// A message.
    public init(
        messageId: String,
        user: User?,
        text: String,
        fragments: [Fragment]? = nil,
        isAction: Bool = false,
        replyTo: Reply? = nil,
        bits: Int? = nil
    ) {
        self.messageId = messageId
        self.user = user
        self.text = text
        self.fragments = fragments ?? [Fragment(.text, text)]
        self.isAction = isAction
        self.replyTo = replyTo
        self.bits = bits
    }

    /// Reads the payload of `chat:message`.
    public init?(json: JSONValue) {
        guard let messageId = json["messageId"]?.stringValue, let text = json["text"]?.stringValue else { return nil }
        self.init(
            messageId: messageId,
            user: json["user"].flatMap(User.init(json:)),
            text: text,
            fragments: json["fragments"]?.arrayValue?.compactMap(Fragment.init(json:)),
            isAction: json["isAction"]?.boolValue ?? false,
            replyTo: json["replyTo"].flatMap(Reply.init(json:)),
            bits: json["bits"]?.integerValue.map(Int.init)
        )
    }

    /// The payload of `chat:message`.
    public var json: JSONValue {
        .members(
            .init("messageId", .string(messageId)),
            .init("user", user?.json ?? .null),
            .init("text", .string(text)),
            .init("fragments", .array(fragments.map(\.json))),
            .init("isAction", .bool(isAction)),
            .init("replyTo", replyTo?.json ?? .null),
            .init("bits", .optional(bits))
        )
    }
}

/// The payload of `chat:notice`: what the platform itself writes into chat.
///
/// Counted nowhere: the events it tells of come as deliveries of their own.
public struct ChatNotice: JSONConvertible, Equatable {
    /// The platform's id of the message.
    public var messageId: String
    /// Whom it is about.
    public var user: User?
    /// The platform's word for it, such as `resub`.
    public var kind: String
    /// The platform's sentence.
    public var systemText: String
    /// What the user added, or `nil`.
    public var message: String?
    /// Paid by Amazon Prime, where the platform tells.
    public var prime: Bool?
    /// What a gift bomb and its recipients share, where the platform tells it.
    public var giftId: String?

    /// A notice about that person.
    public init(
        messageId: String,
        user: User?,
        kind: String,
        systemText: String,
        message: String? = nil,
        prime: Bool? = nil,
        giftId: String? = nil
    ) {
        self.messageId = messageId
        self.user = user
        self.kind = kind
        self.systemText = systemText
        self.message = message
        self.prime = prime
        self.giftId = giftId
    }

    /// Reads `{messageId,user,kind,systemText,message,prime,giftId}`.
    public init?(json: JSONValue) {
        guard let messageId = json["messageId"]?.stringValue, let kind = json["kind"]?.stringValue else { return nil }
        self.init(
            messageId: messageId,
            user: json["user"].flatMap(User.init(json:)),
            kind: kind,
            systemText: json["systemText"]?.stringValue ?? "",
            message: json["message"]?.stringValue,
            prime: json["prime"]?.boolValue,
            giftId: json["giftId"]?.stringValue
        )
    }

    /// Written as `{messageId,user,kind,systemText,message,prime,giftId}`.
    public var json: JSONValue {
        [
            "messageId": .string(messageId), "user": user?.json ?? .null, "kind": .string(kind),
            "systemText": .string(systemText), "message": .optional(message),
            "prime": prime.map(JSONValue.bool) ?? .null, "giftId": .optional(giftId),
        ]
    }
}

/// The payload of `chat:delete`.
public struct ChatDeletion: JSONConvertible, Equatable {
    /// The message that must leave the screen.
    public var messageId: String

    /// The deletion of that message.
    public init(messageId: String) {
        self.messageId = messageId
    }

    /// Reads `{messageId}`.
    public init?(json: JSONValue) {
        guard let messageId = json["messageId"]?.stringValue else { return nil }
        self.init(messageId: messageId)
    }

    /// Written as `{messageId}`.
    public var json: JSONValue { ["messageId": .string(messageId)] }
}

/// The payload of `chat:clear`.
public struct ChatClearing: JSONConvertible, Equatable {
    /// Whose messages must leave the screen; `nil` means everybody's.
    public var userId: String?

    /// The clearing of one user's messages, or of all.
    public init(userId: String?) {
        self.userId = userId
    }

    /// Reads `{userId}`.
    public init?(json: JSONValue) {
        guard json.objectValue != nil else { return nil }
        self.init(userId: json["userId"]?.stringValue)
    }

    /// Written as `{userId}`.
    public var json: JSONValue { ["userId": .optional(userId)] }
}
