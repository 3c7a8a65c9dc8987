import Foundation
import Testing
import WidgetAPI

@testable import Host

/// What goes wrong at platforms that post to this host: what was answered 2xx is in the log once, whatever happens.
@Suite(.withProcesses) struct PostingFaultsTests {
    private static let path = "/helix/eventsub/subscriptions"
    private static let kickPath = "/public/v1/events/subscriptions"

    /// Six answers are two rounds of three attempts, long enough for the dashboard to be seen in between.
    @Test(arguments: [
        ["500", "500", "500", "500", "500", "500"], ["429 2", "429 2", "429 2", "429 2", "429 2", "429 2"],
        // The first one comes later than a request waits.
        ["slow 6", "500", "500", "500", "500", "500"],
        ["truncated", "truncated", "truncated", "truncated", "truncated", "truncated"],
    ])
    func `a subscription that Twitch ends while it answers badly is named, and asked for until it is there`(
        faults: [String]
    ) throws {
        let stand = try PlatformStand(isPosted: true)
        try stand.goOnAir()
        #expect(try stand.say("twitch follow Aurora") == [204])

        let before = try stand.asked(Self.path)
        for fault in faults { try stand.order("fault twitch \(Self.path) \(fault)") }
        #expect(try stand.order("revoke channel.follow notification_failures_exceeded")["status"] == 204)
        #expect(try stand.tells("connecting/answers"), "\(stand.state)")
        #expect(Set(try stand.say("twitch says 10 lines")) == [204])

        try stand.expectHealed()
        #expect(try stand.say("twitch follow Bea") == [204])
        try stand.expectKept()
        #expect(try stand.table.count(ofType: "event:follow") == 2)
        #expect(try stand.asked(Self.path) > before + Int64(faults.count), "it met the faults")
    }

    /// The host's own token is in its memory alone, so a start asks for another one: three times three attempts.
    @Test func `while Twitch gives the host no token that is named, and what it posts comes all the time`() throws {
        let stand = try PlatformStand(isPosted: true)
        try stand.goOnAir()
        #expect(try stand.say("twitch follow Aurora") == [204])

        stand.server.kill()
        let before = try stand.asked("/oauth2/token")
        for _ in 1...9 { try stand.order("fault twitch /oauth2/token 500") }
        try stand.server.start()
        #expect(try stand.tells("connecting/answers"), "\(stand.state)")
        #expect(try stand.say("twitch follow Bea") == [204])

        let isAnswered = try Deadline.wait(seconds: 120, pausing: 100) {
            try stand.asked("/oauth2/token") > before + 9
        }
        #expect(isAnswered, "it never got beyond the faults: \(stand.state)")
        try stand.expectHealed()
        #expect(try stand.say("twitch follow Cleo") == [204])
        try stand.expectKept()
        #expect(try stand.table.count(ofType: "event:follow") == 3)
    }

    /// Two rounds of three attempts: nothing may be asked for before the list has been seen.
    @Test(arguments: [
        ["500", "500", "500", "500", "500", "500"], ["429 2", "429 2", "429 2", "429 2", "429 2", "429 2"],
        ["slow 6", "truncated", "truncated", "truncated", "truncated", "truncated"],
    ])
    func `while Kick does not show its list that is named, and then all of it is subscribed once`(
        faults: [String]
    ) throws {
        let stand = try PlatformStand(isPosted: true)
        try stand.browser.signIn("twitch")

        for fault in faults { try stand.order("fault kick \(Self.kickPath) \(fault)") }
        _ = try stand.browser.open("/auth/login/kick?intent=connect")
        #expect(try stand.tells("connecting/answers", of: .kick), "\(stand.state)")
        #expect(try stand.told() == "connected", "Twitch has nothing to do with it")

        let isThere = try Deadline.wait(seconds: 120, pausing: 100) {
            try stand.order("look")["kick"]?.arrayValue?.count == KickSubscriptions.events.count
        }
        #expect(isThere, "\(stand.state)")
        #expect(try stand.tells("connected", of: .kick), "\(stand.state)")
        #expect(Set(try stand.say("kick says 3 lines", "kick follow Cleo")) == [204])
        try stand.expectKept()
        #expect(try stand.table.rows("SELECT count(*) FROM events WHERE platform = 'kick'") == ["4"])
    }

    @Test func `what is posted twice or in the opposite order is in the log once`() throws {
        let stand = try PlatformStand(isPosted: true)
        try stand.goOnAir()

        try stand.order("duplicate on")
        try stand.order("reorder on")
        try stand.say("twitch says 10 lines", "twitch gifts 5", "twitch delete", "kick says 10 lines")
        try stand.say("kick gifts 3", "kick kicks 100", "kick ban Viewer2", "kick follow Cleo")

        try stand.expectKept()
        #expect(try stand.table.count(ofType: "chat:message") == 20)
        #expect(try stand.told() == "connected")
    }

