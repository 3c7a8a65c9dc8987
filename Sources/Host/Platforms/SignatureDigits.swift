import Crypto

/// A SHA-256 code as platforms write it into a header.
enum SignatureDigits {
    /// Reads 64 lower-case hexadecimal digits; `nil` for anything else.
    static func code(in digits: some Collection<UInt8>) -> [UInt8]? {
        guard digits.count == 2 * SHA256.byteCount else { return nil }
        var code: [UInt8] = []
        code.reserveCapacity(SHA256.byteCount)
        var high: UInt8?
        for byte in digits {
            guard let nibble = nibble(byte) else { return nil }
            if let first = high {
                code.append(first << 4 | nibble)
                high = nil
            } else {
                high = nibble
            }
        }
        return code
    }

    private static func nibble(_ digit: UInt8) -> UInt8? {
        switch digit {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
        default: nil
        }
    }
}
