/// The body of a form (`application/x-www-form-urlencoded`, https://url.spec.whatwg.org/#urlencoded-parsing).
enum FormBody {
    /// The bytes of the one field of that name; `nil` where there is none, or more than one.
    ///
    /// A `%` that is followed by anything but two hexadecimal digits stands for itself, as the standard has it.
    static func field(_ name: String, in body: some Collection<UInt8>) -> [UInt8]? {
        let fields = body.split(separator: UInt8(ascii: "&")).filter { field in
            decoded(field.prefix { $0 != UInt8(ascii: "=") }).elementsEqual(name.utf8)
        }
        guard fields.count == 1, let value = fields.first?.drop(while: { $0 != UInt8(ascii: "=") }) else { return nil }
        return decoded(value.dropFirst())
    }

    private static func decoded(_ text: some Collection<UInt8>) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count)
        var index = text.startIndex
        while index < text.endIndex {
            let byte = text[index]
            index = text.index(after: index)
            switch byte {
            case UInt8(ascii: "+"): bytes.append(UInt8(ascii: " "))
            case UInt8(ascii: "%"):
                let digits = text[index...].prefix(2).compactMap { Character(Unicode.Scalar($0)).hexDigitValue }
                if digits.count == 2 {
                    bytes.append(UInt8(digits[0] << 4 | digits[1]))
                    index = text.index(index, offsetBy: 2)
                } else {
                    bytes.append(byte)
                }
            default: bytes.append(byte)
            }
        }
        return bytes
    }
}
