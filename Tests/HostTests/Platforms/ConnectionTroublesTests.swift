import Synchronization
import Testing
import WidgetAPI

@testable import Host

/// What is said of a connection that does not do what it should.
@Suite struct ConnectionTroublesTests {
    private static let alice = Tenant.ID("alice")
    private static let bob = Tenant.ID("bob")

    /// What the troubles and a test both touch.
    private final class Clock: Sendable {
        let milliseconds = Mutex<Int64>(0)
    }

    @Test func `what is refused to one streamer on one platform is said of nobody else`() {
        let troubles = ConnectionTroubles(now: { Timestamp(milliseconds: 0) })

        troubles.refused(["channel.cheer"], of: nil, on: .twitch, of: Self.alice)

        #expect(troubles.worst(on: .twitch, of: Self.alice) == .refused)
        #expect(troubles.worst(on: .kick, of: Self.alice) == nil)
        #expect(troubles.worst(on: .twitch, of: Self.bob) == nil)
    }

    @Test func `of events that were not asked for again the last word stands`() {
        let troubles = ConnectionTroubles(now: { Timestamp(milliseconds: 0) })
        troubles.refused(["channel.cheer"], of: nil, on: .twitch, of: Self.alice)

        troubles.refused([], of: ["channel.raid"], on: .twitch, of: Self.alice)
        #expect(troubles.worst(on: .twitch, of: Self.alice) == .refused)

        troubles.refused([], of: ["channel.cheer"], on: .twitch, of: Self.alice)
        #expect(troubles.worst(on: .twitch, of: Self.alice) == nil)
    }

    @Test func `what is refused is not forgotten in time, and what is worse is said first`() {
        let clock = Clock()
        let troubles = ConnectionTroubles(now: { Timestamp(milliseconds: clock.milliseconds.withLock { $0 }) })
        troubles.refused(["channel.cheer"], of: nil, on: .twitch, of: Self.alice)
        troubles.began(.chat, on: .twitch, of: Self.alice)
        #expect(troubles.worst(on: .twitch, of: Self.alice) == .chat)

        clock.milliseconds.withLock { $0 += 100 * ConnectionKeeper.silenceMilliseconds }
        troubles.forgetOld()

        #expect(troubles.worst(on: .twitch, of: Self.alice) == .refused)
    }

    @Test func `an answer to something else grants nothing that was refused`() {
        let troubles = ConnectionTroubles(now: { Timestamp(milliseconds: 0) })
        troubles.refused(["channel.cheer"], of: nil, on: .twitch, of: Self.alice)

        troubles.ended(ConnectionTrouble.allCases, on: .twitch, of: Self.alice)

        #expect(troubles.worst(on: .twitch, of: Self.alice) == .refused)
    }

    @Test func `what was refused to who has left is forgotten`() {
        let troubles = ConnectionTroubles(now: { Timestamp(milliseconds: 0) })
        for tenant in [Self.alice, Self.bob] {
            troubles.refused(["channel.followed"], of: nil, on: .kick, of: tenant)
        }
        troubles.refused(["channel.cheer"], of: nil, on: .twitch, of: Self.alice)

        troubles.keepRefusals(on: .kick, only: [Self.bob])

        #expect(troubles.worst(on: .kick, of: Self.alice) == nil)
        #expect(troubles.worst(on: .kick, of: Self.bob) == .refused)
        #expect(troubles.worst(on: .twitch, of: Self.alice) == .refused)
    }
}
