import Foundation
import Testing
import WidgetAPI

@testable import Host

/// What Kick is answered, over real HTTP (contract section 2, "Kick deliveries").
@Suite(.serialized, .withProcesses) struct KickIntakeTests {
    private let server: ServerProcess

    init() throws {
        let pem = try #require(KickSamples.publicKey)
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("streamvibes-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let key = folder.appendingPathComponent("kick.pem")
        try Data(pem.utf8).write(to: key)
        defer { try? FileManager.default.removeItem(at: folder) }
        var environment = ServerProcess.environment
        environment["KICK_PUBLIC_KEY"] = key.path
        server = try ServerProcess(environment: environment)
        try server.command("channel", "add", "kick", "harbour", "--user-id", "501")
        try server.start()
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
        for name in KickDelivery.headerNames {
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
    @Test func `Kick's own key is fetched, and again when it has changed, but not for every stranger`() throws {
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
