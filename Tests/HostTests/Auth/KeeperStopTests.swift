import Synchronization
import Testing

@testable import FakePlatforms
@testable import Host

/// Tokens that are on their way when everybody is cut off, because a stop takes too long.
@Suite struct KeeperStopTests {
    @Test func `fresh tokens that a platform was asked for are stored, however late they come`() async throws {
        let place = try await KeeperPlace(.kick)
        let old = try await place.connection()
        place.platform.fail(place.platform.tokenPath, .slow(seconds: 1))

        try await place.running { _ in
            place.house.clock = 14_124_000
            #expect(await Deadline.comes { place.refreshes == 1 })
            // The keeper is cancelled here.
        }

        let kept = try await place.connection()
        #expect(kept.generation == old.generation + 1)
        #expect(kept.refreshToken != nil && kept.refreshToken != old.refreshToken)
    }

    @Test func `a platform that is broken is not asked once more`() async throws {
        let stop = Stop()
        let server = try LoopbackServer { _ in
            stop.questions.add(1, ordering: .relaxed)
            stop.host.withLock { $0?.cancel() }
            return .json("{}", status: 503)
        }
        let http = PlatformHTTP()

        let host = Task {
            try await http.connected { () async throws in
                #expect(await Deadline.comes { stop.host.withLock { $0 != nil } })
                let request = PlatformRequest(url: server.base + "/token", isHadOnce: true)
                let renewal = Task { try await http.send(request) }
                await #expect(throws: PlatformFailure.self) { _ = try await renewal.value }
            }
        }
        stop.host.withLock { $0 = host }
        try await host.value

        #expect(stop.questions.load(ordering: .relaxed) == 1)
    }

    /// The host that a platform's first answer finds cancelled.
    private final class Stop: Sendable {
        let host = Mutex<Task<Void, any Error>?>(nil)
        let questions = Atomic<Int>(0)
    }
}
