import Testing
import WidgetAPI

@testable import Host

@Suite struct BreakerTests {
    private static let start = Timestamp(milliseconds: 1_000_000)

    @Test func `four errors in a minute are borne, the fifth opens it`() {
        var breaker = Breaker()

        let opened = (0..<5).map { breaker.failed(.error, at: Self.start.advanced(byMilliseconds: $0 * 10), seed: 0) }

        #expect(opened == [false, false, false, false, true])
        #expect(breaker.held(at: Self.start.advanced(byMilliseconds: 40)) != nil)
    }

    @Test func `four errors a minute never open it`() {
        var breaker = Breaker()

        let opened = (0..<100).map { number in
            breaker.failed(.error, at: Self.start.advanced(byMilliseconds: number * 15_000), seed: 0)
        }

        #expect(!opened.contains(true))
    }

    @Test func `two endings open it`() {
        var breaker = Breaker()

        let opened = (0..<2).map { _ in breaker.failed(.ending, at: Self.start, seed: 0) }

        #expect(opened == [false, true])
    }

    @Test func `it rests twice as long each time, up to five minutes`() {
        var (breaker, moment) = (Breaker(), Self.start)
        _ = breaker.failed(.ending, at: moment, seed: 0)
        var rests: [Int64] = []

        for _ in 0..<10 {
            _ = breaker.failed(.ending, at: moment, seed: 0)
            let end = breaker.held(at: moment) ?? moment
            rests.append((end.milliseconds - moment.milliseconds) / 1000)
            moment = end
        }

        // With up to a quarter more, so that those who fail together do not come back together.
        for (rest, least) in zip(rests, [1, 2, 4, 8, 16, 32, 64, 128, 256, 300] as [Int64]) {
            #expect((least...least * 5 / 4).contains(rest))
        }
    }

    @Test func `one row that goes well closes it`() {
        var breaker = Breaker()
        for _ in 0..<2 { _ = breaker.failed(.ending, at: Self.start, seed: 0) }
        let later = Self.start.advanced(byMilliseconds: 5000)
        #expect(breaker.isTrying)

        breaker.succeeded(at: later)

        let isTrying = breaker.isTrying
        let opensAgain = breaker.failed(.error, at: later, seed: 0)

        #expect(!isTrying)
        #expect(!opensAgain, "one more error is borne again")
    }

    @Test func `while it tries a single error opens it again`() {
        var breaker = Breaker()
        for _ in 0..<2 { _ = breaker.failed(.ending, at: Self.start, seed: 0) }

        let opened = breaker.failed(.error, at: Self.start.advanced(byMilliseconds: 5000), seed: 0)

        #expect(opened)
    }

    @Test func `the tenth opening in a day wears it out, and one every three hours never does`() {
        var (often, seldom) = (Breaker(), Breaker())

        for number in 0..<30 {
            for _ in 0..<2 {
                _ = often.failed(.ending, at: Self.start.advanced(byMilliseconds: Int64(number) * 400_000), seed: 0)
                _ = seldom.failed(.ending, at: Self.start.advanced(byMilliseconds: Int64(number) * 10_800_000), seed: 0)
            }
            #expect(often.isWornOut == (number >= 9))
            #expect(!seldom.isWornOut)
        }
    }
}

@Suite struct RowRateTests {
    @Test func `256 rows at once are given and the next is not`() {
        var rate = RowRate()
        let moment = Timestamp(milliseconds: 1_000_000)

        let admitted = (0..<300).map { _ in rate.admits(moment) }

        #expect(admitted.count { $0 } == 256)
        #expect(admitted.prefix(256).allSatisfy { $0 })
    }

    @Test func `200 rows a second go on for ever, 201 do not`() {
        func refused(everyMicroseconds pause: Int64) -> Int {
            var rate = RowRate()
            let moments = (0..<100_000).map { Timestamp(milliseconds: 1_000_000 + $0 * pause / 1000) }
            return moments.map { rate.admits($0) }.count { !$0 }
        }

        #expect(refused(everyMicroseconds: 5000) == 0)
        #expect(refused(everyMicroseconds: 4900) > 0)
    }
}

@Suite struct SkippedRowsTests {
    @Test func `rows next to each other are said at once, others apart: what lies between was taken`() {
        var rows = SkippedRows()

        rows.note(1...1, "error")
        rows.note(2...4, "error")
        rows.note(6...6, "error")
        rows.note(7...7, "another")

        #expect(rows.takeNews().map(\.places) == [1...4, 6...6, 7...7])
        #expect(rows.takeNews().isEmpty)
    }

    @Test func `what the log could not be told stays to be told, before what came since`() {
        var rows = SkippedRows()
        rows.note(1...1, "error")
        let told = rows.takeNews()
        rows.note(5...5, "error")

        rows.putBack(told)

        #expect(rows.takeNews().map(\.places) == [1...1, 5...5])
    }

    @Test func `what the log says is left out, and nothing else`() {
        var rows = SkippedRows()
        rows.learn(7...9)
        rows.learn(2...3)

        var leftOut: [Int64] = []
        for place in Int64(1)...10 where rows.leavesOut(place) { leftOut.append(place) }

        #expect(leftOut == [2, 3, 7, 8, 9])
    }
}