    @Test func `what a host did not take while it was away is posted again, and is in the log once`() throws {
        let stand = try PlatformStand(isPosted: true)
        try stand.goOnAir()
        #expect(Set(try stand.say("twitch follow Aurora", "kick says 3 lines")) == [204])

        stand.server.kill()
        #expect(Set(try stand.say("twitch follow Bea", "kick says 3 lines")) == [nil])
        try stand.server.start()

        #expect(try stand.retried(), "\(stand.state)")
        try stand.expectKept()
        #expect(try stand.table.count(ofType: "event:follow") == 2)
        #expect(try stand.table.rows("SELECT count(*) FROM events WHERE platform = 'kick'") == ["6"])
    }

    @Test func `who took the host's access to Kick away is asked to sign in, and what Kick posts comes all the time`()
        throws
    {
        let stand = try PlatformStand(isPosted: true)
        try stand.goOnAir()
        #expect(Set(try stand.say("kick says 3 lines")) == [204])

        try stand.order("kick tokens refused")
        try stand.order("kick tokens end")
        // After a start it is looked what is subscribed.
        stand.server.kill()
        try stand.server.start()
        #expect(try stand.tells("needs-login", of: .kick), "\(stand.state)")
        #expect(Set(try stand.say("kick says 3 lines", "kick follow Cleo")) == [204])

        try stand.order("kick tokens accepted")
        _ = try stand.browser.open("/auth/login/kick?intent=connect")
        #expect(try stand.tells("connected", of: .kick), "\(stand.state)")
        try stand.expectHealed()
        #expect(Set(try stand.say("kick says 3 lines")) == [204])
        try stand.expectKept()
        #expect(try stand.table.rows("SELECT count(*) FROM events WHERE platform = 'kick'") == ["10"])
    }

    @Test func `while Kick gives no key nothing of it is acknowledged, and all of it comes once there is one`() throws {
        let stand = try PlatformStand(isPosted: true)
        try stand.goOnAir()

        // More than one post meets, however long the other one takes.
        for fault in ["500", "truncated", "500", "500", "500", "500"] {
            try stand.order("fault kick /public/v1/public-key \(fault)")
        }
        #expect(try stand.say("kick says 2 lines") == [503, 503])
        #expect(try stand.told(of: .kick) == "connecting/answers")
        #expect(try stand.told() == "connected", "Twitch has nothing to do with it")

        #expect(try stand.retried(), "\(stand.state)")
        #expect(try stand.told(of: .kick) == "connected")
        try stand.expectKept()
        #expect(try stand.table.count(ofType: "chat:message") == 2)
    }

    /// A changed key is asked for five minutes after the last answer, or after a start: the long form waits, and
    /// ``KickRotationTests`` puts the clock forward.
    @Test func `what Kick signs with a new key is taken as soon as the host has seen that key`() throws {
        let stand = try PlatformStand(isPosted: true)
        try stand.goOnAir()
        #expect(Set(try stand.say("kick says 3 lines")) == [204])

        try stand.order("rotate-key")
        #expect(Set(try stand.say("kick says 3 lines", "kick follow Cleo")) == [401])
        #expect(Set(try stand.say("twitch says 3 lines")) == [204], "that is Kick's business alone")
        if ProcessInfo.processInfo.environment["STREAMVIBES_SOAK"] == nil {
            stand.server.kill()
            try stand.server.start()
        }

        #expect(try stand.retried(withinSeconds: 360), "\(stand.state)")
        #expect(Set(try stand.say("kick says 3 lines")) == [204])
        try stand.expectKept()
        #expect(try stand.table.rows("SELECT count(*) FROM events WHERE platform = 'kick'") == ["10"])
    }

    @Test func `who disconnects is posted nothing any more`() throws {
        let stand = try PlatformStand(isPosted: true)
        try stand.goOnAir()

        #expect(try stand.browser.ask("DELETE", "/api/connections/twitch").status == 204)

        let isGone = try Deadline.wait(seconds: 60, pausing: 100) {
            let look = try stand.order("look")
            return look["webhooks"] == .array([]) && look["rooms"] == 0
        }
        #expect(isGone, "\(stand.state)")
        #expect(try stand.say("twitch says 3 lines", "twitch follow Dana") == [])
        #expect(Set(try stand.say("kick says 3 lines")) == [204], "Kick stays")
        try stand.expectKept()
        #expect(try stand.table.count(ofType: "event:follow") == 0)
    }
}
