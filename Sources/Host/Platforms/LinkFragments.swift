import WidgetAPI

extension ChatMessage.Fragment {
    /// Text and links in turn; together they are the text, byte for byte.
    ///
    /// A link begins with `http://`, `https://` or `www.` where no word is before it, and ends before white space. No
    /// platform marks links, and nothing here decides whether one is good: a widget only wants to draw it differently.
    static func splittingLinks(of text: String) -> [ChatMessage.Fragment] {
        var pieces: [ChatMessage.Fragment] = []
        var rest = text[...]
        while let link = firstLink(in: rest) {
            if link.lowerBound > rest.startIndex {
                pieces.append(ChatMessage.Fragment(.text, String(rest[..<link.lowerBound])))
            }
            pieces.append(ChatMessage.Fragment(.link, String(rest[link])))
            rest = rest[link.upperBound...]
        }
        if pieces.isEmpty || !rest.isEmpty { pieces.append(ChatMessage.Fragment(.text, String(rest))) }
        return pieces
    }

    private static func firstLink(in text: Substring) -> Range<Substring.Index>? {
        let bytes = text.utf8
        var isWordStart = true
        for index in bytes.indices {
            let byte = bytes[index]
            if isWordStart, byte | 0x20 == UInt8(ascii: "h") || byte | 0x20 == UInt8(ascii: "w"),
                let address = address(in: bytes[index...])
            {
                let end = text.unicodeScalars[address...].firstIndex { $0.properties.isWhitespace } ?? text.endIndex
                if end > address { return index..<end }
            }
            isWordStart = !isWordByte(byte)
        }
        return nil
    }

    /// Where the address begins behind one of the marks, or `nil` when no mark stands here.
    private static func address(in bytes: Substring.UTF8View) -> Substring.Index? {
        for mark in ["https://", "http://", "www."] {
            let mark = mark.utf8
            let isHere = bytes.count >= mark.count && zip(bytes, mark).allSatisfy { lowercase($0) == $1 }
            if isHere { return bytes.index(bytes.startIndex, offsetBy: mark.count) }
        }
        return nil
    }

    private static func lowercase(_ byte: UInt8) -> UInt8 {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
    }

    private static func isWordByte(_ byte: UInt8) -> Bool {
        let letters = UInt8(ascii: "a")...UInt8(ascii: "z")
        return letters.contains(lowercase(byte)) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
}
