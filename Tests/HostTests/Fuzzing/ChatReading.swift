import WidgetAPI

@testable import Host

/// Reads bytes as a message of Twitch's chat over IRC, and what its lines become.
enum ChatReading {
    /// All that is said of a line that is refused: logs repeat it, and what people write is not theirs to tell.
    private static let refusals =
        ["the tags are too long", "there is no command", "there is no text", "it belongs to another channel"]
        + IRCTag.allCases.map { "\($0.name) is missing or empty" }

    static func run(_ bytes: [UInt8]) throws(FuzzFinding) {
        let pieces = bytes.split { $0 == 0x0A || $0 == 0x0D }.map(Array.init)
        let lines = Array(IRCFrame(bytes))
        try FuzzFinding.unless(lines.count == pieces.count, "each line is read, or refused")
        for (line, piece) in zip(lines, pieces) {
            let alone = Array(IRCFrame(piece))
            try FuzzFinding.unless(alone.count == 1, "a line is one line")
            let event = Self.event(of: line)
            try FuzzFinding.unless(event == Self.event(of: alone[0]), "a line means the same wherever it stands")
            switch event {
            case .failure(let error):
                try FuzzFinding.unless(refusals.contains(error.reason), "a refusal repeats nothing: \(error.reason)")
            case .success(let draft): if let draft { try check(draft) }
            }
        }
    }

    private static func event(
        of line: Result<IRCLine, MalformedDelivery>
    ) -> Result<EventDraft?, MalformedDelivery> {
        line.flatMap { line in
            let payloads = IRCPayloads(
                line: line,
                broadcasterId: "501",
                channel: "#harbour",
                receivedAt: Timestamp(milliseconds: 1_772_388_009_000)
            )
            return Result { () throws(MalformedDelivery) in try payloads.draft() }
        }
    }

    private static func check(_ draft: EventDraft) throws(FuzzFinding) {
        try FuzzFinding.unless(draft.channelId == "501" && draft.platform == .twitch, "it is this channel's")
        try FuzzFinding.unless(!draft.id.text.isEmpty, "it has an id")
        let again = try? JSONValue(parsing: draft.payload.text.utf8)
        try FuzzFinding.unless(again == draft.payload, "what is written and read again is equal")
        switch draft.type {
        case .chatMessage:
            let message = try FuzzFinding.unless(ChatMessage(json: draft.payload), "a line is a chat line")
            try check(message)
            try FuzzFinding.unless(draft.id.text == message.messageId, "a line has the message's id")
        case .chatNotice:
            let notice = try FuzzFinding.unless(ChatNotice(json: draft.payload), "a notice is one")
            try FuzzFinding.unless(!notice.kind.isEmpty && !notice.messageId.isEmpty, "a notice says what it is")
        case .chatDelete:
            let deletion = try FuzzFinding.unless(ChatDeletion(json: draft.payload), "a deletion is one")
            try FuzzFinding.unless(!deletion.messageId.isEmpty, "a deletion says of what")
        case .chatClear:
            let clearing = try FuzzFinding.unless(ChatClearing(json: draft.payload), "a clearing is one")
            try FuzzFinding.unless(clearing.userId != "", "somebody's lines are cleared, or all")
        default: throw FuzzFinding(description: "not true: chat becomes chat: \(draft.type)")
        }
    }

    private static func check(_ message: ChatMessage) throws(FuzzFinding) {
        let joined = message.fragments.map(\.text).joined()
        try FuzzFinding.unless(
            joined.unicodeScalars.elementsEqual(message.text.unicodeScalars),
            "the pieces are the text: \(joined)"
        )
        try FuzzFinding.unless(message.bits.map { $0 > 0 } ?? true, "bits are some")
        for piece in message.fragments where piece.kind == .emote {
            let isNamed = !piece.text.isEmpty && piece.emoteId?.isEmpty == false
            try FuzzFinding.unless(isNamed, "an emote has a name and an id")
        }
        let ofUser = [message.user?.avatarUrl] + (message.user?.badges.map(\.imageUrl) ?? [])
        for path in (message.fragments.map(\.emoteUrl) + ofUser).compactMap(\.self) {
            let steps = path.split(separator: "/", omittingEmptySubsequences: false)
            try FuzzFinding.unless(
                steps.starts(with: ["", "img", "twitch"]) && path.utf8.count <= 200
                    && steps.dropFirst().allSatisfy { PictureKey.isWord(String($0), upTo: 100) },
                "no picture leaves its place in a path: \(path)"
            )
        }
        let color = message.user?.color.map(\.utf8)
        try FuzzFinding.unless(color.map { $0.count == 7 && $0.first == UInt8(ascii: "#") } ?? true, "a colour is one")
    }
}
