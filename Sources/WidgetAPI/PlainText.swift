/// Looks at text eight bytes at a time: most of what is read is plain.
extension UnsafeRawBufferPointer {
    /// Whether no byte is over 127.
    var isASCII: Bool {
        var (index, seen) = (0, UInt64(0))
        while index + 8 <= count {
            seen |= loadUnaligned(fromByteOffset: index, as: UInt64.self)
            index += 8
        }
        while index < count {
            seen |= UInt64(self[index])
            index += 1
        }
        return seen & 0x8080_8080_8080_8080 == 0
    }

    /// A place up to which no byte is a quote, a backslash or a control character; they may begin a little later.
    func plainEnd(from start: Int) -> Int {
        let ones: UInt64 = 0x0101_0101_0101_0101
        var index = start
        while index + 8 <= count {
            let word = loadUnaligned(fromByteOffset: index, as: UInt64.self)
            let quote = word ^ (ones &* 0x22)
            let escape = word ^ (ones &* 0x5C)
            let marks = (word &- ones &* 0x20) & ~word | (quote &- ones) & ~quote | (escape &- ones) & ~escape
            guard marks & (ones &* 0x80) == 0 else { break }
            index += 8
        }
        return index
    }
}
