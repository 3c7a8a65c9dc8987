import Testing
import WidgetAPI

@testable import FakePlatforms

/// A thousand pages on one channel, and one that has fallen asleep.
@Suite(.serialized, .withProcesses) struct CrowdTests {
    /// What makes a line as heavy as chat lets one be, in four bytes a character; five lines are one picture, or a few.
    private static let filling = String(repeating: "𝕏", count: 480)
    /// What each page gets: the backlog that a slow one is allowed, and more than the kernel holds on the way.
    private static let bytesEach = 7 << 18

    @Test func `one page that never reads costs a thousand others nothing`() throws {
        let server = try ServerProcess.withAlice()
        let sleeper = try WebSocketClient(port: server.port, receiveBuffer: 4096)
        try Crowd.subscribe(sleeper, "alice")
        let crowd = try Crowd(1000, port: server.port, channel: "alice")
        var seen = ""
        crowd.onPatch = { seen += $0 }
        let deliveries = try Socket(port: server.port)
        var line = 0
        var (before, most) = (0, 0)

        while crowd.members[0].bytes < Self.bytesEach {
            seen = ""
            var marks: [String] = []
            for _ in 0..<5 {
                line += 1
                marks.append("line \(line) ")
                try Self.post("line \(line) " + Self.filling, on: deliveries)
            }
            let all = Deadline.wait(seconds: 60, pausing: 0) {
                crowd.read(withinMilliseconds: 20)
                return !crowd.faults.isEmpty || (crowd.isTogether && marks.allSatisfy { seen.contains($0) })
            }
            try #require(all, "line \(line) did not reach everybody")
            try #require(crowd.faults.isEmpty)
            if before == 0 { before = server.residentKilobytes }
            most = max(most, server.residentKilobytes)
        }

        #expect(crowd.members.count == 1000)
        #expect(crowd.members.allSatisfy { $0.rev >= line / 5 && $0.bytes == crowd.members[0].bytes })
        #expect(before > 0)
        #expect(most - before < 64 << 10, "grew from \(before) to \(most) KiB")
        #expect(try sleeper.socket.reachesEnd(withinMilliseconds: 30_000), "the sleeper was never cut")
        #expect(sleeper.socket.buffer.count < crowd.members[0].bytes / 2)
        let pictures = try Self.pictureNumbers(of: sleeper)
        #expect(!pictures.isEmpty)
        #expect(pictures == Array(1...Int64(pictures.count)), "what it did get has no hole")
        // It comes back as any page does.
        let again = try WebSocketClient(port: server.port)
        let snapshot = try #require(try again.subscribe("alice", view: "chat"))
        #expect(snapshot.text.contains("line \(line) "))
    }

    /// The numbers of the pictures that wait in a page's buffer.
    private static func pictureNumbers(of page: WebSocketClient) throws -> [Int64] {
        var numbers: [Int64] = []
        while let patch = try page.message("overlay:patch", withinMilliseconds: 10_000) {
            numbers.append(patch["payload"]?["rev"]?.integerValue ?? -1)
        }
        return numbers
    }

    private static func post(_ text: String, on socket: Socket) throws {
        let delivery = SignedDelivery.chat(text)
        let answer = try HTTPExchange.perform(
            "POST",
            "/api/webhooks/twitch",
            headers: delivery.headers,
            body: delivery.body,
            on: socket
        )
        #expect(answer.status == 204)
    }
}
