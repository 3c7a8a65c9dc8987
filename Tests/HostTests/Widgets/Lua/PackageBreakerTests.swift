import Testing
import WidgetAPI

@testable import Host

@Suite struct PackageBreakerTests {
    private static let start = Timestamp(milliseconds: 1_000_000)
    private static let owners = ["ann", "bob", "cleo", "dan", "eve"]

    @Test func `widgets of five streamers that rest hold the version back for all, for a minute`() {
        let breaker = PackageBreaker()
        for _ in 0..<99 { breaker.began() }

        let opened = Self.owners.map { breaker.opened(for: $0, at: Self.start) }

        #expect(opened == [false, false, false, false, true])
        #expect(breaker.held(at: Self.start.advanced(byMilliseconds: 59_999)) != nil)
        #expect(breaker.held(at: Self.start.advanced(byMilliseconds: 60_000)) == nil)
    }

    @Test func `five of a hundred are not enough, nor is one streamer five times, nor five in an hour`() {
        let (many, one, slow) = (PackageBreaker(), PackageBreaker(), PackageBreaker())
        for _ in 0..<100 { many.began() }
        for _ in 0..<5 {
            one.began()
            slow.began()
        }

        for (number, owner) in Self.owners.enumerated() {
            #expect(!many.opened(for: owner, at: Self.start))
            #expect(!one.opened(for: Self.owners[0], at: Self.start))
            #expect(!slow.opened(for: owner, at: Self.start.advanced(byMilliseconds: Int64(number) * 720_000)))
        }
    }

    @Test func `a package that has tried the wall is out until the host starts again`() {
        let breaker = PackageBreaker()

        breaker.sound("a forbidden system call")

        #expect(breaker.alarm == "a forbidden system call")
    }
}
