/// One token of a style sheet (CSS Syntax Level 3), as a run of its bytes.
struct StyleToken: Sendable, Equatable {
    enum Kind: Sendable, Equatable {
        case identifier
        /// A name and its `(`.
        case function
        /// `@` and a name.
        case atKeyword
        case string
        /// An address without quotes, from `url(` to `)`.
        case bareAddress
        /// A number with its unit or `%`, or a name after `#`.
        case value
        /// White space and comments.
        case space
        /// Any other character: brackets, `:`, `;`, `,` and what selectors are made of.
        case mark(UInt8)
    }

    let kind: Kind
    let range: Range<Int>
}

/// Cuts a style sheet into tokens.
///
/// A backslash is refused wherever it stands outside a comment: with it any refused word can be written so that only a
/// browser recognises it. So no name here is longer than it looks.
struct StyleTokens {
    private let bytes: [UInt8]
    private var position = 0
    private(set) var tokens: [StyleToken] = []
    /// What was found where; reading stops at none of them.
    private(set) var faults: [(offset: Int, message: String)] = []

    private static let faultsLimit = 100

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        while position < bytes.count, faults.count < Self.faultsLimit {
            let start = position
            let kind = next()
            tokens.append(StyleToken(kind: kind, range: start..<position))
        }
    }

    private mutating func next() -> StyleToken.Kind {
        let byte = bytes[position]
        switch byte {
        case UInt8(ascii: "/") where peek(1) == UInt8(ascii: "*"): return comment()
        case 0x09, 0x0A, 0x0C, 0x0D, 0x20:
            while let byte = peek(0), Self.isSpace(byte) { position += 1 }
            return .space
        case UInt8(ascii: "\""), UInt8(ascii: "'"): return string(byte)
        case UInt8(ascii: "#") where peek(1).map(Self.isNamePart) ?? false:
            position += 1
            skipName()
            return .value
        case UInt8(ascii: "@") where startsName(1):
            position += 1
            skipName()
            return .atKeyword
        case UInt8(ascii: "\\"):
            faults.append((position, "a backslash, a sheet without one wanted"))
            position += 1
            return .space
        default:
            if startsNumber() { return number() }
            if startsName(0) { return name() }
            position += 1
            return .mark(byte)
        }
    }

    private mutating func comment() -> StyleToken.Kind {
        let start = position
        position += 2
        while position + 1 < bytes.count {
            if bytes[position] == UInt8(ascii: "*"), bytes[position + 1] == UInt8(ascii: "/") {
                position += 2
                return .space
            }
            position += 1
        }
        position = bytes.count
        faults.append((start, "a comment that is not closed"))
        return .space
    }

    private mutating func string(_ quote: UInt8) -> StyleToken.Kind {
        let start = position
        position += 1
        while let byte = peek(0) {
            if byte == quote {
                position += 1
                return .string
            }
            if byte == 0x0A || byte == 0x0D || byte == 0x0C { break }
            if byte == UInt8(ascii: "\\") {
                faults.append((position, "a backslash, a sheet without one wanted"))
                return .string
            }
            position += 1
        }
        faults.append((start, "a text that is not closed on its line"))
        return .string
    }

    private mutating func number() -> StyleToken.Kind {
        if let sign = peek(0), sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") { position += 1 }
        skipDigits()
        if peek(0) == UInt8(ascii: "."), peek(1).map(Self.isDigit) ?? false {
            position += 1
            skipDigits()
        }
        if let byte = peek(0), byte | 0x20 == UInt8(ascii: "e") {
            let signed = peek(1) == UInt8(ascii: "+") || peek(1) == UInt8(ascii: "-")
            if peek(signed ? 2 : 1).map(Self.isDigit) ?? false {
                position += signed ? 2 : 1
                skipDigits()
            }
        }
        if peek(0) == UInt8(ascii: "%") {
            position += 1
        } else if startsName(0) {
            skipName()
        }
        if peek(0) == UInt8(ascii: "(") { faults.append((position, "a \"(\" right after a number")) }
        return .value
    }

    private mutating func name() -> StyleToken.Kind {
        let start = position
        skipName()
        guard peek(0) == UInt8(ascii: "(") else { return .identifier }
        // Browsers disagree about which characters beyond ASCII belong to a name: what is one function here might be
        // something and `url(` there.
        if bytes[start..<position].contains(where: { $0 >= 0x80 }) {
            faults.append((start, "a function whose name is not of a-z and \"-\""))
        }
        position += 1
        guard position - start == 4, Self.lowercased(bytes[start..<(start + 3)]) == "url" else { return .function }
        var ahead = position
        while ahead < bytes.count, Self.isSpace(bytes[ahead]) { ahead += 1 }
        if ahead < bytes.count, bytes[ahead] == UInt8(ascii: "\"") || bytes[ahead] == UInt8(ascii: "'") {
            return .function
        }
        while let byte = peek(0), byte != UInt8(ascii: ")") {
            if byte == UInt8(ascii: "\\") { faults.append((position, "a backslash, a sheet without one wanted")) }
            position += 1
        }
        position = min(position + 1, bytes.count)
        return .bareAddress
    }

    private func startsNumber() -> Bool {
        var ahead = 0
        if let sign = peek(0), sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") { ahead = 1 }
        if peek(ahead).map(Self.isDigit) ?? false { return true }
        return peek(ahead) == UInt8(ascii: ".") && (peek(ahead + 1).map(Self.isDigit) ?? false)
    }

    private func startsName(_ offset: Int) -> Bool {
        guard let first = peek(offset) else { return false }
        if first == UInt8(ascii: "-") {
            guard let second = peek(offset + 1) else { return false }
            return second == UInt8(ascii: "-") || Self.isNameStart(second)
        }
        return Self.isNameStart(first)
    }

    private mutating func skipName() {
        while let byte = peek(0), Self.isNamePart(byte) { position += 1 }
    }

    private mutating func skipDigits() {
        while let byte = peek(0), Self.isDigit(byte) { position += 1 }
    }

    private func peek(_ offset: Int) -> UInt8? {
        position + offset < bytes.count ? bytes[position + offset] : nil
    }

    static func lowercased(_ bytes: some Collection<UInt8>) -> String {
        String(decoding: bytes, as: UTF8.self).lowercased()
    }

    private static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0C || byte == 0x0D
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

    private static func isNameStart(_ byte: UInt8) -> Bool {
        (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte) || byte == UInt8(ascii: "_") || byte >= 0x80
    }

    private static func isNamePart(_ byte: UInt8) -> Bool {
        isNameStart(byte) || isDigit(byte) || byte == UInt8(ascii: "-")
    }
}
