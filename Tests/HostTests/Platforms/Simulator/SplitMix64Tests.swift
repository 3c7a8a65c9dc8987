import Testing

@testable import Host

@Suite struct SplitMix64Tests {
    @Test func `the sequence is the published one`() {
        var random = SplitMix64(seed: 1_234_567)
        let drawn = (0..<3).map { _ in random.next() }
        #expect(drawn == [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423])
    }

    @Test func `every number of a range comes about equally often and none beyond it`() {
        var random = SplitMix64(seed: 9)
        var counts: [Int: Int] = [:]
        for _ in 0..<6000 { counts[random.number(in: 1...6), default: 0] += 1 }
        #expect(counts.keys.sorted() == [1, 2, 3, 4, 5, 6])
        #expect(counts.values.allSatisfy { (850...1150).contains($0) })
        #expect(random.number(in: 4...4) == 4)
    }
}
