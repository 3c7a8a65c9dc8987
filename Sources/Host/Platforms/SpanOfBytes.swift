import Glibc

/// Reading a platform's words where they lie.
extension Span<UInt8> {
    /// Where a byte stands first within that range.
    func place(of byte: UInt8, in range: Range<Int>) -> Int? {
        extracting(range).withUnsafeBytes { bytes in
            guard let start = bytes.baseAddress, let found = memchr(start, Int32(byte), bytes.count) else { return nil }
            return range.lowerBound + (UnsafeRawPointer(found) - start)
        }
    }

    /// Whether it is that word, byte for byte.
    func isWord(_ word: StaticString) -> Bool {
        guard word.utf8CodeUnitCount == count else { return false }
        return withUnsafeBytes { bytes in
            word.withUTF8Buffer { word in
                guard let start = bytes.baseAddress, let other = word.baseAddress else { return true }
                return memcmp(start, other, bytes.count) == 0
            }
        }
    }

    /// Where the code point ends that begins there: all its bytes but the first are like `10xxxxxx`.
    func endOfCodePoint(at start: Int) -> Int {
        var end = start + 1
        while end < count, self[end] & 0xC0 == 0x80 { end += 1 }
        return end
    }

    /// What it says; bytes that are no text become U+FFFD.
    var text: String { withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) } }
}
