import Testing
import WidgetAPI

/// A day with Twitch, from the first sign-in to the end of the connection, and nothing of it lost or doubled.
@Suite(.withProcesses) struct PlatformDayTests {
    private static let lines = 20_000
    /// Lines that are on their way at once.
    private static let batch = 500

    @Test func `you connect, go on air, have a great evening, go off air and disconnect, and the log has all of it`()
        throws
    {
        let stand = try PlatformStand { server in
            try server.command("channel", "add", "twitch", "alice", "--user-id", "1234")
            try server.showFastChat()
        }
        try stand.goOnAir()
        let page = try WebSocketClient(port: stand.server.port)
        _ = try #require(try page.subscribe("alice"))

        for number in 1...Self.lines / Self.batch {
            try stand.say("twitch says \(Self.batch) lines")
            if number.isMultiple(of: 4) { try happens(number, to: stand) }
            let isThere = try Deadline.wait(seconds: 120, pausing: 50) {
                // A page that nobody reads would be let go.
                _ = try page.message("overlay:patch", withinMilliseconds: 20) { _ in false }
                return try stand.table.count(ofType: "chat:message") == number * Self.batch
            }
            try #require(isThere, "batch \(number): \(stand.server.log.suffix(2000))")
        }
        try stand.say("twitch clear", "twitch settings")
        try stand.expectKept()

        try expectGoal(stand)
        try expectLastLines(stand)
        try stand.say("twitch offline")
        try stand.expectKept()
        try expectRows(stand)
        #expect(try stand.told() == "connected")
        try disconnects(stand, page)
    }

    /// What happens besides lines; ten times.
    private func happens(_ number: Int, to stand: PlatformStand) throws {
        try stand.say("twitch raid \(number)", "twitch gifts 50", "twitch notices", "twitch follow Fan\(number)")
        try stand.say("twitch cheer 100", "twitch subscribe Fan\(number)", "twitch redeem Fan\(number)")
        try stand.say("twitch delete", "twitch timeout Viewer7", "twitch ban Viewer8")
    }

    /// Of each type there is what was said, and no id twice.
    private func expectRows(_ stand: PlatformStand) throws {
        let rounds = Self.lines / Self.batch / 4
        let wanted = [
            "chat:message": stand.promised["chat:message"]?.count ?? 0,
            // Thirteen kinds, and Twitch's own words on raids and gifts; a deletion comes by IRC as well.
            "chat:notice": rounds * (13 + 1 + 51), "chat:delete": rounds * 2, "chat:clear": rounds * 2 + 1,
            "event:follow": rounds, "event:subscribe": rounds * (1 + 50 + 1), "event:tip": rounds,
            "event:raid": rounds, "event:redemption": rounds, "stream:online": 1, "stream:offline": 1,
        ]
        for (type, count) in wanted {
            #expect(try stand.table.count(ofType: type) == count, "\(type)")
            #expect(stand.promised[type]?.count == count, "\(type): what was said")
        }
        #expect(wanted["chat:message"] ?? 0 >= Self.lines)
        let ids = "SELECT count(*) FROM (SELECT DISTINCT streamer_id, platform, source_id FROM events)"
        #expect(try stand.table.number(ids) == stand.table.number("SELECT count(*) FROM events"))
    }

    /// The goal has counted who followed.
    private func expectGoal(_ stand: PlatformStand) throws {
        let rounds = Self.lines / Self.batch / 4
        var text: String?
        let isCounted = try Deadline.wait(seconds: 60, pausing: 200) {
            let goal = try stand.browser.ask("GET", "/dashboard/goal")
            text = try JSONValue(parsing: goal.body)["data"]?["text"]?.stringValue
            return text == "\(rounds) / 100"
        }
        #expect(isCounted, "\(text ?? "no goal")")
    }

    /// A page that opens now shows what was said last, and nothing of what was cleared.
    private func expectLastLines(_ stand: PlatformStand) throws {
        // Chat shows so many lines of one second; this is another one.
        try stand.order("wait 2")
        try stand.say("twitch says 3 lines")
        var seen = ""
        let isShown = try Deadline.wait(seconds: 60, pausing: 500) {
            let page = try WebSocketClient(port: stand.server.port)
            seen = try page.subscribe("alice", view: "chat")?.text ?? ""
            return (0..<3).allSatisfy { seen.contains("line \(Self.lines + $0)") }
        }
        #expect(isShown, "\(seen.prefix(2000))")
        #expect(!seen.contains("line \(Self.lines - 1)\""), "that was cleared")
    }

    /// The page stays open meanwhile, so nothing but the disconnect ends what listens.
    private func disconnects(_ stand: PlatformStand, _ page: WebSocketClient) throws {
        let look = try stand.order("look")
        #expect(look["sockets"]?.arrayValue?.count == 1 && look["rooms"] == 1, "\(stand.state)")
        #expect(try stand.browser.ask("DELETE", "/api/connections/twitch").status == 204)
        let isGone = try Deadline.wait(seconds: 60, pausing: 100) {
            _ = try page.message("overlay:patch", withinMilliseconds: 20) { _ in false }
            let look = try stand.order("look")
            return look["sockets"] == .array([]) && look["rooms"] == 0
        }
        #expect(isGone, "\(stand.state)")
        let count = try stand.table.number("SELECT count(*) FROM events WHERE platform = 'twitch'")
        try stand.say("twitch says 10 lines", "twitch follow Late", "twitch raid 3")
        #expect(try stand.browser.platforms() == ["kick:connected"])
        #expect(try stand.table.number("SELECT count(*) FROM events WHERE platform = 'twitch'") == count)
        withExtendedLifetime(page) {}
    }
}
