import Testing

@testable import Host

@Suite struct IRCJoinsTests {
    private let clock = HandClock()

    @Test func `twenty joins of an account are let through, and the next once the first is old enough`() {
        let joins = IRCJoins { clock.now }
        for _ in 0..<10 { #expect(joins.claim("alice") == nil) }
        clock.goOn(.seconds(4))
        for _ in 0..<9 { #expect(joins.claim("alice") == nil) }
        #expect(joins.isFree("alice"))
        #expect(joins.claim("alice") == nil)

        #expect(!joins.isFree("alice"))
        #expect(joins.claim("alice") == .seconds(7))
        #expect(joins.isFree("bob") && joins.claim("bob") == nil, "each account has its own")

        clock.goOn(.seconds(7) - .nanoseconds(1))
        #expect(joins.claim("alice") == .nanoseconds(1))
        clock.goOn(.nanoseconds(1))
        for _ in 0..<10 { #expect(joins.claim("alice") == nil) }
        #expect(joins.claim("alice") == .seconds(4))
    }
}
