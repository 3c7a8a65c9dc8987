/// Kick's unofficial chat socket: where it is, and which room is whose.
///
/// It is written as the address of a WebSocket with rooms behind a `#`, each by the name of its channel:
/// `wss://chat.example/app/key?protocol=7#alice=1234,bob=5678`. Kick's API does not tell a room's number, and where
/// its own pages have it from, no program is let in; so the operator looks it up.
struct KickChatSocket: Sendable, Equatable {
    /// Rooms that one host can name.
    static let limit = 200
    static let wanted =
        "a ws:// or wss:// address and the rooms of at most \(limit) channels, such as "
        + "wss://chat.example/app/key?protocol=7#alice=1234,bob=5678"

    /// Where sockets begin.
    let address: String
    /// By the name of the channel, in lower case.
    private let rooms: [String: Int64]

    /// `nil` for anything that is not ``wanted``; an address without rooms is taken.
    init?(_ text: String) {
        let parts = text.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
        guard let address = Settings.socket(String(parts[0])) else { return nil }
        var rooms: [String: Int64] = [:]
        if parts.count > 1 {
            for item in parts[1].split(separator: ",", omittingEmptySubsequences: false) {
                guard let (channel, room) = Self.room(item), rooms.updateValue(room, forKey: channel) == nil,
                    rooms.count <= Self.limit
                else { return nil }
            }
        }
        self.address = address
        self.rooms = rooms
    }

    /// Whether it names no room, so that nobody's chat is read.
    var isEmpty: Bool { rooms.isEmpty }

    /// The room of the channel of that name, or `nil` for one that is not named.
    func room(of channel: String) -> Int64? { rooms[channel.lowercased()] }

    private static func room(_ item: Substring) -> (channel: String, room: Int64)? {
        guard let (_, channel, digits) = item.wholeMatch(of: /([A-Za-z0-9_-]{1,64})=([1-9][0-9]{0,17})/)?.output,
            let room = Int64(digits)
        else { return nil }
        return (channel.lowercased(), room)
    }
}
