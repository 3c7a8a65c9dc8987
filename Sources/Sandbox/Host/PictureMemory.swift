import WidgetAPI

/// The elements of a widget's last picture by the bytes that they were read from.
///
/// Most of a picture is the one before: a part whose bytes have not changed is taken as it is, which costs a comparison
/// instead of reading, and lets the patch pass over it.
package struct PictureMemory {
    /// An element as it stands in the last picture.
    private struct Part {
        let range: Range<Int>
        let level: Int
        let element: Element
    }

    // Shorter ones are read as fast as they are found; rows with a key differ within so many bytes.
    private static let headLength = 64

    private var bytes: [UInt8] = []
    private var parts: [UInt64: Part] = [:]

    package init() {}

    /// The element that begins here and its length, if the last picture had it at that level.
    func element(_ rest: UnsafeRawBufferPointer, level: Int) -> (element: Element, length: Int)? {
        guard !parts.isEmpty, let head = Self.head(rest), let part = parts[head], part.level == level else {
            return nil
        }
        let length = part.range.count
        let isSame = bytes.withUnsafeBytes { known in
            length <= rest.count && Self.isEqual(rest, UnsafeRawBufferPointer(rebasing: known[part.range]))
        }
        return isSame ? (part.element, length) : nil
    }

    /// Adds an element of the picture that is being read; the range counts from the picture's first byte.
    mutating func add(_ element: Element, _ range: Range<Int>, level: Int, _ start: UnsafeRawBufferPointer) {
        guard range.count >= Self.headLength, let head = Self.head(start) else { return }
        parts[head] = Part(range: range, level: level, element: element)
    }

    /// Keeps the bytes of the picture that has been read.
    mutating func finish(_ picture: UnsafeRawBufferPointer) {
        bytes = parts.isEmpty ? [] : Array(picture)
    }

    /// A number for the first bytes; two that share one are told apart by all of their bytes.
    private static func head(_ bytes: UnsafeRawBufferPointer) -> UInt64? {
        guard bytes.count >= headLength else { return nil }
        var number: UInt64 = 0
        for offset in stride(from: 0, to: headLength, by: 8) {
            number = (number ^ bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)) &* 0x9e37_79b9_7f4a_7c15
            number ^= number >> 29
        }
        return number
    }

    private static func isEqual(_ rest: UnsafeRawBufferPointer, _ known: UnsafeRawBufferPointer) -> Bool {
        var offset = 0
        while offset + 8 <= known.count {
            let (left, right) = (
                rest.loadUnaligned(fromByteOffset: offset, as: UInt64.self),
                known.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
            )
            guard left == right else { return false }
            offset += 8
        }
        while offset < known.count {
            guard rest[offset] == known[offset] else { return false }
            offset += 1
        }
        return true
    }
}
