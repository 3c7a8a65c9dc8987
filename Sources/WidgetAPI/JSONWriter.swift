/// Writes JSON into a growing run of bytes, escaping only what RFC 8259 requires.
///
/// Text that an event carried must reach the page as it came, so `/` and everything beyond ASCII stay as they are.
///
/// ```swift
/// var writer = JSONWriter()
/// writer.write(["total": 3])
/// let text = writer.text   // {"total":3}
/// ```
public struct JSONWriter: Sendable {
    /// What has been written so far, UTF-8.
    public private(set) var bytes: [UInt8]

    /// Starts empty, with room for so many bytes.
    public init(reserving capacity: Int = 256) {
        bytes = []
        bytes.reserveCapacity(capacity)
    }

    /// What has been written so far, as text.
    public var text: String { String(decoding: bytes, as: UTF8.self) }

    /// Writes a value.
    public mutating func write(_ value: JSONValue) {
        switch value {
        case .null: raw("null")
        case .bool(let flag): raw((flag ? "true" : "false").utf8)
        case .integer(let number): write(number)
        case .number(let number): raw((number.isFinite ? number.description : "null").utf8)
        case .string(let text): write(text)
        case .array(let elements):
            raw("[")
            for (index, element) in elements.enumerated() {
                if index > 0 { raw(",") }
                write(element)
            }
            raw("]")
        case .object(let object): write(members: object)
        }
    }

    private mutating func write(members object: JSONObject) {
        raw("{")
        for (index, member) in object.members.enumerated() {
            if index > 0 { raw(",") }
            write(member.name)
            raw(":")
            write(member.value)
        }
        raw("}")
    }

    /// Writes a whole number.
    public mutating func write(_ number: Int64) {
        var magnitude = number.magnitude
        if number < 0 { bytes.append(UInt8(ascii: "-")) }
        let start = bytes.count
        repeat {
            bytes.append(UInt8(ascii: "0") + UInt8(magnitude % 10))
            magnitude /= 10
        } while magnitude > 0
        bytes[start...].reverse()
    }

    /// Writes a text in quotes.
    public mutating func write(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        var text = text
        text.withUTF8 { utf8 in
            var run = 0
            for index in utf8.indices where utf8[index] < 0x20 || utf8[index] == 0x22 || utf8[index] == 0x5C {
                bytes.append(contentsOf: UnsafeBufferPointer(rebasing: utf8[run..<index]))
                escape(utf8[index])
                run = index + 1
            }
            bytes.append(contentsOf: UnsafeBufferPointer(rebasing: utf8[run...]))
        }
        bytes.append(UInt8(ascii: "\""))
    }

    /// Writes bytes as they are; they must be JSON, or the part of it that belongs here.
    public mutating func raw(_ json: StaticString) {
        bytes.append(contentsOf: UnsafeBufferPointer(start: json.utf8Start, count: json.utf8CodeUnitCount))
    }

    /// Writes bytes as they are; they must be JSON, or the part of it that belongs here.
    public mutating func raw(_ json: some Sequence<UInt8>) {
        bytes.append(contentsOf: json)
    }

    private mutating func escape(_ byte: UInt8) {
        switch byte {
        case 0x22: raw("\\\"")
        case 0x5C: raw("\\\\")
        case 0x08: raw("\\b")
        case 0x09: raw("\\t")
        case 0x0A: raw("\\n")
        case 0x0C: raw("\\f")
        case 0x0D: raw("\\r")
        default:
            raw("\\u00")
            for nibble in [byte >> 4, byte & 15] {
                bytes.append(nibble < 10 ? UInt8(ascii: "0") + nibble : UInt8(ascii: "a") + nibble - 10)
            }
        }
    }
}

extension JSONValue {
    /// This value as JSON text.
    public var text: String {
        var writer = JSONWriter()
        writer.write(self)
        return writer.text
    }
}
