import Logging
import Synchronization
import Testing
import WidgetAPI

@testable import FakePlatforms
@testable import Host

/// What Kick is answered, over real HTTP (contract section 2, "Kick deliveries").
@Suite(.serialized, .withProcesses) struct KickIntakeTests {
    private let server: ServerProcess

    init() throws {
        let folder = try TemporaryFolder()
        try folder.write("kick.pem", Array(try #require(KickSamples.publicKey).utf8))
        var environment = ServerProcess.environment
        environment["KICK_PUBLIC_KEY"] = folder.path + "/kick.pem"
        server = try ServerProcess(environment: environment)
        try server.command("channel", "add", "kick", "harbour", "--user-id", "501")
        // The file is read by the command and by the server, each at its start.
        try withExtendedLifetime(folder) { try server.start() }
    }

    @Test func `a correct delivery is answered 204 once it is in the log, and again it is the same event`() throws {
        let follow = KickSamples.follow()
        #expect(try (0..<3).map { _ in try follow.post(port: server.port).status } == [204, 204, 204])
        #expect(try EventTable(of: server).ids(ofTypes: "event:follow") == [follow.messageId])
        #expect(try EventTable(of: server).hasNoGap())
    }

    @Test func `a bomb is in the log as a whole`() throws {
        let bomb = KickSamples.gifts(by: KickSamples.nobody, to: ["Ash", "Bea"])
        #expect(try bomb.post(port: server.port).status == 204)
        let id = bomb.messageId
        #expect(try EventTable(of: server).ids(ofTypes: "event:subscribe") == [id, "\(id):1", "\(id):2"])
    }

    @Test func `who is not Kick is refused, and what is too old`() throws {
        var stranger = KickSamples.follow()
        stranger.signer = KickSamples.signerOfNobody()
        expect(try stranger.post(port: server.port), 401, "UNAUTHORIZED")
        var old = KickSamples.follow()
        old.timestamp = Timestamp.now.advanced(byMilliseconds: -86_500_000).iso8601
        expect(try old.post(port: server.port), 401, "UNAUTHORIZED")
        let delivery = KickSamples.follow()
        // All that the papers name but the subscription's id, which proves nothing.
        for name in ["Message-Id", "Message-Timestamp", "Signature", "Type", "Version"].map({ "Kick-Event-\($0)" }) {
            let headers = delivery.headers.filter { $0.0 != name }
            let answer = try post(headers, delivery.body)
            expect(answer, 401, "UNAUTHORIZED")
            #expect(answer.body.contains(name))
        }
        expect(try post(delivery.headers, delivery.body.dropLast()), 401, "UNAUTHORIZED")
        #expect(try EventTable(of: server).ids(ofTypes: "event:follow") == [])
    }

    @Test func `what is signed and malformed is 400, another channel 404, too large 413`() throws {
        var broken = KickSamples.follow()
        broken.body.removeLast()
        expect(try broken.post(port: server.port), 400, "VALIDATION_ERROR")
        let elsewhere = KickSamples(
            "channel.followed",
            ["broadcaster": KickSamples.person(502, "Elsewhere"), "follower": KickSamples.person(77, "Wren")]
        )
        expect(try elsewhere.post(port: server.port), 404, "NOT_FOUND")
        var large = KickSamples.follow()
        large.body += [UInt8](repeating: UInt8(ascii: " "), count: 1 << 20)
        expect(try large.post(port: server.port), 413, "PAYLOAD_TOO_LARGE")
        var edge = KickSamples.follow()
        edge.body += [UInt8](repeating: UInt8(ascii: " "), count: (1 << 20) - edge.body.count)
        #expect(try edge.post(port: server.port).status == 204)
    }

    @Test func `a chat line is on the overlay`() throws {
        let page = try WebSocketClient(port: server.port)
        try page.send("overlay:subscribe", ["platform": "kick", "channel": "harbour", "view": "overlay"])
        _ = try #require(try page.message("overlay:snapshot", withinMilliseconds: 30_000))
        #expect(try KickSamples.chat("Ahoy [emote:1:Wave]").post(port: server.port).status == 204)
        let patch = try #require(try page.message("overlay:patch", withinMilliseconds: 30_000))
        #expect(patch.text.contains("Ahoy ") && patch.text.contains("Wave") && !patch.text.contains("emote:1"))
    }

    private func post(_ headers: [(String, String)], _ body: some Collection<UInt8>) throws -> HTTPExchange {
        try HTTPExchange.perform("POST", "/api/webhooks/kick", headers: headers, body: Array(body), port: server.port)
    }

    private func expect(
        _ answer: HTTPExchange,
        _ status: Int,
        _ code: String,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        #expect(answer.status == status, "\(answer.body)", sourceLocation: sourceLocation)
        #expect(answer.body.contains(code), sourceLocation: sourceLocation)
    }
}

/// Where the key comes from.
@Suite(.serialized, .withProcesses) struct KickKeyTests {
    @Test func `Kick's own key is fetched, but not for every stranger`() throws {
        let host = try LoginHost()
        host.kick.publicKey = KickSamples.publicKey
        try host.server.command("channel", "add", "kick", "harbour", "--user-id", "501")
        #expect(try KickSamples.follow().post(port: host.server.port).status == 204)
        for _ in 0..<5 {
            var stranger = KickSamples.follow()
            stranger.signer = KickSamples.signerOfNobody()
            #expect(try stranger.post(port: host.server.port).status == 401)
        }
        #expect(host.kick.requests(to: "/public/v1/public-key").count == 1)
    }

    @Test func `a changed key is asked for once by all who wait, and only minutes after the last answer`() async throws
    {
        let place = try Place()
        place.kick.publicKey = KickSamples.publicKey
        try await place.http.connected { () async throws in
            #expect(try await place.accepts(KickSamples.follow()))
            let next = KickSamples.signerOfNobody()
            place.kick.publicKey = KickSamples.publicKey(of: next)
            var delivery = KickSamples.follow()
            delivery.signer = next

            place.clock.withLock { $0 += KickKey.pauseMilliseconds - 1 }
            #expect(try await !place.accepts(delivery))
            place.clock.withLock { $0 += 1 }
            place.kick.fail(Place.path, .slow(seconds: 0.2))
            async let (first, second) = (place.accepts(delivery), place.accepts(delivery))

            #expect(try await [first, second] == [true, true])
            #expect(place.kick.requests(to: Place.path).count == 2)
        }
    }

    @Test func `while Kick gives no newer key the old one counts, for whoever asked`() async throws {
        let place = try Place()
        place.kick.publicKey = KickSamples.publicKey
        try await place.http.connected { () async throws in
            #expect(try await place.accepts(KickSamples.follow()))
            place.kick.publicKey = nil
            place.clock.withLock { $0 += KickKey.pauseMilliseconds }
            var stranger = KickSamples.follow()
            stranger.signer = KickSamples.signerOfNobody()
            let delivery = stranger
            place.kick.fail(Place.path, .slow(seconds: 0.2))

            async let (first, second) = (place.accepts(delivery), place.accepts(delivery))

            #expect(try await [first, second] == [false, false])
            #expect(try await place.accepts(KickSamples.follow()))
        }
    }

    @Test func `without a key Kick is asked again after five seconds`() async throws {
        let place = try Place()
        try await place.http.connected { () async throws in
            for (milliseconds, asked) in [(0, 1), (4999, 1), (1, 2)] as [(Int64, Int)] {
                place.clock.withLock { $0 += milliseconds }
                await #expect(throws: PlatformFailure.self) { try await place.accepts(KickSamples.follow()) }
                #expect(place.kick.requests(to: Place.path).count == asked)
            }
        }
    }

    /// A key that is asked of a fake Kick, on a clock that the test moves.
    private struct Place {
        static let path = "/public/v1/public-key"
        let kick: FakePlatform
        let http = PlatformHTTP.patient
        let clock = MovedClock()
        let key: KickKey

        init() throws {
            kick = try FakePlatform(.kick, user: .init(id: "77", login: "alice-live", name: "Alice_Live"))
            key = KickKey(
                .address(kick.base + Self.path, http),
                now: { [clock] in Timestamp(milliseconds: clock.withLock { $0 }) },
                logger: Logger(label: "tests") { _ in SwiftLogNoOpLogHandler() }
            )
        }

        func accepts(_ delivery: KickSamples) async throws -> Bool {
            let signature = delivery.headers.first { $0.0 == "Kick-Event-Signature" }?.1 ?? ""
            let signed = Array("\(delivery.messageId).\(delivery.timestamp).".utf8) + delivery.body
            return try await key.accepts(signature, for: signed)
        }
    }

    private final class MovedClock: Sendable {
        private let milliseconds = Mutex<Int64>(1_000_000)

        func withLock<Result>(_ body: (inout Int64) -> Result) -> Result {
            milliseconds.withLock { body(&$0) }
        }
    }

    @Test func `while Kick gives no key a delivery is to be sent again`() throws {
        let host = try LoginHost()
        try host.server.command("channel", "add", "kick", "harbour", "--user-id", "501")
        #expect(try KickSamples.follow().post(port: host.server.port).status == 503)
    }

    @Test func `without an application and a key there is no intake`() throws {
        let server = try ServerProcess.withAlice()
        let answer = try KickSamples.follow().post(port: server.port)
        #expect(answer.status == 404 && answer.body.contains("KICK_PUBLIC_KEY"))
    }

    @Test func `a file that is no key is refused at the start, by name`() throws {
        var environment = ServerProcess.environment
        environment["KICK_PUBLIC_KEY"] = "/dev/null"
        let result = try CommandResult.run(["serve", "--port", "0"], environment: environment)
        #expect(result.status == 78)
        #expect(result.errors.contains("KICK_PUBLIC_KEY") && result.errors.contains("/dev/null"))
    }
}
