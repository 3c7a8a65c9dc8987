/// The names that a Lua program uses as globals, found without running it.
///
/// It is a help for authors and not a guard: whatever a program does, the sandbox gives it no function whose permission
/// is missing.
struct LuaWords {
    /// The line where each of these names is first used as `name.…`, unless the program has a local of that name.
    static func uses(of names: Set<String>, in program: String) -> [String: Int] {
        var words = LuaWords(bytes: Array(program.utf8))
        var uses: [String: Int] = [:]
        var locals: Set<String> = []
        var before: Token?
        while let token = words.next() {
            defer { before = token }
            guard case .name(let name) = token, names.contains(name) else { continue }
            if before == .name("local") || before == .name("function") {
                locals.insert(name)
                continue
            }
            let line = words.line
            guard before != .mark(UInt8(ascii: ".")), before != .mark(UInt8(ascii: ":")), words.isFollowedByAccess
            else { continue }
            if uses[name] == nil { uses[name] = line }
        }
        return uses.filter { !locals.contains($0.key) }
    }

    /// The texts that stand in the program as the argument of `table.function`, each with the line of its first use.
    ///
    /// What is put together while the program runs is not found, nor is a text with a backslash.
    static func texts(givenTo table: String, _ function: String, in program: String) -> [(text: String, line: Int)] {
        var words = LuaWords(bytes: Array(program.utf8))
        var texts: [(text: String, line: Int)] = []
        // How many of `table` `.` `function` stand before the next token, and whether a bracket follows them.
        let wanted: [Token] = [.name(table), .mark(UInt8(ascii: ".")), .name(function)]
        var seen = 0
        while let token = words.next() {
            let line = words.line
            switch token {
            case .text(let text) where seen == wanted.count:
                if !texts.contains(where: { $0.text == text }) { texts.append((text, line)) }
                seen = 0
            case .mark(UInt8(ascii: "(")) where seen == wanted.count: break
            case _ where seen < wanted.count && token == wanted[seen]: seen += 1
            default: seen = token == wanted[0] ? 1 : 0
            }
        }
        return texts
    }

    private enum Token: Equatable {
        case name(String)
        case mark(UInt8)
        /// A text in quotes, without a backslash in it.
        case text(String)
        case other
    }

    private let bytes: [UInt8]
    private var position = 0
    private var line = 1

    private init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    private var isFollowedByAccess: Bool {
        let next = bytes[position...].first { $0 != 0x20 && $0 != 0x09 }
        return next == UInt8(ascii: ".") || next == UInt8(ascii: "[")
    }

    private mutating func next() -> Token? {
        while let byte = peek(0) {
            switch byte {
            case 0x0A:
                line += 1
                position += 1
            case 0x20, 0x09, 0x0D: position += 1
            case UInt8(ascii: "-") where peek(1) == UInt8(ascii: "-"): comment()
            case UInt8(ascii: "\""), UInt8(ascii: "'"):
                let start = position + 1
                string(byte)
                let inside = bytes[start..<max(start, min(position - 1, bytes.count))]
                guard !inside.contains(UInt8(ascii: "\\")) else { return .other }
                return .text(String(decoding: inside, as: UTF8.self))
            case UInt8(ascii: "[") where longBracket() != nil:
                skipLong()
                return .other
            default: return isNameByte(byte) ? name() : mark(byte)
            }
        }
        return nil
    }

    private mutating func name() -> Token {
        let start = position
        while let byte = peek(0), isNameByte(byte) { position += 1 }
        return .name(String(decoding: bytes[start..<position], as: UTF8.self))
    }

    private mutating func mark(_ byte: UInt8) -> Token {
        position += 1
        // `..` joins texts; what follows it is a name of its own.
        if byte == UInt8(ascii: "."), peek(0) == byte {
            while peek(0) == byte { position += 1 }
            return .other
        }
        return .mark(byte)
    }

    private mutating func comment() {
        position += 2
        if peek(0) == UInt8(ascii: "["), longBracket() != nil { return skipLong() }
        while let byte = peek(0), byte != 0x0A { position += 1 }
    }

    private mutating func string(_ quote: UInt8) {
        position += 1
        while let byte = peek(0), byte != quote, byte != 0x0A {
            position += byte == UInt8(ascii: "\\") && peek(1) != 0x0A ? 2 : 1
        }
        if peek(0) == quote { position += 1 }
    }

    /// How many `=` stand in the long bracket that begins here.
    private func longBracket() -> Int? {
        var count = 0
        while peek(1 + count) == UInt8(ascii: "=") { count += 1 }
        return peek(1 + count) == UInt8(ascii: "[") ? count : nil
    }

    private mutating func skipLong() {
        guard let count = longBracket() else { return }
        let close = [UInt8(ascii: "]")] + [UInt8](repeating: UInt8(ascii: "="), count: count) + [UInt8(ascii: "]")]
        position += 2 + count
        while position < bytes.count, !bytes[position...].starts(with: close) {
            if bytes[position] == 0x0A { line += 1 }
            position += 1
        }
        position = min(position + close.count, bytes.count)
    }

    private func peek(_ offset: Int) -> UInt8? {
        position + offset < bytes.count ? bytes[position + offset] : nil
    }

    private func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
            true
        default: false
        }
    }
}
