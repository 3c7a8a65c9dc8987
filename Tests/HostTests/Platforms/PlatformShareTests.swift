import Testing

@testable import Host

/// How much of a platform one kind of questions takes.
@Suite struct PlatformShareTests {
    private let clock = HandClock()

    /// Time passes for who waits for a turn.
    private func share(perMinute requests: Int) -> PlatformShare {
        PlatformShare(
            perMinute: requests,
            now: { [clock] in clock.now },
            sleep: { [clock] moment in clock.goOn(until: moment) }
        )
    }

    @Test func `a minute has as many turns as were promised and not one more`() async throws {
        let share = share(perMinute: 240)
        let begin = clock.now

        var moments: [Duration] = []
        for _ in 0...480 {
            try await share.turn()
            moments.append(clock.now - begin)
        }

        #expect(moments[0] == .zero && moments[240] == .seconds(60) && moments[480] == .seconds(120))
        for (earlier, later) in zip(moments, moments.dropFirst(240)) { #expect(later - earlier == .seconds(60)) }
    }

    @Test func `turns that nobody took are not saved up`() async throws {
        let share = share(perMinute: 240)
        try await share.turn()
        clock.goOn(.seconds(3600))
        let begin = clock.now

        var moments: [Duration] = []
        for _ in 0..<3 {
            try await share.turn()
            moments.append(clock.now - begin)
        }

        #expect(moments == [.zero, .milliseconds(250), .milliseconds(500)])
    }

    @Test func `who asks after the share is free again waits for nothing, and a moment earlier for that moment`()
        async throws
    {
        let share = share(perMinute: 240)
        try await share.turn()
        clock.goOn(.milliseconds(250) - .nanoseconds(1))
        let early = clock.now
        try await share.turn()
        #expect(clock.now - early == .nanoseconds(1))

        clock.goOn(.milliseconds(250))
        let late = clock.now
        try await share.turn()
        #expect(clock.now == late)
    }
}
