import WidgetAPI

/// Ids that sort by the time they were made (RFC 9562, section 5.7).
enum UUIDv7 {
    /// A new id, lower case with hyphens.
    static func make(at moment: Timestamp = .now) -> String {
        var generator = SystemRandomNumberGenerator()
        let random = (generator.next(), generator.next())
        let milliseconds = UInt64(bitPattern: moment.milliseconds)
        let high = milliseconds << 16 | 0x7000 | random.0 & 0x0FFF
        let low = 0x8000_0000_0000_0000 | random.1 & 0x3FFF_FFFF_FFFF_FFFF
        return text(high, low)
    }

    private static func text(_ high: UInt64, _ low: UInt64) -> String {
        String(unsafeUninitializedCapacity: 36) { buffer in
            var offset = 0
            for nibble in 0..<32 {
                if nibble == 8 || nibble == 12 || nibble == 16 || nibble == 20 {
                    buffer[offset] = UInt8(ascii: "-")
                    offset += 1
                }
                let word = nibble < 16 ? high : low
                let digit = UInt8(truncatingIfNeeded: word >> UInt64((15 - nibble % 16) * 4)) & 15
                buffer[offset] = digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10
                offset += 1
            }
            return offset
        }
    }
}
