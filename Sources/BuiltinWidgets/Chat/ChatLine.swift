import WidgetAPI

/// A chat message as the widget keeps it: what its platform sent, within limits.
///
/// How it looks is decided when it is drawn, so that a change of the settings reaches what is on screen.
struct ChatLine: Equatable, JSONConvertible {
    typealias Fragment = ChatMessage.Fragment

    /// A badge of which the platform gives a picture.
    struct BadgePicture: Equatable {
        let set: String
        let title: String
        let url: String
    }

    /// What the line answers.
    struct Quote: Equatable {
        let messageId: String
        let name: String
        /// How the answered message begins, or `nil` when a moderator removed it.
        var text: String?
    }

    let origin: EventOrigin
    /// Rises with every row of the chat.
    let number: Int64
    /// When it came into the log.
    let arrived: Timestamp
    /// When it was written, by the platform's clock.
    let time: Timestamp
    let userId: String?
    let login: String
    let name: String
    /// The colour the user chose, as the platform sent it.
    let color: String?
    let avatarUrl: String?
    let roles: [User.Role]
    let pictures: [BadgePicture]
    let fragments: [Fragment]
    let isAction: Bool
    private(set) var quote: Quote?

    init(_ message: ChatMessage, of event: Event, number: Int64) {
        let user = message.user
        origin = EventOrigin(event)
        self.number = number
        arrived = event.receivedAt
        time = event.occurredAt
        userId = user?.id
        name = user.shownName
        login = user?.login.cut(characters: 40, bytes: 120) ?? ""
        color = user?.color.flatMap { NameColor(hex: $0)?.hex }
        avatarUrl = Self.picture(user?.avatarUrl)
        roles = Self.roles(of: user)
        pictures = Self.pictures(of: user)
        fragments = Self.kept(message.fragments)
        isAction = message.isAction
        quote = message.replyTo.map(Self.quote)
    }

    init?(json: JSONValue) {
        guard let origin = json["origin"].flatMap(EventOrigin.init(json:)), let name = json["name"]?.stringValue,
            let number = json["number"]?.integerValue, let arrived = json["arrived"]?.integerValue,
            let time = json["time"]?.integerValue
        else { return nil }
        self.origin = origin
        self.number = number
        self.arrived = Timestamp(milliseconds: arrived)
        self.time = Timestamp(milliseconds: time)
        userId = json["userId"]?.stringValue
        login = json["login"]?.stringValue ?? ""
        self.name = name
        color = json["color"]?.stringValue
        avatarUrl = json["avatar"]?.stringValue
        roles = json["roles"]?.arrayValue?.compactMap { $0.stringValue.flatMap(User.Role.init(rawValue:)) } ?? []
        pictures = json["pictures"]?.arrayValue?.compactMap(BadgePicture.init(json:)) ?? []
        fragments = json["fragments"]?.arrayValue?.compactMap(Fragment.init(json:)) ?? []
        isAction = json["isAction"]?.boolValue ?? false
        quote = json["quote"].flatMap(Quote.init(json:))
    }

    var json: JSONValue {
        var object: JSONObject = [
            "origin": origin.json, "number": .integer(number), "arrived": .integer(arrived.milliseconds),
            "time": .integer(time.milliseconds), "login": .string(login), "name": .string(name),
        ]
        // What most lines lack is left out: the state has a limit, and every byte is a byte of chat.
        object["userId"] = userId.map(JSONValue.string)
        object["color"] = color.map(JSONValue.string)
        object["avatar"] = avatarUrl.map(JSONValue.string)
        if !roles.isEmpty { object["roles"] = .array(roles.map { .string($0.rawValue) }) }
        if !pictures.isEmpty { object["pictures"] = .array(pictures.map(\.json)) }
        object["fragments"] = .array(fragments.map(\.json))
        if isAction { object["isAction"] = true }
        object["quote"] = quote?.json
        return .object(object)
    }

    /// Whether it begins like a command to a bot.
    var isCommand: Bool {
        fragments.first?.text.first { !$0.isWhitespace } == "!"
    }

    /// Forgets what the answered message said; its author's name stays, as in a mention.
    mutating func dropQuotedText() {
        quote?.text = nil
    }
}

extension ChatLine.BadgePicture: JSONConvertible {
    init?(json: JSONValue) {
        guard let set = json["set"]?.stringValue, let url = json["url"]?.stringValue else { return nil }
        self.init(set: set, title: json["title"]?.stringValue ?? "", url: url)
    }

    var json: JSONValue { ["set": .string(set), "title": .string(title), "url": .string(url)] }
}

extension ChatLine.Quote: JSONConvertible {
    init?(json: JSONValue) {
        guard let messageId = json["messageId"]?.stringValue, let name = json["name"]?.stringValue else { return nil }
        self.init(messageId: messageId, name: name, text: json["text"]?.stringValue)
    }

    var json: JSONValue {
        ["messageId": .string(messageId), "name": .string(name), "text": .optional(text)]
    }
}
