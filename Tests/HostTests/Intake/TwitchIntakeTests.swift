import Testing
import WidgetAPI

@testable import FakePlatforms
@testable import Host

/// What Twitch is answered, over real HTTP (contract section 2, "Intake of Twitch deliveries").
@Suite(.serialized, .withProcesses) struct TwitchIntakeTests {
    private let server: ServerProcess

    init() throws {
        server = try ServerProcess.withAlice()
    }

    @Test func `a correct delivery is answered 204 once it is in the log`() throws {
        let delivery = SignedDelivery.follow(by: "Aurora")

        let answer = try post(delivery)

        #expect(answer.status == 204)
        #expect(answer.body.isEmpty)
        #expect(try EventTable(of: server).ids(ofTypes: "event:follow") == [delivery.messageId])
    }

    // MARK: Who is it from?

    @Test func `a wrong signature is refused`() throws {
        var delivery = SignedDelivery.follow(by: "Mallory")
        delivery.secret = "another-secret"

        let answer = try post(delivery)

        expectRefusal(answer, 403, "FORBIDDEN")
    }

    @Test func `a body that was changed on its way is refused`() throws {
        let delivery = SignedDelivery.follow(by: "Aurora")

        let answer = try post(headers: delivery.headers, body: Array(delivery.body.dropLast()))

        expectRefusal(answer, 403, "FORBIDDEN")
    }

    @Test(arguments: [
        "Twitch-Eventsub-Message-Id", "Twitch-Eventsub-Message-Timestamp", "Twitch-Eventsub-Message-Signature",
        "Twitch-Eventsub-Message-Type", "Twitch-Eventsub-Subscription-Type", "Twitch-Eventsub-Subscription-Version",
    ])
    func `a delivery without one of its headers is refused by that header's name`(_ name: String) throws {
        let delivery = SignedDelivery.follow(by: "Aurora")

        let answer = try post(headers: delivery.headers.filter { $0.0 != name }, body: delivery.body)

        expectRefusal(answer, 403, "FORBIDDEN")
        #expect(answer.body.contains(name))
    }

    @Test func `header names may come in any case`() throws {
        let delivery = SignedDelivery.follow(by: "Aurora")

        let answer = try post(headers: delivery.headers.map { ($0.0.lowercased(), $0.1) }, body: delivery.body)

        #expect(answer.status == 204)
    }

    // MARK: When is it from?

    // The limits to the millisecond are `TwitchDeliveryTests`'; here some time passes until the host looks.
    @Test(arguments: [-540_000, 0, 599_000] as [Int64])
    func `a delivery within 10 minutes of now is taken`(_ offset: Int64) throws {
        var delivery = SignedDelivery.follow(by: "Aurora")
        delivery.timestamp = Timestamp.now.advanced(byMilliseconds: offset).iso8601

        #expect(try post(delivery).status == 204)
    }

    @Test(arguments: [-86_400_000, -601_000, 660_000, 86_400_000] as [Int64])
    func `a delivery more than 10 minutes off is refused`(_ offset: Int64) throws {
        var delivery = SignedDelivery.follow(by: "Aurora")
        delivery.timestamp = Timestamp.now.advanced(byMilliseconds: offset).iso8601

        let answer = try post(delivery)

        expectRefusal(answer, 403, "FORBIDDEN")
    }

    @Test func `a delivery that comes twice is one event`() throws {
        let delivery = SignedDelivery.follow(by: "Aurora")

        let statuses = try (0..<3).map { _ in try post(delivery).status }

        #expect(statuses == [204, 204, 204])
        #expect(try EventTable(of: server).ids(ofTypes: "event:follow") == [delivery.messageId])
        #expect(try EventTable(of: server).hasNoGap())
    }

    @Test func `a chat line that comes in two deliveries is one event`() throws {
        let first = SignedDelivery.chat("hello")
        var second = first
        second.messageId = "another-delivery-of-it"

        #expect(try post(first).status == 204)
        #expect(try post(second).status == 204)

        #expect(try EventTable(of: server).ids(ofTypes: "chat:message") == [first.messageId])
    }

