import Synchronization

/// A number that only grows; adding to it takes no lock.
final class Counter: Sendable {
    private let number = Atomic<UInt64>(0)

    func add(_ count: Int = 1) {
        number.add(UInt64(max(0, count)), ordering: .relaxed)
    }

    var value: UInt64 { number.load(ordering: .relaxed) }
}

/// A counter for each of a few words that are known beforehand.
///
/// Nothing that a visitor or a streamer chooses can become a label: it would tell about them, and grow without end.
final class CounterTable<Label: CaseIterable & RawRepresentable & Sendable>: Sendable
where Label.RawValue == String, Label.AllCases: Sendable {
    private let counters: [String: Counter]

    init() {
        counters = Dictionary(uniqueKeysWithValues: Label.allCases.map { ($0.rawValue, Counter()) })
    }

    func add(_ label: Label, _ count: Int = 1) {
        counters[label.rawValue]?.add(count)
    }

    /// Every label with its number, in the order in which they are declared.
    var values: [(label: String, value: UInt64)] {
        Label.allCases.map { ($0.rawValue, counters[$0.rawValue]?.value ?? 0) }
    }
}

/// How long something took, counted by the limits it stayed below.
final class Histogram: Sendable {
    /// From what a commit takes on a fast disk to what a stalled one makes somebody wait.
    static let limits: [Double] = [0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5]

    private let buckets = (0...Histogram.limits.count).map { _ in Counter() }
    private let microseconds = Counter()

    func record(_ duration: Duration) {
        let seconds = duration / .seconds(1)
        buckets[Self.limits.firstIndex { seconds <= $0 } ?? Self.limits.count].add()
        microseconds.add(Int(seconds * 1_000_000))
    }

    /// How many were recorded in each bucket, the last one being for those beyond every limit, and the sum.
    var reading: (buckets: [UInt64], seconds: Double) {
        (buckets.map(\.value), Double(microseconds.value) / 1_000_000)
    }
}
