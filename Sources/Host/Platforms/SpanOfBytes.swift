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
        return word.withUTF8Buffer { word in word.indices.allSatisfy { word[$0] == self[$0] } }
    }
}
