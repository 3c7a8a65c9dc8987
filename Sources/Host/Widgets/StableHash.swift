/// FNV-1a, 64 bits: the same on every machine and after every restart, which `Hasher` is not.
///
/// Source of the numbers: http://www.isthe.com/chongo/tech/comp/fnv/
struct StableHash {
    private(set) var value: UInt64 = 0xcbf2_9ce4_8422_2325

    /// Takes a text in; its end counts, so that "ab" and "c" differ from "a" and "bc".
    mutating func combine(_ text: String) {
        for byte in text.utf8 { combine(byte) }
        combine(0)
    }

    private mutating func combine(_ byte: UInt8) {
        value = (value ^ UInt64(byte)) &* 0x100_0000_01b3
    }
}
