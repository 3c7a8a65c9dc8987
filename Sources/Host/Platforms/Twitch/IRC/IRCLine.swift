/// One line of IRC, taken apart where it lies: texts are made of those parts alone that somebody asks for.
///
/// `[@tags SP][:prefix SP]COMMAND[ SP parameters][ SP :text]`, after RFC 1459 section 2.3.1 and
/// https://ircv3.net/specs/extensions/message-tags.
struct IRCLine: Sendable {
    /// What a line is for; whatever this host has no use for is `other`.
    enum Command: Sendable, Equatable {
        case message, userNotice, clearChat, clearMessage
        case notice, ping, reconnect, capabilities, join, part
        /// 001: the login was good.
        case welcome
        /// 366: a channel has been joined, and all who are there were named.
        case endOfNames
        case other
    }

    /// Where something stands; a line is copied around, so it is kept small.
    private struct Place {
        private let start: UInt32
        private let end: UInt32

        init(_ range: Range<Int> = 0..<0) {
            (start, end) = (UInt32(range.lowerBound), UInt32(range.upperBound))
        }

        var range: Range<Int> { Int(start)..<Int(end) }
    }

    /// Bytes of the tags, from the `@` to the space behind them, at most (message-tags, "Size limit").
    static let tagsLimit = 8191
    /// Parameters that are kept; nothing that is read here has more.
    private static let parametersLimit = 4

    let command: Command
    private let bytes: [UInt8]
    private let nick: Place
    private let tags: IRCTag.Table<Place>
    private var parameters = InlineArray<4, Place>(repeating: Place())
    private var parameterCount = 0

    /// Reads the line that stands there, without the characters that end it; the bytes are fewer than 4 GiB.
    init(_ bytes: [UInt8], at range: Range<Int>) throws(MalformedDelivery) {
        let span = bytes.span
        let end = range.upperBound
        var place = range.lowerBound
        var tags = IRCTag.Table<Place>(repeating: Place())
        var nick = Place()
        if place < end, span[place] == UInt8(ascii: "@") {
            let stop = Self.end(of: place, in: span, before: end)
            guard stop - place < Self.tagsLimit else { throw MalformedDelivery("the tags are too long") }
            Self.read(&tags, of: span, at: place + 1..<stop)
            place = Self.start(after: stop, in: span, before: end)
        }
        if place < end, span[place] == UInt8(ascii: ":") {
            let stop = Self.end(of: place, in: span, before: end)
            // A server's name has no nick in it.
            if let mark = span.place(of: UInt8(ascii: "!"), in: place..<stop) { nick = Place(place + 1..<mark) }
            place = Self.start(after: stop, in: span, before: end)
        }
        guard place < end, span[place] != UInt8(ascii: " ") else { throw MalformedDelivery("there is no command") }
        let stop = Self.end(of: place, in: span, before: end)
        command = Command(span.extracting(place..<stop))
        self.bytes = bytes
        self.nick = nick
        self.tags = tags
        place = Self.start(after: stop, in: span, before: end)
        while place < end, parameterCount < Self.parametersLimit {
            let isLast = span[place] == UInt8(ascii: ":")
            let stop = isLast ? end : Self.end(of: place, in: span, before: end)
            parameters[parameterCount] = Place((isLast ? place + 1 : place)..<stop)
            parameterCount += 1
            place = Self.start(after: stop, in: span, before: end)
        }
    }

    /// A tag's value as it should be read; `nil` when it is missing or empty.
    func text(_ tag: IRCTag) -> String? {
        let range = tags[tag.rawValue].range
        guard !range.isEmpty else { return nil }
        let text = Self.unescaped(bytes.span.extracting(range))
        return text.isEmpty ? nil : text
    }

    /// A tag's value as it was sent; empty when it is missing.
    func raw(_ tag: IRCTag) -> ArraySlice<UInt8> { bytes[tags[tag.rawValue].range] }

    /// A tag's value as a number; `nil` when it is missing, none, or has more than 15 digits.
    func number(_ tag: IRCTag) -> Int64? { Self.number(bytes.span.extracting(tags[tag.rawValue].range)) }

