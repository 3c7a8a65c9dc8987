/// A small random sequence that a seed fixes for ever, on every machine and with every compiler.
///
/// The standard library's `random(in:using:)` may change how it uses a generator, so the draws are made here too.
/// Source: https://prng.di.unimi.it/splitmix64.c (public domain)
struct SplitMix64: Sendable, Equatable {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }

    /// A number of the range, each as likely as the others.
    mutating func number(in range: ClosedRange<Int>) -> Int {
        let width = UInt64(range.upperBound - range.lowerBound) + 1
        return range.lowerBound + Int(next().multipliedFullWidth(by: width).high)
    }

    /// `true` in so many of a hundred draws.
    mutating func happens(percent: Int) -> Bool {
        number(in: 1...100) <= percent
    }

    /// One of the choices, of which there must be one at least.
    mutating func pick<Choices: RandomAccessCollection>(_ choices: Choices) -> Choices.Element {
        choices[choices.index(choices.startIndex, offsetBy: number(in: 0...choices.count - 1))]
    }
}
