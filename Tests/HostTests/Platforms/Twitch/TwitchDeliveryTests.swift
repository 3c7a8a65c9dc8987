import Testing
import WidgetAPI

@testable import Host

@Suite struct TwitchDeliveryTests {
    private let follow = TwitchSamples.notification(
        "channel.follow",
        version: "2",
        event: "{\(TwitchSamples.user),\(TwitchSamples.broadcaster),\"followed_at\":\"2026-03-01T17:59:58Z\"}"
    )

    @Test(arguments: [
        "Twitch-Eventsub-Message-Id", "Twitch-Eventsub-Message-Timestamp", "Twitch-Eventsub-Message-Signature",
        "Twitch-Eventsub-Message-Type", "Twitch-Eventsub-Subscription-Type", "Twitch-Eventsub-Subscription-Version",
    ])
    func `a missing or empty header is named`(_ name: String) throws {
        var headers = TwitchSamples.headers(body: follow)
        for value in [nil, ""] {
            headers[name] = value
            #expect(throws: TwitchDeliveryError.missingHeader(name)) { try TwitchSamples.read(headers, follow) }
        }
    }

    @Test func `a wrong signature is refused before the time and the body are looked at`() throws {
        var headers = TwitchSamples.headers(body: "not JSON", sentAt: "yesterday")
        headers["Twitch-Eventsub-Message-Signature"]?.removeLast()
        #expect(throws: TwitchDeliveryError.badSignature) { try TwitchSamples.read(headers, "not JSON") }
    }

    @Test(arguments: [-600_000, 0, 600_000] as [Int64])
    func `a delivery up to 10 minutes old or ahead is taken`(_ distance: Int64) throws {
        let now = Timestamp(milliseconds: TwitchSamples.sentMilliseconds + distance)
        let delivery = try TwitchSamples.read(TwitchSamples.headers(body: follow), follow, now: now)
        guard case .notification("501", _) = delivery else {
            Issue.record("Read as \(delivery)")
            return
        }
    }

    @Test(arguments: [-600_001, 600_001, 86_400_000] as [Int64])
    func `a delivery more than 10 minutes off is refused`(_ distance: Int64) throws {
        let now = Timestamp(milliseconds: TwitchSamples.sentMilliseconds + distance)
        #expect(throws: TwitchDeliveryError.staleTimestamp) {
            try TwitchSamples.read(TwitchSamples.headers(body: "{}"), "{}", now: now)
        }
    }

    @Test(arguments: ["yesterday", "1772388000", "2026-03-01 18:00"])
    func `a time that is no time is refused`(_ sentAt: String) throws {
        let headers = TwitchSamples.headers(body: follow, sentAt: sentAt)
        #expect(throws: TwitchDeliveryError.staleTimestamp) { try TwitchSamples.read(headers, follow) }
    }

    @Test func `JSON that breaks off is malformed, with the place`() throws {
        let body = String(follow.prefix(60))
        let error = #expect(throws: TwitchDeliveryError.self) {
            try TwitchSamples.read(TwitchSamples.headers(body: body), body)
        }
        guard case .malformed(let reason) = error else {
            Issue.record("Refused as \(String(describing: error))")
            return
        }
        #expect(reason == "The text ends inside a string at line 1, column 61")
    }

    @Test(arguments: [
        ("[]", "The body is not an object"),
        ("null", "The body is not an object"),
        ("", "The text ends where a value should stand at line 1, column 1"),
        ("{}", "subscription.condition.broadcaster_user_id is missing, empty or not a text"),
        (
            #"{"subscription":{"type":"channel.follow"},"event":{}}"#,
            "subscription.condition.broadcaster_user_id is missing, empty or not a text"
        ),
        (
            #"{"subscription":{"condition":[]},"event":{}}"#,
            "subscription.condition.broadcaster_user_id is missing, empty or not a text"
        ),
        (#"{"subscription":{"condition":{"broadcaster_user_id":"501"}}}"#, "event is missing"),
        (#"{"subscription":{"condition":{"broadcaster_user_id":"501"}},"event":null}"#, "event is missing"),
        (
            #"{"subscription":{"condition":{"broadcaster_user_id":"501"}},"event":[]}"#,
            "event.user_id is missing, empty or not a text"
        ),
        (
            #"{"subscription":{"type":"channel.raid","condition":{"to_broadcaster_user_id":""}},"event":{}}"#,
            "subscription.condition.to_broadcaster_user_id is missing, empty or not a text"
        ),
    ])
    func `a signed body of another shape is malformed and says where`(_ body: String, _ reason: String) throws {
        let headers = TwitchSamples.headers(body: body)
        #expect(throws: TwitchDeliveryError.malformed(reason)) { try TwitchSamples.read(headers, body) }
    }

    @Test func `a challenge is handed out as it came`() throws {
        let body = #"{"challenge":"say \"ö\" back","subscription":{"type":"channel.follow","condition":{}}}"#
        let headers = TwitchSamples.headers(body: body, messageType: "webhook_callback_verification")
        #expect(try TwitchSamples.read(headers, body) == .challenge("say \"ö\" back"))
    }

    @Test func `a revocation tells type, reason and broadcaster`() throws {
        let body = """
            {"subscription":{"type":"channel.raid","status":"user_removed","version":"1",
            "condition":{"to_broadcaster_user_id":"501"}}}
            """
        let headers = TwitchSamples.headers(body: body, messageType: "revocation")
        let expected = TwitchDelivery.revocation(type: "channel.raid", status: "user_removed", broadcasterId: "501")
        #expect(try TwitchSamples.read(headers, body) == expected)
    }

    @Test func `a revocation without a broadcaster is one too`() throws {
        let body = #"{"subscription":{"type":"user.update","status":"version_removed","condition":{"user_id":"9"}}}"#
        let headers = TwitchSamples.headers(body: body, messageType: "revocation")
        let expected = TwitchDelivery.revocation(type: "user.update", status: "version_removed", broadcasterId: nil)
        #expect(try TwitchSamples.read(headers, body) == expected)
    }

    @Test(arguments: ["revocation", "webhook_callback_verification", "keepalive"])
    func `a recorded notification cannot be sent again as something else`(_ messageType: String) throws {
        let headers = TwitchSamples.headers(body: follow, messageType: messageType)
        let error = #expect(throws: TwitchDeliveryError.self) { try TwitchSamples.read(headers, follow) }
        #expect(error?.code == .validation)
    }

    @Test func `the signed body says what type it is, not the header`() throws {
        let headers = TwitchSamples.headers(body: follow, type: "channel.chat.clear", version: "1")
        let delivery = try TwitchSamples.read(headers, follow)
        guard case .notification("501", let drafts) = delivery else {
            Issue.record("Read as \(delivery)")
            return
        }
        #expect(drafts.map(\.type) == [.follow])
    }

    @Test func `every refusal has its answer`() {
        let refusals: [TwitchDeliveryError] = [.missingHeader("X"), .badSignature, .staleTimestamp, .malformed("Y")]
        #expect(refusals.map(\.code.status) == [403, 403, 403, 400])
        #expect(refusals.allSatisfy { !$0.publicMessage.isEmpty })
    }
}