    /// The parameter at that place, from 0; what stands behind the colon is the last one.
    func parameter(_ place: Int) -> String? {
        place < parameterCount ? bytes.span.extracting(parameters[place].range).text : nil
    }

    /// Whether the parameter at that place is that text.
    func hasParameter(_ place: Int, _ text: String) -> Bool {
        place < parameterCount && bytes[parameters[place].range].elementsEqual(text.utf8)
    }

    /// Who sent it; `nil` for what comes from the server itself.
    var nickname: String? { nick.range.isEmpty ? nil : bytes.span.extracting(nick.range).text }

    /// The value of digits, at most 15 of them; `nil` for anything else.
    static func number(_ digits: Span<UInt8>) -> Int64? {
        guard (1...15).contains(digits.count) else { return nil }
        var value: Int64 = 0
        for place in digits.indices {
            let digit = digits[place]
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) else { return nil }
            value = value * 10 + Int64(digit - UInt8(ascii: "0"))
        }
        return value
    }

    /// A value of a tag without its escapes: `\:` is `;`, `\s` a space, `\r` and `\n` what they are elsewhere; any
    /// other character stands for itself, and a lone `\` at the end for nothing.
    static func unescaped(_ value: Span<UInt8>) -> String {
        let backslash = UInt8(ascii: "\\")
        guard value.place(of: backslash, in: value.indices) != nil else { return value.text }
        return String(unsafeUninitializedCapacity: value.count) { plain in
            var end = 0
            var isEscaped = false
            for place in value.indices {
                let byte = value[place]
                if byte == backslash, !isEscaped {
                    isEscaped = true
                    continue
                }
                plain.initializeElement(at: end, to: isEscaped ? meaning(of: byte) : byte)
                end += 1
                isEscaped = false
            }
            return end
        }
    }

    private static func meaning(of byte: UInt8) -> UInt8 {
        switch byte {
        case UInt8(ascii: ":"): UInt8(ascii: ";")
        case UInt8(ascii: "s"): UInt8(ascii: " ")
        case UInt8(ascii: "r"): 0x0D
        case UInt8(ascii: "n"): 0x0A
        default: byte
        }
    }

    /// Notes where the values are of those tags that somebody needs; of two of a name the last one counts.
    private static func read(_ tags: inout IRCTag.Table<Place>, of bytes: Span<UInt8>, at range: Range<Int>) {
        let end = range.upperBound
        var place = range.lowerBound
        while place < end {
            let stop = bytes.place(of: UInt8(ascii: ";"), in: place..<end) ?? end
            // A value may hold more of them.
            let mark = bytes.place(of: UInt8(ascii: "="), in: place..<stop)
            if let tag = IRCTag.named(bytes.extracting(place..<(mark ?? stop))) {
                tags[tag.rawValue] = Place(mark.map { $0 + 1..<stop } ?? stop..<stop)
            }
            place = stop + 1
        }
    }

    /// Where the word ends that begins there.
    private static func end(of start: Int, in bytes: Span<UInt8>, before end: Int) -> Int {
        bytes.place(of: UInt8(ascii: " "), in: start..<end) ?? end
    }

    /// Where the next word begins.
    private static func start(after stop: Int, in bytes: Span<UInt8>, before end: Int) -> Int {
        var place = stop
        while place < end, bytes[place] == UInt8(ascii: " ") { place += 1 }
        return place
    }
}

extension IRCLine.Command {
    fileprivate init(_ word: Span<UInt8>) {
        for (known, command) in Self.words where word.isWord(known) {
            self = command
            return
        }
        self = .other
    }

    /// By how often they come.
    private static let words: [(word: StaticString, command: IRCLine.Command)] = [
        ("PRIVMSG", .message), ("USERNOTICE", .userNotice), ("CLEARMSG", .clearMessage), ("CLEARCHAT", .clearChat),
        ("JOIN", .join), ("PART", .part), ("NOTICE", .notice), ("PING", .ping), ("RECONNECT", .reconnect),
        ("CAP", .capabilities), ("001", .welcome), ("366", .endOfNames),
    ]
}
