import Testing
import WidgetAPI

@testable import Sandbox

@Suite struct CPUShareTests {
    private static let start = Timestamp(milliseconds: 1_000_000)

    @Test func `ten seconds' worth may be used at once, then 50 ms a second`() {
        var share = CPUShare.ofInstance
        share.spend(microseconds: 499_999, at: Self.start)
        let before = share.held(at: Self.start)
        share.spend(microseconds: 1, at: Self.start)
        let after = share.held(at: Self.start)
        share.spend(microseconds: 50_000, at: Self.start)

        #expect(before == nil && after != nil)
        #expect(share.held(at: Self.start.advanced(byMilliseconds: 1000)) != nil)
        #expect(share.held(at: Self.start.advanced(byMilliseconds: 1001)) == nil)
    }

    @Test func `rest saves up no more than ten seconds`() {
        var share = CPUShare.ofTenant
        share.spend(microseconds: 1, at: Self.start)

        let later = share.available(at: Self.start.advanced(byMilliseconds: 86_400_000))

        #expect(later == 1_500_000)
    }

    @Test func `a lie about negative or endless work neither saves nor stops for ever`() {
        var (negative, endless) = (CPUShare.ofInstance, CPUShare.ofInstance)

        negative.spend(microseconds: .min, at: Self.start)
        endless.spend(microseconds: .max, at: Self.start)

        #expect(negative.available(at: Self.start) == 500_000)
        #expect(endless.held(at: Self.start.advanced(byMilliseconds: 10_100)) == nil)
    }
}
