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

    /// Where the first link is that begins there or behind.
    fileprivate static func firstLink(in bytes: Span<UInt8>, from start: Int) -> Range<Int>? {
        for place in start..<bytes.count {
            guard let length = lengthOfMark(in: bytes, at: place), place == 0 || !isWordByte(bytes[place - 1]) else {
                continue
            }
            let address = place + length
            let end = endOfAddress(in: bytes, from: address)
            if end > address { return place..<end }
        }
        return nil
    }

    /// Bytes of the mark that stands there, in front of an address; `nil` when none does.
    private static func lengthOfMark(in bytes: Span<UInt8>, at place: Int) -> Int? {
        switch lowercase(bytes[place]) {
        case UInt8(ascii: "h"):
            length(of: "https://", in: bytes, at: place) ?? length(of: "http://", in: bytes, at: place)
        case UInt8(ascii: "w"):
            length(of: "www.", in: bytes, at: place)
        default:
            nil
        }
    }

    /// Bytes of that mark if it stands there, in letters of any case.
    private static func length(of mark: StaticString, in bytes: Span<UInt8>, at place: Int) -> Int? {
        let length = mark.utf8CodeUnitCount
        guard bytes.count - place >= length else { return nil }
        let isHere = mark.withUTF8Buffer { mark in
            mark.indices.allSatisfy { lowercase(bytes[place + $0]) == mark[$0] }
        }
        return isHere ? length : nil
    }

    /// Where white space begins, or the end.
    private static func endOfAddress(in bytes: Span<UInt8>, from start: Int) -> Int {
        var place = start
        while place < bytes.count {
            let end = bytes.endOfCodePoint(at: place)
            if isSpace(bytes.extracting(place..<end)) { break }
            place = end
        }
        return place
    }

    private static func isSpace(_ codePoint: Span<UInt8>) -> Bool {
        let byte = codePoint[0]
        guard byte >= 0x80 else { return byte == UInt8(ascii: " ") || (9...13).contains(byte) }
        return codePoint.text.unicodeScalars.allSatisfy { $0.properties.isWhitespace }
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
        let bytes = text.utf8.span
        // A text that is one piece need not be copied.
        guard let first = ChatMessage.Fragment.firstLink(in: bytes, from: 0) else {
            return append(ChatMessage.Fragment(.text, String(text)))
        }
        append(splittingLinksOf: bytes, first: first)
    }

    /// Adds a text where it lies; it ends where a code point does.
    mutating func append(splittingLinksOf text: Span<UInt8>) {
        append(splittingLinksOf: text, first: ChatMessage.Fragment.firstLink(in: text, from: 0))
    }

    private mutating func append(splittingLinksOf text: Span<UInt8>, first: Range<Int>?) {
        var (rest, next) = (0, first)
        while let link = next {
            if link.lowerBound > rest {
                append(ChatMessage.Fragment(.text, text.extracting(rest..<link.lowerBound).text))
            }
            append(ChatMessage.Fragment(.link, text.extracting(link).text))
            rest = link.upperBound
            next = ChatMessage.Fragment.firstLink(in: text, from: rest)
        }
        // An empty text is one empty piece.
        if rest < text.count || text.isEmpty {
            append(ChatMessage.Fragment(.text, text.extracting(rest..<text.count).text))
        }
    }
}
