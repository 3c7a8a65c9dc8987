/// The lines of a message: Twitch puts several into one, each with `\r\n` behind it.
struct IRCFrame: Sequence, IteratorProtocol {
    private let bytes: [UInt8]
    private var place = 0
    /// Where the next line feed is, or the end; found once, for a carriage return alone ends a line as well.
    private var lineFeed = -1

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// The next line, or why there is none where one should be; empty lines are passed over.
    mutating func next() -> Result<IRCLine, MalformedDelivery>? {
        let bytes = bytes
        let span = bytes.span
        while place < span.count, Self.isEnd(span[place]) { place += 1 }
        guard place < span.count else { return nil }
        let start = place
        if lineFeed < start {
            lineFeed = span.place(of: UInt8(ascii: "\n"), in: start..<span.count) ?? span.count
        }
        place = span.place(of: UInt8(ascii: "\r"), in: start..<lineFeed) ?? lineFeed
        do throws(MalformedDelivery) {
            return .success(try IRCLine(bytes, at: start..<place))
        } catch {
            return .failure(error)
        }
    }

    private static func isEnd(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "\r") || byte == UInt8(ascii: "\n") }
}
