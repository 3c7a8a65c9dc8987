import WidgetAPI

/// A viewer whose name and words are taken out of what is kept.
///
/// In their place stands somebody without a name, the same everywhere, so that sums by person stay sums by person. Who
/// that was is written down nowhere.
struct ErasedViewer: Sendable {
    /// What is shown where a name stood.
    static let name = "Erased"
    /// Shorter names are words of their own in other people's sentences.
    private static let shortestNameInText = 5
    /// Shorter ids are numbers that mean something else, too.
    private static let shortestIdAlone = 4

    let userId: String
    private let pseudonym: String
    private(set) var names: Set<String> = []
    /// Texts that they wrote.
    private var texts: Set<String> = []
    private var messageIds: Set<String> = []

    init(userId: String, pseudonym: String = "erased-\(RandomText.make(bytes: 12))") {
        (self.userId, self.pseudonym) = (userId, pseudonym)
    }

    private var user: JSONObject {
        [
            "id": .string(pseudonym), "login": "", "displayName": .string(Self.name), "avatarUrl": .null,
            "color": .null, "badges": [], "roles": [],
        ]
    }

    // MARK: Learning

    /// Learns names and texts from a row of the log.
    mutating func learn(_ event: Event) {
        guard mentions(event.payload) else { return }
        learnNames(event.payload)
        guard isAuthor(of: event.payload) else { return }
        messageIds.insert(event.id.text)
        for member in event.payload.objectValue?.members ?? [] where Self.free.contains(member.name) {
            learnTexts(member.value)
        }
    }

    private func mentions(_ value: JSONValue) -> Bool {
        switch value {
        case .string(let text): text == userId
        case .array(let elements): elements.contains(where: mentions)
        case .object(let object): object.members.contains { mentions($0.value) }
        default: false
        }
    }

    private mutating func learnNames(_ value: JSONValue) {
        for element in value.arrayValue ?? [] { learnNames(element) }
        guard let object = value.objectValue else { return }
        if isThem(object) {
            for name in ["displayName", "login"] {
                if let text = object[name]?.stringValue, !text.isEmpty { names.insert(text) }
            }
        }
        for member in object.members { learnNames(member.value) }
    }

    private mutating func learnTexts(_ value: JSONValue) {
        if let text = value.stringValue, !text.isEmpty { texts.insert(text) }
        for element in value.arrayValue ?? [] { learnTexts(element) }
        for member in value.objectValue?.members ?? [] where member.name == "text" { learnTexts(member.value) }
    }

    // MARK: Erasing

    /// Members of a payload in which a viewer's own words stand.
    private static let free = ["text", "fragments", "message", "input", "systemText"]

    /// The payload of a row of the log without them.
    func erased(_ payload: JSONValue) -> JSONValue {
        guard var object = payload.objectValue else { return payload }
        if isAuthor(of: payload) {
            for name in Self.free where object[name] != nil && object[name] != .null {
                object[name] = object[name]?.arrayValue == nil ? "" : []
            }
        }
        // What a platform said in its own form: its members may be called anything.
        if object["event"] != nil, object["user"] == nil, let raw = object["event"], mentions(raw) {
            object["event"] = .null
        }
        return erasedParts(.object(object))
    }

    private func erasedParts(_ value: JSONValue) -> JSONValue {
        switch value {
        case .string(let text): .string(text == userId ? pseudonym : withoutMentions(text))
        case .array(let elements): .array(elements.map(erasedParts))
        case .object(let object):
            if isThem(object) {
                .object(user)
            } else if object["displayName"] != nil, let id = object["messageId"]?.stringValue, messageIds.contains(id) {
                // An answer repeats what it answers.
                .object(["messageId": .string(id), "displayName": .string(Self.name), "text": ""])
            } else {
                .object(Self.mapped(object) { ($0, erasedParts($1)) })
            }
        default: value
        }
    }

    /// What a widget remembers, without them: its form is its own, so every text counts.
    func erased(fromState value: JSONValue) -> JSONValue {
        switch value {
        case .string(let text): .string(erased(text))
        case .array(let elements): .array(elements.map(erased(fromState:)))
        case .object(let object): .object(Self.mapped(object) { (key($0), erased(fromState: $1)) })
        default: value
        }
    }

    /// A name as a key could be a word of the widget's own; an id of a platform could not.
    private func key(_ text: String) -> String {
        text == userId && text.count >= Self.shortestIdAlone ? pseudonym : text
    }

    private func erased(_ text: String) -> String {
        if text == userId { return key(text) }
        if texts.contains(text) { return "" }
        if names.contains(text) { return Self.name }
        return withoutMentions(text)
    }

    private func withoutMentions(_ text: String) -> String {
        names.reduce(text) { text, name in
            var text = text.replacing("@\(name)", with: "@\(Self.name)")
            if name.count >= Self.shortestNameInText { text = Self.replacing(name, in: text) }
            return text
        }
    }

    /// Replaces a name where it stands as a word.
    private static func replacing(_ name: String, in text: String) -> String {
        var result = ""
        var rest = text[...]
        while let found = rest.firstRange(of: name) {
            let before = rest[..<found.lowerBound].last ?? result.last
            let after = rest[found.upperBound...].first
            let isWord = [before, after].allSatisfy { $0.map { !$0.isLetter && !$0.isNumber && $0 != "_" } ?? true }
            result += rest[..<found.lowerBound] + (isWord ? Self.name : name)
            rest = rest[found.upperBound...]
        }
        return result + rest
    }

    private func isThem(_ object: JSONObject) -> Bool {
        object["id"]?.stringValue == userId && object["displayName"] != nil
    }

    private func isAuthor(of payload: JSONValue) -> Bool {
        ["user", "gifter"].contains { payload[$0]?.objectValue.map(isThem) == true }
    }

    private static func mapped(
        _ object: JSONObject,
        _ change: (String, JSONValue) -> (String, JSONValue)
    ) -> JSONObject {
        var mapped = JSONObject()
        for member in object.members {
            let (name, value) = change(member.name, member.value)
            mapped[name] = value
        }
        return mapped
    }
}
