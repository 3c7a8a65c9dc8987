import ArgumentParser
import NIOCore
import WidgetAPI

/// `streamvibes measure-chat`: what a line of Twitch's chat costs between the socket and the event, for the benchmarks.
struct MeasureChatCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "measure-chat",
        abstract: "Measure reading lines of chat over IRC.",
        shouldDisplay: false
    )

    /// Lines as they come, from the shortest to one with everything.
    private static let kinds: [(name: String, line: String)] = [
        ("plain", line("", "good luck with the last boss")),
        ("emotes", line("emotes=25:0-4,12-16/1902:6-10", "Kappa Keepo Kappa what a run 😂")),
        (
            "everything",
            line(
                "badges=moderator/1,subscriber/24,bits/1000;bits=105;emotes=25:23-27;reply-parent-msg-id=line-0;"
                    + "reply-parent-display-name=Lev;reply-parent-msg-body=who\\swill\\swin?",
                "@Lev Cheer100 4Head5 \u{1F602} Kappa see https://clips.example/abc"
            )
        ),
    ]

    @Option(help: "Lines of each kind to measure, after as many to warm up.")
    var lines: Int = 20_000

    /// Prints a line a step as `measure-diff` does: name, nanoseconds, bytes, 0 and allocations, each per line of chat.
    func run() throws {
        for kind in Self.kinds { try measure(kind.name, ByteBuffer(string: kind.line)) }
    }

    private func measure(_ name: String, _ message: ByteBuffer) throws {
        var steps = MeasuredSteps(["read", "event"])
        for number in 0..<lines * 2 {
            steps.isCounting = number >= lines
            steps.begin()
            var frame = IRCFrame(Array(message.readableBytesView))
            let line = try frame.next()?.get()
            steps.end(0)
            let draft = try line.flatMap(Self.draft)
            steps.end(1)
            guard draft?.type == .chatMessage else { throw CommandFailure(.internalError, "\(name): no chat line") }
        }
        steps.report("chat line, \(name)", bytes: message.readableBytes, operations: 0, per: lines)
    }

    private static func draft(_ line: IRCLine) throws -> EventDraft? {
        let now = Timestamp(milliseconds: 1_772_388_009_000)
        return try IRCPayloads(line: line, broadcasterId: "501", channel: "#harbour", receivedAt: now).draft()
    }

    private static func line(_ tags: String, _ text: String) -> String {
        "@badge-info=subscriber/24;badges=subscriber/24;client-nonce=459e3142897c7a22b7d275178f2259e0;color=#1E90FF;"
            + "display-name=Mira;emotes=;first-msg=0;flags=;id=f80a19d6-e35a-4273-82d0-cd87f614e767;mod=0;"
            + "returning-chatter=0;room-id=501;subscriber=1;tmi-sent-ts=1772388000123;turbo=0;user-id=77;user-type=;"
            + "\(tags) :mira!mira@mira.tmi.twitch.tv PRIVMSG #harbour :\(text)\r\n"
    }
}
