import WidgetAPI

@testable import Host

/// Lines as Twitch would send them to the channel of broadcaster 501, written from the documented tags.
enum IRCSamples {
    static let receivedAt = Timestamp(milliseconds: 1_772_388_009_000)
    static let sentAt = Timestamp(milliseconds: 1_772_388_000_123)

    /// The lines of a message, each as it was read or refused.
    static func read(_ message: String) -> [Result<IRCLine, MalformedDelivery>] {
        Array(IRCFrame(Array(message.utf8)))
    }

    /// The one line of a message.
    static func line(_ text: String) throws -> IRCLine? {
        let lines = read(text)
        return lines.count == 1 ? try lines[0].get() : nil
    }

    /// What a line becomes in Harbour's channel.
    static func draft(_ text: String) throws -> EventDraft? {
        guard let line = try line(text) else { return nil }
        return try IRCPayloads(line: line, broadcasterId: "501", channel: "#harbour", receivedAt: receivedAt).draft()
    }

    /// A chat line; later tags of a name count more than those that stand here.
    static func chat(_ text: String, _ tags: String = "") -> String {
        "@badges=;color=;display-name=Mira;emotes=;id=line-1;room-id=501;tmi-sent-ts=1772388000123;user-id=77;\(tags) "
            + ":mira!mira@mira.tmi.twitch.tv PRIVMSG #harbour :\(text)"
    }

    /// A notice of Twitch's.
    static func notice(_ kind: String, _ tags: String = "", said: String? = nil) -> String {
        "@badges=;color=;display-name=Mira;id=n-1;login=mira;msg-id=\(kind);room-id=501;"
            + "system-msg=Mira\\sdid\\sit;tmi-sent-ts=1772388000123;user-id=77;\(tags) "
            + ":tmi.twitch.tv USERNOTICE #harbour"
            + (said.map { " :\($0)" } ?? "")
    }

    /// What a chat line says.
    static func message(_ text: String, _ tags: String = "") throws -> ChatMessage? {
        try draft(chat(text, tags)).flatMap { ChatMessage(json: $0.payload) }
    }
}
