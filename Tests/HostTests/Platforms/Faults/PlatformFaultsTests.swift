import Testing
import WidgetAPI

/// What goes wrong at Twitch while events flow, for a host that nobody can post to: it listens.
///
/// Nothing that was heard is lost, nothing is doubled, the dashboard names what is in trouble, and all of it is mended
/// without anybody. The same is held elsewhere for the other ways by which events come:
///
/// - what Twitch and Kick post, and lists of it that are late, refused or cut off: ``PostingFaultsTests``;
/// - another key of Kick's: ``KickRotationTests``; another secret for Twitch: ``EventSubWebhooksTests``;
/// - sockets that do not greet, fall silent or say what nobody understands: ``EventSubFeedTests``, ``IRCFeedTests``
///   and ``KickChatSessionTests``;
/// - tokens, and what is asked by the way: ``ConnectionKeeperTests``, ``AudienceCountsTests``,
///   ``StreamQuestionsTests`` and ``PlatformBudgetTests``.
@Suite(.withProcesses) struct PlatformFaultsTests {
    private static let path = "/helix/eventsub/subscriptions"
    /// How often it is asked for to listen to everything.
    private static let wishes: Int64 = 15

    @Test(arguments: [
        (["500", "500", "500"], 3, "off"), (["429 2"], 1, "refused"), (["slow 3"], 0, "refused"),
        (["truncated", "truncated", "truncated"], 3, "off"),
    ])
    func `a socket that ends, the next that is not greeted or refused, and a Twitch that answers badly then`(
        faults: [String],
        more: Int,
        greeting: String
    ) throws {
        let stand = try PlatformStand()
        try stand.goOnAir()
        try stand.say("twitch says 10 lines", "twitch follow Aurora")

        for fault in faults { try stand.order("fault twitch \(Self.path) \(fault)") }
        try stand.order("greet \(greeting)")
        try stand.order("drop events 4000")
        #expect(try stand.tells("connecting/events"), "\(stand.state)")
        try stand.say("twitch says 5 lines")
        try stand.order("greet on")
        for _ in 1...3 { try stand.say("twitch says 5 lines") }

        try stand.expectHealed()
        try stand.say("twitch says 10 lines", "twitch follow Bea", "twitch raid 12")
        try stand.expectKept()
        #expect(stand.promised["chat:message"]?.count == 40, "chat came by IRC all the time")
        #expect(stand.promised["event:follow"]?.count == 2)
        #expect(try stand.asked(Self.path) >= 2 * Self.wishes + Int64(more), "it met the faults")
    }

    @Test func `what comes twice, and what comes in the opposite order, is in the log once`() throws {
        let stand = try PlatformStand()
        try stand.goOnAir()

        try stand.order("duplicate on")
        try stand.order("reorder on")
        try stand.say("twitch says 40 lines", "twitch gifts 5", "twitch notices", "twitch raid", "twitch redeem Mira")
        try stand.say("twitch delete", "twitch timeout Viewer3", "twitch cheer 100")
        try stand.order("reorder off")
        try stand.say("twitch says 10 lines", "twitch ban Viewer4")

        try stand.expectKept()
        #expect(try stand.table.count(ofType: "chat:message") == 50)
        #expect(try stand.table.count(ofType: "event:subscribe") == 6, "a bomb of five")
        #expect(try stand.told() == "connected", "that is nobody's trouble")
    }

    @Test func `a subscription that Twitch ends is asked for again over the same socket`() throws {
        let stand = try PlatformStand()
        try stand.goOnAir()

        #expect(try stand.order("revoke channel.follow")["renewed"] == true)
        try stand.say("twitch says 5 lines", "twitch follow Aurora")

        try stand.expectKept()
        #expect(try stand.table.count(ofType: "event:follow") == 1)
        #expect(try stand.asked(Self.path) == Self.wishes + 1)
        #expect(try stand.told() == "connected")
    }

