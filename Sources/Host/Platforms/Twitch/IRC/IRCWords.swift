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
        var pieces: [ChatMessage.Fragment] = []
        guard !emotes.isEmpty else {
            Self.add(text[...], cheersIn: cheers, to: &pieces)
            fragments = pieces
            return
        }
        let places = Self.places(of: emotes)
        pieces.reserveCapacity(2 * places.count + 1)
        let scalars = text.unicodeScalars
        var (place, scalar) = (scalars.startIndex, 0)
        for emote in places where emote.first >= scalar && emote.last >= emote.first {
            guard let start = scalars.index(place, offsetBy: emote.first - scalar, limitedBy: scalars.endIndex),
                let end = scalars.index(start, offsetBy: emote.last + 1 - emote.first, limitedBy: scalars.endIndex)
            else { continue }
            if start > place { Self.add(text[place..<start], cheersIn: cheers, to: &pieces) }
            let name = String(text[start..<end])
            let path = TwitchEmote(id: emote.id)?.path
            pieces.append(ChatMessage.Fragment(.emote, name, emoteId: emote.id, emoteUrl: path))
            (place, scalar) = (end, emote.last + 1)
        }
        if pieces.isEmpty || place < text.endIndex { Self.add(text[place...], cheersIn: cheers, to: &pieces) }
        fragments = pieces
    }

    /// What the tag tells, in the order of the text.
    private static func places(of tag: ArraySlice<UInt8>) -> [Emote] {
        let bytes = tag.span
        var emotes: [Emote] = []
        var group = 0
        while group < bytes.count {
            let end = bytes.place(of: UInt8(ascii: "/"), in: group..<bytes.count) ?? bytes.count
            defer { group = end + 1 }
            guard let mark = bytes.place(of: UInt8(ascii: ":"), in: group..<end), mark > group else { continue }
            let id = IRCLine.unescaped(bytes.extracting(group..<mark))
            guard !id.isEmpty else { continue }
            var range = mark + 1
            while range < end {
                let stop = bytes.place(of: UInt8(ascii: ","), in: range..<end) ?? end
                defer { range = stop + 1 }
                guard let dash = bytes.place(of: UInt8(ascii: "-"), in: range..<stop),
                    let first = IRCLine.number(bytes.extracting(range..<dash)),
                    let last = IRCLine.number(bytes.extracting(dash + 1..<stop))
                else { continue }
                emotes.append(Emote(first: Int(first), last: Int(last), id: id))
            }
        }
        return emotes.sorted { $0.first < $1.first }
    }

    // MARK: Between emotes

    /// Cheermotes are those of the channel `cheersIn`; `nil` where there are none.
    private static func add(_ text: Substring, cheersIn channelId: String?, to pieces: inout [ChatMessage.Fragment]) {
        let bytes = text.utf8.span
        guard channelId != nil || bytes.place(of: UInt8(ascii: "@"), in: bytes.indices) != nil else {
            return pieces.append(splittingLinksOf: text)
        }
        func piece(_ range: Range<Int>) -> Substring {
            let start = text.utf8.index(text.startIndex, offsetBy: range.lowerBound)
            return text[start..<text.utf8.index(start, offsetBy: range.count)]
        }
        // What is no word of its own, up to the next one that is.
        var (rest, place) = (0, 0)
        while place < bytes.count {
            let end = bytes.place(of: UInt8(ascii: " "), in: place..<bytes.count) ?? bytes.count
            let word = bytes.extracting(place..<end)
            var found: (length: Int, fragment: ChatMessage.Fragment)?
            if let length = lengthOfMention(at: word) {
                found = (length, ChatMessage.Fragment(.mention, String(piece(place..<place + length))))
            } else if let channelId, let cheer = cheer(in: word) {
                let prefix = String(piece(place..<place + cheer.prefix))
                let picture = TwitchCheermote(prefix: prefix, bits: cheer.bits, inChatOf: channelId)
                let said = String(piece(place..<end))
                found = (
                    word.count,
                    ChatMessage.Fragment(.cheermote, said, emoteId: picture?.id, emoteUrl: picture?.path)
                )
            }
            if let found {
                if place > rest { pieces.append(splittingLinksOf: piece(rest..<place)) }
                pieces.append(found.fragment)
                rest = place + found.length
            }
            place = end + 1
        }
        if rest < bytes.count { pieces.append(splittingLinksOf: piece(rest..<bytes.count)) }
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
