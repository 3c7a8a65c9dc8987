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
        let path: String?
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
        fragments = Self.pieces(of: text, emotes: emotes.isEmpty ? [] : Self.places(of: emotes), cheersIn: cheers)
    }

    /// What the tag tells, in the order of the text.
    private static func places(of tag: ArraySlice<UInt8>) -> [Emote] {
        let bytes = tag.span
        var emotes: [Emote] = []
        // None is shorter than `0-4,`, and few lines have more.
        emotes.reserveCapacity(min(bytes.count / 4, 8))
        var group = 0
        while group < bytes.count {
            let end = bytes.place(of: UInt8(ascii: "/"), in: group..<bytes.count) ?? bytes.count
            defer { group = end + 1 }
            guard let mark = bytes.place(of: UInt8(ascii: ":"), in: group..<end), mark > group else { continue }
            let id = IRCLine.unescaped(bytes.extracting(group..<mark))
            guard !id.isEmpty else { continue }
            let path = TwitchEmote(id: id)?.path
            var range = mark + 1
            while range < end {
                let stop = bytes.place(of: UInt8(ascii: ","), in: range..<end) ?? end
                defer { range = stop + 1 }
                guard let dash = bytes.place(of: UInt8(ascii: "-"), in: range..<stop),
                    let first = IRCLine.number(bytes.extracting(range..<dash)),
                    let last = IRCLine.number(bytes.extracting(dash + 1..<stop))
                else { continue }
                emotes.append(Emote(first: Int(first), last: Int(last), id: id, path: path))
            }
        }
        emotes.sort { $0.first < $1.first }
        return emotes
    }

    /// Cheermotes are those of the channel `cheersIn`; `nil` where there are none.
    private static func pieces(
        of text: String,
        emotes: [Emote],
        cheersIn channelId: String?
    ) -> [ChatMessage.Fragment] {
        let bytes = text.utf8.span
        var pieces: [ChatMessage.Fragment] = []
        guard !emotes.isEmpty || channelId != nil || mayMention(bytes) else {
            pieces.append(splittingLinksOf: text[...])
            return pieces
        }
        // An emote and what stands before it, and a few words.
        pieces.reserveCapacity(2 * emotes.count + 8)
        var (place, codePoint) = (0, 0)
        for emote in emotes where emote.first >= codePoint && emote.last >= emote.first {
            guard let start = placeBehind(emote.first - codePoint, in: bytes, from: place),
                let end = placeBehind(emote.last + 1 - emote.first, in: bytes, from: start)
            else { continue }
            if start > place { add(bytes.extracting(place..<start), cheersIn: channelId, to: &pieces) }
            let name = bytes.extracting(start..<end).text
            pieces.append(ChatMessage.Fragment(.emote, name, emoteId: emote.id, emoteUrl: emote.path))
            (place, codePoint) = (end, emote.last + 1)
        }
        if pieces.isEmpty || place < bytes.count {
            add(bytes.extracting(place..<bytes.count), cheersIn: channelId, to: &pieces)
        }
        return pieces
    }

    /// Where so many code points end that begin there; `nil` when there are fewer.
    private static func placeBehind(_ codePoints: Int, in bytes: Span<UInt8>, from start: Int) -> Int? {
        var place = start
        for _ in 0..<codePoints {
            guard place < bytes.count else { return nil }
            place = bytes.endOfCodePoint(at: place)
        }
        return place
    }

    // MARK: Between emotes

    /// Whether a mention is possible, which most texts have none of.
    private static func mayMention(_ bytes: Span<UInt8>) -> Bool {
        bytes.place(of: UInt8(ascii: "@"), in: bytes.indices) != nil
    }

    /// Adds a text in which no emotes are.
    private static func add(_ text: Span<UInt8>, cheersIn channelId: String?, to pieces: inout [ChatMessage.Fragment]) {
        guard channelId != nil || mayMention(text) else { return pieces.append(splittingLinksOf: text) }
        // What is no word of its own, up to the next one that is.
        var (rest, place) = (0, 0)
        while place < text.count {
            let end = text.place(of: UInt8(ascii: " "), in: place..<text.count) ?? text.count
            if let (length, piece) = marked(text.extracting(place..<end), cheersIn: channelId) {
                if place > rest { pieces.append(splittingLinksOf: text.extracting(rest..<place)) }
                pieces.append(piece)
                rest = place + length
            }
            place = end + 1
        }
        if rest < text.count { pieces.append(splittingLinksOf: text.extracting(rest..<text.count)) }
    }

    /// The mention or cheermote at the beginning of a word, and how many bytes it has.
    private static func marked(
        _ word: Span<UInt8>,
        cheersIn channelId: String?
    ) -> (length: Int, piece: ChatMessage.Fragment)? {
        if let length = lengthOfMention(at: word) {
            return (length, ChatMessage.Fragment(.mention, word.extracting(0..<length).text))
        }
        guard let channelId, let cheer = cheer(in: word) else { return nil }
        let prefix = word.extracting(0..<cheer.prefix).text
        let picture = TwitchCheermote(prefix: prefix, bits: cheer.bits, inChatOf: channelId)
        let piece = ChatMessage.Fragment(.cheermote, word.text, emoteId: picture?.id, emoteUrl: picture?.path)
        return (word.count, piece)
    }

    /// Bytes of the `@` and the name at the beginning of a word: at most 25 letters, digits and underscores.
    private static func lengthOfMention(at word: Span<UInt8>) -> Int? {
        guard !word.isEmpty, word[0] == UInt8(ascii: "@") else { return nil }
        var end = 1
        while end < word.count, isLetter(word[end]) || isDigit(word[end]) || word[end] == UInt8(ascii: "_") { end += 1 }
        return (2...26).contains(end) ? end : nil
    }

    // MARK: Cheers

    /// What all words that look like cheermotes are worth: where that is what was cheered, they are some.
    ///
    /// The names that count are a list of Twitch's that changes with every channel; the sum is told with each line.
    private static func cheered(in text: String) -> Int {
        let bytes = text.utf8.span
        var (sum, place) = (0, 0)
        while place < bytes.count {
            let end = bytes.place(of: UInt8(ascii: " "), in: place..<bytes.count) ?? bytes.count
            sum += cheer(in: bytes.extracting(place..<end))?.bits ?? 0
            place = end + 1
        }
        return sum
    }

    /// The letters and digits in front of the number at the end of a word such as `Cheer100`, how many they are, and
    /// the number, of at most seven digits.
    private static func cheer(in word: Span<UInt8>) -> (prefix: Int, bits: Int)? {
        var start = word.count
        while start > 0, isDigit(word[start - 1]) { start -= 1 }
        guard start > 0, (1...7).contains(word.count - start), word[start] != UInt8(ascii: "0"),
            (0..<start).allSatisfy({ isLetter(word[$0]) || isDigit(word[$0]) })
        else { return nil }
        return (start, (start..<word.count).reduce(0) { $0 * 10 + Int(word[$1] - UInt8(ascii: "0")) })
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
}