    // MARK: Can it be understood?

    @Test func `JSON that breaks off is refused with the place`() throws {
        let whole = SignedDelivery.follow(by: "Aurora")
        let delivery = SignedDelivery(type: whole.type, version: whole.version, body: Array(whole.body.dropLast(10)))

        let answer = try post(delivery)

        expectRefusal(answer, 400, "VALIDATION_ERROR")
        #expect(answer.body.contains("line 1, column \(delivery.body.count + 1)"))
    }

    @Test(arguments: ["", "[]", "null", "{}", #"{"subscription":{}}"#, "{\u{7F}}"])
    func `a signed body of another shape is refused`(_ body: String) throws {
        let delivery = SignedDelivery(type: "channel.follow", version: "2", body: Array(body.utf8))

        let answer = try post(delivery)

        expectRefusal(answer, 400, "VALIDATION_ERROR")
    }

    @Test func `an unknown kind of message is refused`() throws {
        var delivery = SignedDelivery.follow(by: "Aurora")
        delivery.messageType = "surprise"

        let answer = try post(delivery)

        expectRefusal(answer, 400, "VALIDATION_ERROR")
    }

    @Test func `a type that nobody knows is kept as it came and shown by no widget`() throws {
        let delivery = SignedDelivery.notification(
            "channel.sandwich",
            "7",
            ["broadcaster_user_id": "1234", "cheese": ["gouda", 2.5, nil]],
            in: "1234"
        )

        #expect(try post(delivery).status == 204)

        let table = EventTable(of: server)
        #expect(try table.ids(ofTypes: "platform:raw") == [delivery.messageId])
        let kept = try table.rows("SELECT payload FROM events WHERE type = 'platform:raw'").joined()
        let payload = try JSONValue(parsing: kept)
        #expect(payload["type"] == "channel.sandwich")
        #expect(payload["version"] == "7")
        #expect(payload["event"]?["cheese"] == ["gouda", 2.5, nil])
        let views = try Picture.take(port: server.port).views
        #expect(["chat", "events", "tips"].map { views[$0] } == ["[]", "[]", "[]"])
    }

    // MARK: Who is it for?

    @Test func `a delivery for a channel that is not here is refused`() throws {
        let answer = try post(SignedDelivery.follow(by: "Aurora", in: "9999"))

        expectRefusal(answer, 404, "NOT_FOUND", logged: "is for no channel here")
    }

    @Test func `a channel that is added while the host runs is served within a second`() throws {
        #expect(try post(.follow(by: "Aurora", in: "77")).status == 404)

        try server.command("channel", "add", "twitch", "bob", "--user-id", "77")

        #expect(try Deadline.wait(seconds: 1) { try post(.follow(by: "Aurora", in: "77")).status == 204 })
    }

    @Test func `a channel that is removed while its overlay is open is gone within a second`() throws {
        let page = try WebSocketClient(port: server.port)
        _ = try #require(try page.subscribe("alice"))
        #expect(try post(.follow(by: "Aurora")).status == 204)

        try server.command("channel", "remove", "twitch", "alice")

        #expect(try Deadline.wait(seconds: 1) { try post(.follow(by: "Aurora")).status == 404 })
        #expect(try EventTable(of: server).number("SELECT count(*) FROM events") == 0)
        #expect(server.isRunning)
    }

    @Test func `a channel that is removed and added again begins anew`() throws {
        #expect(try post(.follow(by: "Aurora")).status == 204)

        try server.command("channel", "remove", "twitch", "alice")
        try server.command("channel", "add", "twitch", "alice", "--user-id", "1234")

        #expect(try Deadline.wait(seconds: 2) { try post(.follow(by: "Borealis")).status == 204 })
        let page = try WebSocketClient(port: server.port)
        let snapshot = try #require(try page.subscribe("alice", view: "goals"))
        #expect(snapshot.text.contains("1 / 100"))
    }

    // MARK: What else Twitch sends

    @Test(arguments: ["pogchamp-kappa-360noscope-vohiyo", "with \"quotes\" & <b>é</b>"])
    func `a challenge is sent back to the byte, for any channel`(_ challenge: String) throws {
        let body: JSONValue = [
            "challenge": .string(challenge),
            "subscription": ["type": "channel.follow", "condition": ["broadcaster_user_id": "9999"]],
        ]
        var delivery = SignedDelivery(type: "channel.follow", version: "2", body: Array(body.text.utf8))
        delivery.messageType = "webhook_callback_verification"

        let answer = try post(delivery)

        #expect(answer.status == 200)
        #expect(answer.headers["content-type"] == "text/plain")
        #expect(answer.headers["content-length"] == "\(challenge.utf8.count)")
        #expect(answer.body == challenge)
    }

    @Test func `a challenge with a wrong signature is not sent back`() throws {
        var delivery = SignedDelivery(type: "channel.follow", version: "2", body: Array(#"{"challenge":"x"}"#.utf8))
        delivery.messageType = "webhook_callback_verification"
        delivery.secret = "another-secret"

        let answer = try post(delivery)

        expectRefusal(answer, 403, "FORBIDDEN")
    }

    @Test(arguments: ["1234", "9999"]) func `a revocation is taken note of`(_ broadcaster: String) throws {
        let body: JSONValue = [
            "subscription": [
                "status": "authorization_revoked", "type": "channel.follow",
                "condition": ["broadcaster_user_id": .string(broadcaster)],
            ]
        ]
        var delivery = SignedDelivery(type: "channel.follow", version: "2", body: Array(body.text.utf8))
        delivery.messageType = "revocation"

        let answer = try post(delivery)

        #expect(answer.status == 204)
        let lines = server.logLines(with: "Twitch ended a subscription")
        #expect(lines.count == 1)
        #expect(lines.first?.contains("authorization_revoked") == true)
        #expect(lines.first?.contains(broadcaster) == true)
        #expect(try EventTable(of: server).number("SELECT count(*) FROM events") == 0)
    }

    // MARK: What the log says

    @Test func `no secret, signature or chat text is in the log`() throws {
        var forged = SignedDelivery.chat("a text between friends")
        forged.secret = "a-guess-of-mallory"
        var broken = SignedDelivery(type: "channel.follow", version: "2", body: Array(#"{"a":"private"#.utf8))
        broken.messageId = "broken"
        let all = [SignedDelivery.chat("a text between friends"), forged, broken, .follow(by: "Aurora", in: "9999")]

        let statuses = try all.map { try post($0).status }

        #expect(statuses == [204, 403, 400, 404])
        let log = server.log
        #expect(log.contains("refused"))
        for secret in [ServerProcess.secret, forged.secret, "between friends", "private", "sha256="] {
            #expect(!log.contains(secret))
        }
        for delivery in all {
            for (name, value) in delivery.headers where name.hasSuffix("Signature") {
                #expect(!log.contains(value.dropFirst("sha256=".count)))
            }
        }
    }

    // MARK: Helpers

    private func post(_ delivery: SignedDelivery) throws -> HTTPExchange {
        try post(headers: delivery.headers, body: delivery.body)
    }

    private func post(headers: [(String, String)], body: [UInt8]) throws -> HTTPExchange {
        try HTTPExchange.perform("POST", "/api/webhooks/twitch", headers: headers, body: body, port: server.port)
    }

    /// The answer says no in the contract's form, the log says so once, and nothing was kept.
    private func expectRefusal(
        _ answer: HTTPExchange,
        _ status: Int,
        _ code: String,
        logged line: String = "a Twitch delivery was refused",
        _ location: SourceLocation = #_sourceLocation
    ) {
        #expect(answer.status == status, sourceLocation: location)
        #expect(answer.failureCode == code, sourceLocation: location)
        #expect(server.logLines(with: line).count == 1, sourceLocation: location)
        #expect(server.complaints.count == 1, sourceLocation: location)
        #expect((try? EventTable(of: server).number("SELECT count(*) FROM events")) == 0, sourceLocation: location)
    }
}
