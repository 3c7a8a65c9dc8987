import WidgetAPI

extension ChatMessage.Fragment {
    /// Text and links in turn; together they are the text, byte for byte.
    ///
    /// A link begins with `http://`, `https://` or `www.` where no word is before it, and ends before white space. No
    /// platform marks links, and nothing here decides whether one is good: a widget only wants to draw it differently.
    static func splittingLinks(of text: Substring) -> [ChatMessage.Fragment] {
        var pieces: [ChatMessage.Fragment] = []
        pieces.append(splittingLinksOf: text)
        return pieces
    }

    fileprivate static func firstLink(in text: Substring) -> Range<Substring.Index>? {
        let bytes = text.utf8.span
        var isWordStart = true
        for place in bytes.indices {
            let byte = bytes[place]
            if isWordStart, let length = lengthOfMark(in: bytes, at: place) {
                let start = text.utf8.index(text.startIndex, offsetBy: place)
                let address = text.utf8.index(start, offsetBy: length)
                let end = text.unicodeScalars[address...].firstIndex(where: isSpace) ?? text.endIndex
                if end > address { return start..<end }
            }
            isWordStart = !isWordByte(byte)
        }
        return nil
    }

    /// Bytes of the mark that stands there, in front of an address; `nil` when none does.
    private static func lengthOfMark(in bytes: Span<UInt8>, at place: Int) -> Int? {
        let letter = lowercase(bytes[place])
        guard letter == UInt8(ascii: "h") || letter == UInt8(ascii: "w") else { return nil }
        for mark: StaticString in ["https://", "http://", "www."] {
            let length = mark.utf8CodeUnitCount
            guard bytes.count - place >= length else { continue }
            let isHere = mark.withUTF8Buffer { mark in
                mark.indices.allSatisfy { lowercase(bytes[place + $0]) == mark[$0] }
            }
            if isHere { return length }
        }
        return nil
    }

    private static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
        scalar.isASCII ? scalar == " " || (9...13).contains(scalar.value) : scalar.properties.isWhitespace
    }

    private static func lowercase(_ byte: UInt8) -> UInt8 {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
    }

    private static func isWordByte(_ byte: UInt8) -> Bool {
        let letters = UInt8(ascii: "a")...UInt8(ascii: "z")
        return letters.contains(lowercase(byte)) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
}

extension [ChatMessage.Fragment] {
    /// Adds a text as ``ChatMessage/Fragment/splittingLinks(of:)`` splits it.
    mutating func append(splittingLinksOf text: Substring) {
        var rest = text
        while let link = ChatMessage.Fragment.firstLink(in: rest) {
            if link.lowerBound > rest.startIndex {
                append(ChatMessage.Fragment(.text, String(rest[..<link.lowerBound])))
            }
            append(ChatMessage.Fragment(.link, String(rest[link])))
            rest = rest[link.upperBound...]
        }
        // An empty text is one empty piece.
        if !rest.isEmpty || text.isEmpty { append(ChatMessage.Fragment(.text, String(rest))) }
    }
}