    @Test func `a subscription that Twitch ends is asked for again, and where that fails everything is`() throws {
        let stand = try PlatformStand()
        try stand.goOnAir()
        try stand.say("twitch says 5 lines", "twitch follow Aurora")

        // Nothing is mended until the trouble was seen.
        try stand.order("greet off")
        // A request that fails is sent three times.
        for _ in 1...3 { try stand.order("fault twitch \(Self.path) 500") }
        #expect(try stand.order("revoke channel.follow")["left"] == true)
        #expect(try stand.tells("connecting/events"), "\(stand.state)")
        try stand.order("greet on")
        try stand.say("twitch says 5 lines")

        try stand.expectHealed()
        try stand.say("twitch says 5 lines", "twitch follow Bea")
        try stand.expectKept()
        #expect(try stand.table.count(ofType: "event:follow") == 2)
    }

    @Test func `sockets that are sent elsewhere again and again cost no line, and nothing is asked for anew`() throws {
        let stand = try PlatformStand()
        try stand.goOnAir()

        try stand.say("storm 5")

        try stand.expectKept()
        #expect(try stand.table.count(ofType: "chat:message") == 11)
        #expect(try stand.asked(Self.path) == Self.wishes, "what is subscribed comes along")
        #expect(try stand.told() == "connected")
        try stand.expectHealed()
    }

    @Test func `chat that is cut off is named as that, and comes by EventSub meanwhile`() throws {
        let stand = try PlatformStand()
        try stand.goOnAir()

        for (round, greeting) in ["off", "refused"].enumerated() {
            // Nothing is mended until the trouble was seen.
            try stand.order("greet \(greeting)")
            try stand.order("drop chat")
            #expect(try stand.tells("connected/chat"), "\(stand.state)")
            try stand.order("greet on")
            try stand.say("twitch says 10 lines", "twitch follow Round\(round)")
            try stand.expectHealed()
        }

        try stand.expectKept()
        #expect(try stand.table.count(ofType: "chat:message") == 20)
        #expect(try stand.asked(Self.path) == Self.wishes, "EventSub's socket stayed")
    }

    /// All attempts of two requests: after 500 each is sent twice more, and a rest of 8 s is longer than both wait.
    @Test(arguments: [["500", "500", "500", "500", "500", "500"], ["429 8"]])
    func `while Twitch gives no fresh tokens that is named, chat goes on, and then all of it is there again`(
        faults: [String]
    ) throws {
        let stand = try PlatformStand()
        try stand.goOnAir()
        try stand.say("twitch says 5 lines", "twitch follow Aurora")
        // The host's own token comes from there as well.
        try #require(try Deadline.wait(seconds: 60, pausing: 100) { try stand.asked("/helix/streams") > 0 })

        let before = try stand.asked("/oauth2/token")
        for fault in faults { try stand.order("fault twitch /oauth2/token \(fault)") }
        try stand.order("twitch tokens end")
        try stand.order("drop events 4000")
        #expect(try stand.tells("connecting/answers"), "\(stand.state)")
        try stand.say("twitch says 5 lines")

        try stand.expectHealed()
        try stand.say("twitch says 5 lines", "twitch follow Bea")
        try stand.expectKept()
        #expect(stand.promised["chat:message"]?.count == 15, "chat came by IRC all the time")
        #expect(stand.promised["event:follow"]?.count == 2)
        #expect(try stand.asked("/oauth2/token") == before + Int64(faults.count) + 1, "it met the faults")
    }

    @Test func `who took the host's access away is asked to sign in, and that is all it takes`() throws {
        let stand = try PlatformStand()
        try stand.goOnAir()
        try stand.say("twitch says 5 lines", "twitch follow Aurora")

        try stand.order("twitch tokens refused")
        try stand.order("twitch tokens end")
        try stand.order("drop events 4000")
        #expect(try stand.tells("needs-login"), "\(stand.state)")

        try stand.order("twitch tokens accepted")
        try stand.browser.signIn("twitch")
        try stand.expectHealed()
        try stand.say("twitch says 5 lines", "twitch follow Bea")
        try stand.expectKept()
        #expect(try stand.table.count(ofType: "event:follow") == 2)
    }
}
