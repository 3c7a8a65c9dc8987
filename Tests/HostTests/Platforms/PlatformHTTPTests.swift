import NIOCore
import Synchronization
import Testing

@testable import FakePlatforms
@testable import Host

@Suite struct PlatformHTTPTests {
    @Test func `what found no connection was heard by nobody, and is asked again though its answer is had once`()
        async throws
    {
        let crowd = Crowd()
        let server = try LoopbackServer { request in
            guard request.path == "/crowd" else { return .json("{}") }
            crowd.count.add(1, ordering: .relaxed)
            // Longer than a question waits for a connection, and shorter than it does so twice.
            return LoopbackServer.Answer(delay: .seconds(5))
        }
        let http = PlatformHTTP.patient

        try await http.connected { () async throws in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<PlatformHTTP.connections {
                    group.addTask { _ = try await http.send(PlatformRequest(url: server.base + "/crowd")) }
                }
                #expect(await Deadline.comes { crowd.count.load(ordering: .relaxed) == PlatformHTTP.connections })

                let answer = try await http.send(PlatformRequest(url: server.base + "/token", isHadOnce: true))

                #expect(answer.status == 200)
                try await group.waitForAll()
            }
        }
        #expect(crowd.count.load(ordering: .relaxed) == PlatformHTTP.connections)
    }

    /// Questions that hold their connections.
    private final class Crowd: Sendable {
        let count = Atomic<Int>(0)
    }
}
