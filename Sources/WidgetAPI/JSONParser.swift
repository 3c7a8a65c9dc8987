/// One pass over the bytes, no copy but of the strings it returns.
///
/// Whoever wants something else than a ``JSONValue`` walks: `begin`, then `more` before every element or member, with
/// `name` before a member's value.
package struct JSONParser {
    private let bytes: UnsafeBufferPointer<UInt8>
    private var depth = 0
    private var position = 0

    /// Reads these bytes, which must be there as long as this is.
    package init(bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
    }

    /// All bytes are checked at once, so that no string has to be: every one of them ends at an ASCII character.
    package mutating func checkEncoding() throws(JSONSyntaxError) {
        guard !UnsafeRawBufferPointer(bytes).isASCII, String(validating: bytes, as: UTF8.self) == nil else { return }
        var iterator = bytes.makeIterator()
        var scalars = Unicode.UTF8.ForwardParser()
        while case .valid(let scalar) = scalars.parseScalar(from: &iterator) { position += scalar.count }
        throw fault("The text is not valid UTF-8")
    }

    mutating func document() throws(JSONSyntaxError) -> JSONValue {
        let value = try self.value()
        try end()
        return value
    }

    /// Whether nothing but white space is left.
    package mutating func end() throws(JSONSyntaxError) {
        skipWhiteSpace()
        guard position == bytes.count else { throw fault("Unexpected text after the JSON value") }
    }

    /// What has not been read yet.
    package var rest: UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(bytes)[position...])
    }

    /// How much has been read.
    package var offset: Int { position }

    /// Goes over a whole value of so many bytes, which the caller knows already.
    package mutating func skip(_ length: Int) {
        position += length
    }

    /// The first byte of the next value, `nil` at the end.
    package mutating func next() -> UInt8? {
        skipWhiteSpace()
        return peek
    }

    /// Goes into the array or object that begins here.
    package mutating func begin() throws(JSONSyntaxError) {
        position += 1
        depth += 1
        guard depth <= JSONValue.maximumDepth else {
            throw fault("More than \(JSONValue.maximumDepth) arrays and objects stand inside one another")
        }
    }

    /// Whether another element or member follows; goes over the comma, or over the bracket and out again.
    package mutating func more(_ close: Unicode.Scalar, _ isFirst: inout Bool) throws(JSONSyntaxError) -> Bool {
        skipWhiteSpace()
        if consume(UInt8(ascii: close)) {
            depth -= 1
            return false
        }
        if !isFirst, !consume(UInt8(ascii: ",")) { throw fault("Expected ',' or '\(close)'") }
        isFirst = false
        return true
    }

    /// The name of a member, and the colon behind it.
    package mutating func name() throws(JSONSyntaxError) -> String {
        skipWhiteSpace()
        guard peek == UInt8(ascii: "\"") else { throw fault("Expected a name in quotes") }
        let name = try string()
        skipWhiteSpace()
        guard consume(UInt8(ascii: ":")) else { throw fault("Expected ':'") }
        return name
    }

    /// The next value, whatever it is.
    package mutating func value() throws(JSONSyntaxError) -> JSONValue {
        skipWhiteSpace()
        guard position < bytes.count else { throw fault("The text ends where a value should stand") }
        switch bytes[position] {
        case UInt8(ascii: "{"): return try object()
        case UInt8(ascii: "["): return try array()
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        default: return try number()
        }
    }

    private mutating func object() throws(JSONSyntaxError) -> JSONValue {
        var object = JSONObject()
        var isFirst = true
        try begin()
        while try more("}", &isFirst) {
            // Most have a few; growing from none asks for memory twice.
            if object.members.isEmpty { object.reserve(4) }
            let name = try name()
            object.append(name, try value())
        }
        return .object(object)
    }

    private mutating func array() throws(JSONSyntaxError) -> JSONValue {
        var elements: [JSONValue] = []
        var isFirst = true
        try begin()
        while try more("]", &isFirst) {
            if elements.isEmpty { elements.reserveCapacity(4) }
            elements.append(try value())
        }
        return .array(elements)
    }

    /// The text whose quote stands here.
    package mutating func string() throws(JSONSyntaxError) -> String {
        position += 1
        let start = position
        position = UnsafeRawBufferPointer(bytes).plainEnd(from: position)
        while position < bytes.count {
            let byte = bytes[position]
            if byte == UInt8(ascii: "\"") {
                defer { position += 1 }
                return text(start, position)
            }
            if byte == UInt8(ascii: "\\") { return try escapedString(from: start) }
            guard byte >= 0x20 else { throw fault("A control character must be escaped") }
            position += 1
        }
        throw fault("The text ends inside a string")
    }

    private mutating func escapedString(from start: Int) throws(JSONSyntaxError) -> String {
        var result = text(start, position)
        while position < bytes.count {
            let byte = bytes[position]
            if byte == UInt8(ascii: "\"") {
                position += 1
                return result
            }
            if byte == UInt8(ascii: "\\") {
                position += 1
                result.unicodeScalars.append(try escape())
                continue
            }
            let run = position
            while position < bytes.count, bytes[position] != UInt8(ascii: "\""), bytes[position] != UInt8(ascii: "\\") {
                guard bytes[position] >= 0x20 else { throw fault("A control character must be escaped") }
                position += 1
            }
            result += text(run, position)
        }
        throw fault("The text ends inside a string")
    }

    private mutating func escape() throws(JSONSyntaxError) -> Unicode.Scalar {
        guard position < bytes.count else { throw fault("The text ends inside a string") }
        let byte = bytes[position]
        position += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"): return try unicodeEscape()
        default:
            position -= 1
            throw fault("Unknown escape")
        }
    }

    private mutating func unicodeEscape() throws(JSONSyntaxError) -> Unicode.Scalar {
        let first = try hexadecimal()
        guard (0xD800...0xDBFF).contains(first) else { return Unicode.Scalar(first) ?? "\u{FFFD}" }
        guard position + 1 < bytes.count, bytes[position] == UInt8(ascii: "\\"),
            bytes[position + 1] == UInt8(ascii: "u")
        else { return "\u{FFFD}" }
        let mark = position
        position += 2
        let second = try hexadecimal()
        guard (0xDC00...0xDFFF).contains(second) else {
            position = mark
            return "\u{FFFD}"
        }
        return Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00)) ?? "\u{FFFD}"
    }

    private mutating func hexadecimal() throws(JSONSyntaxError) -> UInt32 {
        guard position + 4 <= bytes.count else { throw fault("Expected four hexadecimal digits") }
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard let digit = Character(Unicode.Scalar(bytes[position])).hexDigitValue, bytes[position] < 0x80 else {
                throw fault("Expected four hexadecimal digits")
            }
            value = value << 4 + UInt32(digit)
            position += 1
        }
        return value
    }

    private mutating func number() throws(JSONSyntaxError) -> JSONValue {
        let start = position
        let negative = consume(UInt8(ascii: "-"))
        var whole: Int64? = 0
        guard let first = digit() else { throw fault("Expected a value") }
        whole = Int64(first)
        if first == 0, digit(advance: false) != nil { throw fault("A number must not begin with 0") }
        while let next = digit() {
            let (tenfold, overflow) = (whole ?? 0).multipliedReportingOverflow(by: 10)
            let (sum, carry) = tenfold.addingReportingOverflow(Int64(next))
            whole = whole == nil || overflow || carry ? nil : sum
        }
        var fractional = false
        if consume(UInt8(ascii: ".")) {
            fractional = true
            guard digit() != nil else { throw fault("Expected a digit") }
            while digit() != nil {}
        }
        if let byte = peek, byte | 0x20 == UInt8(ascii: "e") {
            fractional = true
            position += 1
            if !consume(UInt8(ascii: "+")) { _ = consume(UInt8(ascii: "-")) }
            guard digit() != nil else { throw fault("Expected a digit") }
            while digit() != nil {}
        }
        if !fractional, let whole { return .integer(negative ? -whole : whole) }
        let text = String(decoding: UnsafeBufferPointer(rebasing: bytes[start..<position]), as: UTF8.self)
        guard let value = Double(text), value.isFinite else { throw fault("The number is too large") }
        return .number(value)
    }

    private mutating func digit(advance: Bool = true) -> UInt8? {
        guard let byte = peek, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
        if advance { position += 1 }
        return byte - UInt8(ascii: "0")
    }

    private mutating func word(_ expected: StaticString, _ value: JSONValue) throws(JSONSyntaxError) -> JSONValue {
        let letters = UnsafeBufferPointer(start: expected.utf8Start, count: expected.utf8CodeUnitCount)
        guard bytes.count - position >= letters.count,
            bytes[position..<position + letters.count].elementsEqual(letters)
        else { throw fault("Expected a value") }
        position += letters.count
        return value
    }

    private func text(_ start: Int, _ end: Int) -> String {
        String(decoding: UnsafeBufferPointer(rebasing: bytes[start..<end]), as: UTF8.self)
    }

    private var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func consume(_ byte: UInt8) -> Bool {
        guard peek == byte else { return false }
        position += 1
        return true
    }

    private mutating func skipWhiteSpace() {
        while let byte = peek, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { position += 1 }
    }

    private func fault(_ message: String) -> JSONSyntaxError {
        let before = bytes[..<min(position, bytes.count)]
        let line = before.count { $0 == 0x0A } + 1
        let lineStart = before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
        return JSONSyntaxError(message: message, offset: position, line: line, column: position - lineStart + 1)
    }
}
