import WidgetAPI

/// What somebody wrote, in pieces whose texts together are the whole.
///
/// IRC tells where emotes are and nothing else; mentions, cheermotes and links are found as EventSub marks them.
struct IRCWords {
    let text: String
    let fragments: [ChatMessage.Fragment]
    let isAction: Bool

    /// Where an emote stands, in Unicode code points of the text (https://dev.twitch.tv/docs/chat/irc/#privmsg-tags).
    private struct Emote {
        let first: Int
        let last: Int
        let id: String
    }

    /// - Parameters:
    ///   - raw: the text as it came, a `/me` in its wrapping; positions of emotes count from behind it.
    ///   - emotes: the tag, such as `25:0-4,12-16/1902:6-10`; what does not fit the text is left out.
    ///   - bits: how many were cheered, 0 for none.
    ///   - channelId: whose chat it is, for the pictures of cheermotes.
    init(_ raw: String, emotes: ArraySlice<UInt8>, bits: Int, inChatOf channelId: String) {
        let action = TwitchAction.text(in: raw)
        let text = action ?? raw
        self.text = text
        isAction = action != nil
        let cheers = bits > 0 && Self.cheered(in: text) == bits ? channelId : nil
        guard !emotes.isEmpty else {
            fragments = Self.plain(text[...], cheersIn: cheers)
            return
        }
        var pieces: [ChatMessage.Fragment] = []
        let scalars = text.unicodeScalars
        var (place, scalar) = (scalars.startIndex, 0)
        for emote in Self.places(of: emotes) where emote.first >= scalar && emote.last >= emote.first {
            guard let start = scalars.index(place, offsetBy: emote.first - scalar, limitedBy: scalars.endIndex),
                let end = scalars.index(start, offsetBy: emote.last + 1 - emote.first, limitedBy: scalars.endIndex)
            else { continue }
            if start > place { pieces += Self.plain(text[place..<start], cheersIn: cheers) }
            let name = String(text[start..<end])
            let path = TwitchEmote(id: emote.id)?.path
            pieces.append(ChatMessage.Fragment(.emote, name, emoteId: emote.id, emoteUrl: path))
            (place, scalar) = (end, emote.last + 1)
        }
        if pieces.isEmpty || place < text.endIndex { pieces += Self.plain(text[place...], cheersIn: cheers) }
        fragments = pieces
    }

    /// What the tag tells, in the order of the text.
    private static func places(of tag: ArraySlice<UInt8>) -> [Emote] {
        var emotes: [Emote] = []
        for group in tag.split(separator: UInt8(ascii: "/")) {
            guard let mark = group.firstIndex(of: UInt8(ascii: ":")) else { continue }
            let id = IRCLine.unescaped(group[..<mark])
            guard !id.isEmpty else { continue }
            for range in group[(mark + 1)...].split(separator: UInt8(ascii: ",")) {
                guard let dash = range.firstIndex(of: UInt8(ascii: "-")),
                    let first = IRCLine.number(range[..<dash]), let last = IRCLine.number(range[(dash + 1)...])
                else { continue }
                emotes.append(Emote(first: Int(first), last: Int(last), id: id))
            }
        }
        return emotes.sorted { $0.first < $1.first }
    }

    // MARK: Between emotes

    /// Cheermotes are those of the channel `cheersIn`; `nil` where there are none.
    private static func plain(_ text: Substring, cheersIn channelId: String?) -> [ChatMessage.Fragment] {
        let bytes = text.utf8
        guard channelId != nil || bytes.contains(UInt8(ascii: "@")) else {
            return ChatMessage.Fragment.splittingLinks(of: String(text))
        }
        var pieces: [ChatMessage.Fragment] = []
        // What is no word of its own, up to the next one that is.
        var rest = text.startIndex
        func add(
            _ kind: ChatMessage.Fragment.Kind,
            _ range: Range<Substring.Index>,
            _ cheermote: TwitchCheermote? = nil
        ) {
            if range.lowerBound > rest {
                pieces += ChatMessage.Fragment.splittingLinks(of: String(text[rest..<range.lowerBound]))
            }
            let said = String(text[range])
            pieces.append(ChatMessage.Fragment(kind, said, emoteId: cheermote?.id, emoteUrl: cheermote?.path))
            rest = range.upperBound
        }
        for word in bytes.split(separator: UInt8(ascii: " ")) {
            if let name = mention(at: word) {
                add(.mention, name)
            } else if let channelId, let bits = bits(in: word) {
                let prefix = word.prefix(through: word.lastIndex(where: isLetter) ?? word.startIndex)
                let cheermote = TwitchCheermote(prefix: String(Substring(prefix)), bits: bits, inChatOf: channelId)
                add(.cheermote, word.startIndex..<word.endIndex, cheermote)
            }
        }
        if rest < text.endIndex { pieces += ChatMessage.Fragment.splittingLinks(of: String(text[rest...])) }
        return pieces
    }

    /// The `@` and the name at the beginning of a word: at most 25 letters, digits and underscores.
    private static func mention(at word: Substring.UTF8View) -> Range<Substring.Index>? {
        guard word.first == UInt8(ascii: "@") else { return nil }
        let name = word.dropFirst().prefix { isLetter($0) || isDigit($0) || $0 == UInt8(ascii: "_") }
        return (1...25).contains(name.count) ? word.startIndex..<name.endIndex : nil
    }

    // MARK: Cheers

    /// What all words that look like cheermotes are worth: where that is what was cheered, they are some.
    ///
    /// The names that count are a list of Twitch's that changes with every channel; the sum is told with each line.
    private static func cheered(in text: String) -> Int {
        text.utf8.split(separator: UInt8(ascii: " ")).reduce(0) { $0 + (bits(in: $1) ?? 0) }
    }

    /// The number at the end of a word such as `Cheer100`, of at most seven digits.
    private static func bits(in word: Substring.UTF8View) -> Int? {
        guard word.allSatisfy({ isLetter($0) || isDigit($0) }),
            let end = word.lastIndex(where: isLetter)
        else { return nil }
        let digits = word[word.index(after: end)...]
        guard (1...7).contains(digits.count), digits.first != UInt8(ascii: "0") else { return nil }
        return digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
}
