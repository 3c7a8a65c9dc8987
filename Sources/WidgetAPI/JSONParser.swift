/// Why a text is not JSON, and where.
public struct JSONSyntaxError: Error, Equatable, Sendable, CustomStringConvertible {
    /// What was found or missing, in words.
    public let message: String
    /// Bytes before the fault, counted from 0.
    public let offset: Int
    /// Line of the fault, counted from 1.
    public let line: Int
    /// Byte within the line, counted from 1.
    public let column: Int

    /// Message and place in one line.
    public var description: String { "\(message) at line \(line), column \(column)" }
}

extension JSONValue {
    /// How many arrays and objects may stand inside one another.
    public static let maximumDepth = 64

    /// Reads one JSON text (RFC 8259, UTF-8, nothing but white space around it).
    ///
    /// An escaped half of a surrogate pair becomes U+FFFD, for Swift strings cannot hold it.
    public init(parsing bytes: some Collection<UInt8>) throws(JSONSyntaxError) {
        let parsed: Result<JSONValue, JSONSyntaxError>? = bytes.withContiguousStorageIfAvailable(JSONValue.parse)
        let result = parsed ?? Array(bytes).withUnsafeBufferPointer(JSONValue.parse)
        self = try result.get()
    }

    /// Reads one JSON text.
    public init(parsing text: String) throws(JSONSyntaxError) {
        var text = text
        let result = text.withUTF8(JSONValue.parse)
        self = try result.get()
    }

    private static func parse(_ bytes: UnsafeBufferPointer<UInt8>) -> Result<JSONValue, JSONSyntaxError> {
        var parser = JSONParser(bytes: bytes)
        do {
            try parser.checkEncoding()
            return .success(try parser.document())
        } catch {
            return .failure(error)
        }
    }
}

/// One pass over the bytes, no copy but of the strings it returns.
private struct JSONParser {
    let bytes: UnsafeBufferPointer<UInt8>
    var position = 0
    var depth = 0

    init(bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
    }

    /// All bytes are checked at once, so that no string has to be: every one of them ends at an ASCII character.
    mutating func checkEncoding() throws(JSONSyntaxError) {
        guard bytes.contains(where: { $0 >= 0x80 }), String(validating: bytes, as: UTF8.self) == nil else { return }
        var iterator = bytes.makeIterator()
        var scalars = Unicode.UTF8.ForwardParser()
        while case .valid(let scalar) = scalars.parseScalar(from: &iterator) { position += scalar.count }
        throw fault("The text is not valid UTF-8")
    }

    mutating func document() throws(JSONSyntaxError) -> JSONValue {
        let value = try self.value()
        skipWhiteSpace()
        guard position == bytes.count else { throw fault("Unexpected text after the JSON value") }
        return value
    }

    private mutating func value() throws(JSONSyntaxError) -> JSONValue {
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
        try descend()
        var object = JSONObject()
        skipWhiteSpace()
        if consume(UInt8(ascii: "}")) { return ascend(.object(object)) }
        while true {
            skipWhiteSpace()
            guard peek == UInt8(ascii: "\"") else { throw fault("Expected a name in quotes") }
            let name = try string()
            skipWhiteSpace()
            guard consume(UInt8(ascii: ":")) else { throw fault("Expected ':'") }
            object.append(name, try value())
            skipWhiteSpace()
            if consume(UInt8(ascii: ",")) { continue }
            guard consume(UInt8(ascii: "}")) else { throw fault("Expected ',' or '}'") }
            return ascend(.object(object))
        }
    }

    private mutating func array() throws(JSONSyntaxError) -> JSONValue {
        try descend()
        var elements: [JSONValue] = []
        skipWhiteSpace()
        if consume(UInt8(ascii: "]")) { return ascend(.array(elements)) }
        while true {
            elements.append(try value())
            skipWhiteSpace()
            if consume(UInt8(ascii: ",")) { continue }
            guard consume(UInt8(ascii: "]")) else { throw fault("Expected ',' or ']'") }
            return ascend(.array(elements))
        }
    }

    private mutating func string() throws(JSONSyntaxError) -> String {
        position += 1
        let start = position
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

    private mutating func descend() throws(JSONSyntaxError) {
        position += 1
        depth += 1
        guard depth <= JSONValue.maximumDepth else {
            throw fault("More than \(JSONValue.maximumDepth) arrays and objects stand inside one another")
        }
    }

    private mutating func ascend(_ value: JSONValue) -> JSONValue {
        depth -= 1
        return value
    }

    private func fault(_ message: String) -> JSONSyntaxError {
        let before = bytes[..<min(position, bytes.count)]
        let line = before.count { $0 == 0x0A } + 1
        let lineStart = before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
        return JSONSyntaxError(message: message, offset: position, line: line, column: position - lineStart + 1)
    }
}
