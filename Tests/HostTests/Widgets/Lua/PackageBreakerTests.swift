import NIOPosix
import Sandbox
import Testing
import WidgetAPI

@testable import Host

@Suite struct PackageBreakerTests {
    private static let start = Timestamp(milliseconds: 1_000_000)

    /// So many streamers of that host.
    private static func tenants(_ count: Int) async throws -> (Zygote, [TenantCell]) {
        let zygote = try await Zygote.start()
        return (zygote, (0..<count).map { _ in TenantCell(zygote, on: MultiThreadedEventLoopGroup.singleton.next()) })
    }

    @Test func `widgets of five streamers that rest hold the version back for all, for a minute`() async throws {
        let (zygote, tenants) = try await Self.tenants(5)
        let breaker = PackageBreaker()
        for _ in 0..<99 { breaker.began() }

        let opened = tenants.map { breaker.opened(for: $0, at: Self.start) }

        #expect(opened == [false, false, false, false, true])
        #expect(breaker.held(at: Self.start.advanced(byMilliseconds: 59_999)) != nil)
        #expect(breaker.held(at: Self.start.advanced(byMilliseconds: 60_000)) == nil)
        zygote.close()
    }

    @Test func `five of a hundred are not enough, nor is one streamer five times, nor five in an hour`() async throws {
        let (zygote, tenants) = try await Self.tenants(5)
        let (many, one, slow) = (PackageBreaker(), PackageBreaker(), PackageBreaker())
        for _ in 0..<100 { many.began() }
        for _ in 0..<5 {
            one.began()
            slow.began()
        }

        for (number, tenant) in tenants.enumerated() {
            #expect(!many.opened(for: tenant, at: Self.start))
            #expect(!one.opened(for: tenants[0], at: Self.start))
            #expect(!slow.opened(for: tenant, at: Self.start.advanced(byMilliseconds: Int64(number) * 720_000)))
        }

        zygote.close()
    }

    @Test func `a package that has tried the wall is out until the host starts again`() {
        let breaker = PackageBreaker()

        breaker.sound("a forbidden system call")

        #expect(breaker.alarm == "a forbidden system call")
    }
}
