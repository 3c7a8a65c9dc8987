/// One line of IRC, taken apart where it lies: texts are made of those parts alone that somebody asks for.
///
/// `[@tags SP][:prefix SP]COMMAND[ SP parameters][ SP :text]`, after RFC 1459 section 2.3.1 and
/// https://ircv3.net/specs/extensions/message-tags.
struct IRCLine: Sendable {
    /// What a line is for; whatever this host has no use for is `other`.
    enum Command: Sendable, Equatable {
        case message, userNotice, clearChat, clearMessage
        case notice, ping, reconnect, capabilities, join
        /// 001: the login was good.
        case welcome
        /// 366: a channel has been joined, and all who are there were named.
        case endOfNames
        case other
    }

    /// Bytes of the tags, from the `@` to the space behind them, at most (message-tags, "Size limit").
    static let tagsLimit = 8191
    /// Parameters that are kept; nothing that is read here has more.
    private static let parametersLimit = 4

    let command: Command
    private let bytes: [UInt8]
    private let nick: Range<Int>
    private let tags: IRCTag.Table<Range<Int>>
    private var parameters = InlineArray<4, Range<Int>>(repeating: 0..<0)
    private var parameterCount = 0

    /// Reads the line that stands there, without the characters that end it.
    init(_ bytes: [UInt8], at range: Range<Int>) throws(MalformedDelivery) {
        let end = range.upperBound
        var place = range.lowerBound
        var tags = IRCTag.Table<Range<Int>>(repeating: 0..<0)
        var nick = 0..<0
        if place < end, bytes[place] == UInt8(ascii: "@") {
            let stop = Self.end(of: place, in: bytes, before: end)
            guard stop - place < Self.tagsLimit else { throw MalformedDelivery("the tags are too long") }
            Self.read(&tags, of: bytes, at: place + 1..<stop)
            place = Self.start(after: stop, in: bytes, before: end)
        }
        if place < end, bytes[place] == UInt8(ascii: ":") {
            let stop = Self.end(of: place, in: bytes, before: end)
            // A server's name has no nick in it.
            if let mark = bytes[place..<stop].firstIndex(of: UInt8(ascii: "!")) { nick = place + 1..<mark }
            place = Self.start(after: stop, in: bytes, before: end)
        }
        guard place < end, bytes[place] != UInt8(ascii: " ") else { throw MalformedDelivery("there is no command") }
        let stop = Self.end(of: place, in: bytes, before: end)
        command = Command(bytes[place..<stop])
        self.bytes = bytes
        self.nick = nick
        self.tags = tags
        place = Self.start(after: stop, in: bytes, before: end)
        while place < end, parameterCount < Self.parametersLimit {
            let isLast = bytes[place] == UInt8(ascii: ":")
            let stop = isLast ? end : Self.end(of: place, in: bytes, before: end)
            parameters[parameterCount] = (isLast ? place + 1 : place)..<stop
            parameterCount += 1
            place = Self.start(after: stop, in: bytes, before: end)
        }
    }

    /// A tag's value as it should be read; `nil` when it is missing or empty.
    func text(_ tag: IRCTag) -> String? {
        let value = raw(tag)
        guard !value.isEmpty else { return nil }
        let text = Self.unescaped(value)
        return text.isEmpty ? nil : text
    }

    /// A tag's value as it was sent; empty when it is missing.
    func raw(_ tag: IRCTag) -> ArraySlice<UInt8> { bytes[tags[tag.rawValue]] }

    /// A tag's value as a number; `nil` when it is missing, none, or has more than 15 digits.
    func number(_ tag: IRCTag) -> Int64? { Self.number(raw(tag)) }

    /// The parameter at that place, from 0; what stands behind the colon is the last one.
    func parameter(_ place: Int) -> String? {
        place < parameterCount ? String(decoding: bytes[parameters[place]], as: UTF8.self) : nil
    }

    /// Whether the parameter at that place is that text.
    func hasParameter(_ place: Int, _ text: String) -> Bool {
        place < parameterCount && bytes[parameters[place]].elementsEqual(text.utf8)
    }

    /// Who sent it; `nil` for what comes from the server itself.
    var nickname: String? { nick.isEmpty ? nil : String(decoding: bytes[nick], as: UTF8.self) }

    /// The value of digits, at most 15 of them; `nil` for anything else.
    static func number(_ digits: ArraySlice<UInt8>) -> Int64? {
        guard (1...15).contains(digits.count) else { return nil }
        var value: Int64 = 0
        for digit in digits {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) else { return nil }
            value = value * 10 + Int64(digit - UInt8(ascii: "0"))
        }
        return value
    }

    /// A value of a tag without its escapes: `\:` is `;`, `\s` a space, `\r` and `\n` what they are elsewhere; any
    /// other character stands for itself, and a lone `\` at the end for nothing.
    static func unescaped(_ value: ArraySlice<UInt8>) -> String {
        let backslash = UInt8(ascii: "\\")
        guard value.contains(backslash) else { return String(decoding: value, as: UTF8.self) }
        var plain: [UInt8] = []
        plain.reserveCapacity(value.count)
        var isEscaped = false
        for byte in value {
            if isEscaped {
                plain.append(meaning(of: byte))
                isEscaped = false
            } else if byte == backslash {
                isEscaped = true
            } else {
                plain.append(byte)
            }
        }
        return String(decoding: plain, as: UTF8.self)
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
    private static func read(_ tags: inout IRCTag.Table<Range<Int>>, of bytes: [UInt8], at range: Range<Int>) {
        var place = range.lowerBound
        while place < range.upperBound {
            var stop = place
            var mark: Int?
            while stop < range.upperBound, bytes[stop] != UInt8(ascii: ";") {
                // A value may hold more of them.
                if mark == nil, bytes[stop] == UInt8(ascii: "=") { mark = stop }
                stop += 1
            }
            if let tag = IRCTag.named(bytes[place..<(mark ?? stop)]) {
                tags[tag.rawValue] = mark.map { $0 + 1..<stop } ?? 0..<0
            }
            place = stop + 1
        }
    }

    /// Where the word ends that begins there.
    private static func end(of start: Int, in bytes: [UInt8], before end: Int) -> Int {
        var place = start
        while place < end, bytes[place] != UInt8(ascii: " ") { place += 1 }
        return place
    }

    /// Where the next word begins.
    private static func start(after stop: Int, in bytes: [UInt8], before end: Int) -> Int {
        var place = stop
        while place < end, bytes[place] == UInt8(ascii: " ") { place += 1 }
        return place
    }
}

extension IRCLine.Command {
    fileprivate init(_ word: ArraySlice<UInt8>) {
        self = Self.all.first { $0.word.elementsEqual(word) }?.command ?? .other
    }

    /// By how often they come.
    private static let all: [(word: [UInt8], command: IRCLine.Command)] = words.map { (Array($0.utf8), $1) }

    private static let words: [(String, IRCLine.Command)] = [
        ("PRIVMSG", .message), ("USERNOTICE", .userNotice), ("CLEARMSG", .clearMessage), ("CLEARCHAT", .clearChat),
        ("JOIN", .join), ("NOTICE", .notice), ("PING", .ping), ("RECONNECT", .reconnect), ("CAP", .capabilities),
        ("001", .welcome), ("366", .endOfNames),
    ]
}
