import Glibc

/// Time and allocations of steps that follow each other.
struct MeasuredSteps {
    /// From the library that counts, where one has been loaded before the program (`Benchmarks/allocations.c`).
    private static let counted: (@convention(c) () -> UInt64)? = dlsym(nil, "counted_allocations").map {
        unsafeBitCast($0, to: (@convention(c) () -> UInt64).self)
    }

    var isCounting = false
    private let names: [String]
    private var times: [Duration]
    private var allocations: [UInt64]
    private var mark = (time: ContinuousClock.now, allocations: UInt64(0))

    init(_ names: [String]) {
        self.names = names
        times = names.map { _ in .zero }
        allocations = names.map { _ in 0 }
    }

    mutating func begin() {
        mark = (ContinuousClock.now, Self.counted?() ?? 0)
    }

    /// Ends that step and begins the next.
    mutating func end(_ step: Int) {
        let now = (time: ContinuousClock.now, allocations: Self.counted?() ?? 0)
        if isCounting {
            times[step] += mark.time.duration(to: now.time)
            allocations[step] += now.allocations - mark.allocations
        }
        begin()
    }

    func report(_ what: String, bytes: Int, operations: Int, per count: Int) {
        for (step, name) in names.enumerated() {
            let nanoseconds = Int(times[step] / .nanoseconds(1)) / count
            let asked = Self.counted == nil ? -1 : Int(allocations[step]) / count
            print("\(what), \(name)\t\(nanoseconds)\t\(bytes)\t\(operations)\t\(asked)")
        }
    }
}
