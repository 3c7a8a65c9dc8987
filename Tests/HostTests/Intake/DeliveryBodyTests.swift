import Testing
import WidgetAPI

@testable import FakePlatforms

/// Bodies as no platform sends them: too long, cut off, in pieces.
@Suite(.serialized, .withProcesses) struct DeliveryBodyTests {
    private static let limit = 1 << 20
    private let server: ServerProcess

    init() throws {
        server = try ServerProcess.withAlice()
    }

    @Test func `a body of exactly 1 MiB is read`() throws {
        let delivery = Self.follow(bytes: Self.limit)

        #expect(try post(delivery).status == 204)
        #expect(try EventTable(of: server).ids(ofTypes: "event:follow") == [delivery.messageId])
    }

    @Test(arguments: [limit + 1, 2 * limit])
    func `a longer body is refused, and the connection goes on`(_ length: Int) throws {
        let socket = try Socket(port: server.port)
        let large = Self.follow(bytes: length)

        let answer = try post(large, on: socket)

        #expect(answer.status == 413)
        #expect(answer.failureCode == "PAYLOAD_TOO_LARGE")
        #expect(try post(.follow(by: "Borealis"), on: socket).status == 204)
        #expect(try EventTable(of: server).count(ofType: "event:follow") == 1)
        #expect(server.logLines(with: "refused").count == 1)
    }

    @Test(arguments: [limit + 1, 2 * limit])
    func `a longer body is refused without a length too`(_ length: Int) throws {
        let socket = try Socket(port: server.port)

        let answer = try postInChunks(Self.follow(bytes: length), of: 10_000, on: socket)

        #expect(answer.status == 413)
        #expect(answer.failureCode == "PAYLOAD_TOO_LARGE")
        #expect(try EventTable(of: server).number("SELECT count(*) FROM events") == 0)
    }

    @Test(arguments: [1, 7, 10_000]) func `a body in chunks is put together`(_ size: Int) throws {
        let socket = try Socket(port: server.port)
        let delivery = SignedDelivery.follow(by: "Aurora")

        #expect(try postInChunks(delivery, of: size, on: socket).status == 204)
        #expect(try EventTable(of: server).ids(ofTypes: "event:follow") == [delivery.messageId])
    }

    @Test(arguments: [0, 1, 100], [true, false])
    func `a body that breaks off is no event and no fault of ours`(_ received: Int, _ politely: Bool) throws {
        let delivery = SignedDelivery.follow(by: "Aurora")
        let socket = try Socket(port: server.port)
        var request = "POST /api/webhooks/twitch HTTP/1.1\r\nHost: 127.0.0.1\r\n"
        for (name, value) in delivery.headers { request += "\(name): \(value)\r\n" }
        request += "Content-Length: \(delivery.body.count)\r\n\r\n"

        try socket.send(Array(request.utf8) + delivery.body.prefix(received))
        if politely { socket.finishSending() } else { socket.reset() }

        #expect(try socket.reachesEnd(withinMilliseconds: 30_000))
        #expect(!String(decoding: socket.buffer, as: UTF8.self).contains(" 204 "))
        #expect(try EventTable(of: server).number("SELECT count(*) FROM events") == 0)
        #expect(try post(.follow(by: "Borealis")).status == 204)
        #expect(server.complaints.isEmpty)
    }

    @Test func `many deliveries in one piece are answered in their order`() throws {
        let socket = try Socket(port: server.port)
        let deliveries = (0..<20).map { SignedDelivery.follow(by: "viewer\($0)", in: $0 % 2 == 0 ? "1234" : "9999") }

        try socket.send(
            deliveries.flatMap { HTTPExchange.request("POST", Self.path, headers: $0.headers, body: $0.body) }
        )

        let statuses = try deliveries.map { _ in try HTTPExchange.read(from: socket, withinMilliseconds: 30_000).status
        }
        #expect(statuses == deliveries.indices.map { $0 % 2 == 0 ? 204 : 404 })
        #expect(try EventTable(of: server).count(ofType: "event:follow") == 10)
    }

    // MARK: Helpers

    private static let path = "/api/webhooks/twitch"

    /// A correct delivery, filled up with blanks.
    private static func follow(bytes: Int) -> SignedDelivery {
        let short = SignedDelivery.follow(by: "Aurora")
        let blanks = [UInt8](repeating: 0x20, count: bytes - short.body.count)
        return SignedDelivery(type: short.type, version: short.version, body: short.body + blanks)
    }

    private func post(_ delivery: SignedDelivery, on socket: Socket? = nil) throws -> HTTPExchange {
        let socket = try socket ?? Socket(port: server.port)
        return try HTTPExchange.perform("POST", Self.path, headers: delivery.headers, body: delivery.body, on: socket)
    }

    private func postInChunks(_ delivery: SignedDelivery, of size: Int, on socket: Socket) throws -> HTTPExchange {
        var request = "POST \(Self.path) HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n"
        for (name, value) in delivery.headers { request += "\(name): \(value)\r\n" }
        var bytes = Array((request + "\r\n").utf8)
        for start in stride(from: 0, to: delivery.body.count, by: size) {
            let chunk = delivery.body[start..<min(start + size, delivery.body.count)]
            bytes += Array("\(String(chunk.count, radix: 16))\r\n".utf8) + chunk + Array("\r\n".utf8)
        }
        try socket.send(bytes + Array("0\r\n\r\n".utf8))
        return try HTTPExchange.read(from: socket, withinMilliseconds: 30_000)
    }
}

/// A host whose operator has not set the secret.
@Suite(.serialized, .withProcesses) struct IntakeWithoutSecretTests {
    @Test func `without a secret there is no intake`() throws {
        var environment = ServerProcess.environment
        environment["TWITCH_EVENTSUB_SECRET"] = nil
        let server = try ServerProcess(environment: environment)
        try server.command("channel", "add", "twitch", "alice", "--user-id", "1234")
        try server.start()
        let delivery = SignedDelivery.follow(by: "Aurora")

        let answer = try HTTPExchange.perform(
            "POST",
            "/api/webhooks/twitch",
            headers: delivery.headers,
            body: delivery.body,
            port: server.port
        )

        #expect(answer.status == 404)
        #expect(answer.failureCode == "NOT_FOUND")
        #expect(try EventTable(of: server).number("SELECT count(*) FROM events") == 0)
    }
}
