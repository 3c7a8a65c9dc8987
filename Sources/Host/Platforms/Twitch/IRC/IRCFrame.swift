/// The lines of a message: Twitch puts several into one, each with `\r\n` behind it.
struct IRCFrame: Sequence, IteratorProtocol {
    private let bytes: [UInt8]
    private var place = 0

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// The next line, or why there is none where one should be; empty lines are passed over.
    mutating func next() -> Result<IRCLine, MalformedDelivery>? {
        while place < bytes.count, Self.isEnd(bytes[place]) { place += 1 }
        guard place < bytes.count else { return nil }
        let start = place
        while place < bytes.count, !Self.isEnd(bytes[place]) { place += 1 }
        do throws(MalformedDelivery) {
            return .success(try IRCLine(bytes, at: start..<place))
        } catch {
            return .failure(error)
        }
    }

    private static func isEnd(_ byte: UInt8) -> Bool { byte == 0x0D || byte == 0x0A }
}
