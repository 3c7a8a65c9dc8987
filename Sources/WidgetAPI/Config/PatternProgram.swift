/// A pattern as steps of a machine that follows all ways through it at once.
struct PatternProgram: Sendable, Equatable {
    indirect enum Node: Sendable, Equatable {
        case empty
        case set(ScalarSet)
        case start
        case end
        case sequence([Node])
        case either([Node])
        /// `most` is `nil` where there is no end.
        case repeated(Node, least: Int, most: Int?)
    }

    private enum Step: Sendable, Equatable {
        case set(ScalarSet)
        case start
        case end
        case split(Int, Int)
        case jump(Int)
        case match
    }

    // A repetition is written out, so a short pattern can ask for many steps; no form needs more.
    private static let stepsLimit = 1_000

    private var steps: [Step] = []

    var stepCount: Int { steps.count }

    /// `nil` when it would be too long.
    init?(_ node: Node) {
        guard write(node), add(.match) else { return nil }
    }

    /// Whether it takes the text from its first character to its last.
    func matches(_ text: String) -> Bool {
        let scalars = Array(text.unicodeScalars)
        var marks = [Int](repeating: -1, count: steps.count)
        var states: [Int] = []
        var next: [Int] = []
        var waiting: [Int] = []
        follow(0, at: 0, of: scalars.count, into: &states, &marks, &waiting)
        for (index, scalar) in scalars.enumerated() {
            next.removeAll(keepingCapacity: true)
            for state in states {
                if case .set(let set) = steps[state], set.contains(scalar) {
                    follow(state + 1, at: index + 1, of: scalars.count, into: &next, &marks, &waiting)
                }
            }
            swap(&states, &next)
            if states.isEmpty { return false }
        }
        return states.contains { steps[$0] == .match }
    }

    /// Adds every step that can be reached without a character.
    private func follow(
        _ first: Int,
        at index: Int,
        of count: Int,
        into states: inout [Int],
        _ marks: inout [Int],
        _ waiting: inout [Int]
    ) {
        waiting.append(first)
        while let step = waiting.popLast() {
            guard marks[step] != index else { continue }
            marks[step] = index
            switch steps[step] {
            case .jump(let target): waiting.append(target)
            case .split(let one, let other):
                waiting.append(other)
                waiting.append(one)
            case .start: if index == 0 { waiting.append(step + 1) }
            case .end: if index == count { waiting.append(step + 1) }
            case .set, .match: states.append(step)
            }
        }
    }

    private mutating func add(_ step: Step) -> Bool {
        guard steps.count < Self.stepsLimit else { return false }
        steps.append(step)
        return true
    }

    private mutating func write(_ node: Node) -> Bool {
        switch node {
        case .empty: return true
        case .set(let set): return add(.set(set))
        case .start: return add(.start)
        case .end: return add(.end)
        case .sequence(let parts):
            for part in parts where !write(part) { return false }
            return true
        case .either(let ways): return write(ways[...])
        case .repeated(let part, let least, let most): return write(part, least: least, most: most)
        }
    }

    private mutating func write(_ ways: ArraySlice<Node>) -> Bool {
        guard let first = ways.first else { return true }
        guard ways.count > 1 else { return write(first) }
        let split = steps.count
        guard add(.split(split + 1, 0)), write(first) else { return false }
        let jump = steps.count
        guard add(.jump(0)) else { return false }
        steps[split] = .split(split + 1, steps.count)
        guard write(ways.dropFirst()) else { return false }
        steps[jump] = .jump(steps.count)
        return true
    }

    private mutating func write(_ part: Node, least: Int, most: Int?) -> Bool {
        for _ in 0..<least {
            let before = steps.count
            guard write(part) else { return false }
            // What takes no step is the same once as a thousand times, and must not be written a thousand times.
            if steps.count == before { return true }
        }
        guard let most else {
            let split = steps.count
            guard add(.split(split + 1, 0)), write(part), add(.jump(split)) else { return false }
            steps[split] = .split(split + 1, steps.count)
            return true
        }
        var splits: [Int] = []
        for _ in least..<most {
            splits.append(steps.count)
            guard add(.split(steps.count + 1, 0)), write(part) else { return false }
        }
        for split in splits { steps[split] = .split(split + 1, steps.count) }
        return true
    }
}

/// Characters of a class, as ranges of their numbers.
struct ScalarSet: Sendable, Equatable {
    /// In order, and apart from one another.
    let ranges: [ClosedRange<UInt32>]
    let isNegated: Bool

    /// Everything in these ranges, or everything else.
    init(ranges: [ClosedRange<UInt32>], isNegated: Bool = false) {
        var merged: [ClosedRange<UInt32>] = []
        for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if let last = merged.last, range.lowerBound <= last.upperBound + 1 {
                merged[merged.count - 1] = last.lowerBound...max(last.upperBound, range.upperBound)
            } else {
                merged.append(range)
            }
        }
        self.ranges = merged
        self.isNegated = isNegated
    }

    static let digits = ScalarSet(ranges: [0x30...0x39])
    static let words = ScalarSet(ranges: [0x30...0x39, 0x41...0x5A, 0x5F...0x5F, 0x61...0x7A])
    static let spaces = ScalarSet(ranges: [
        0x09...0x0D, 0x20...0x20, 0xA0...0xA0, 0x1680...0x1680, 0x2000...0x200A, 0x2028...0x2029, 0x202F...0x202F,
        0x205F...0x205F, 0x3000...0x3000, 0xFEFF...0xFEFF,
    ])
    /// What `.` takes: everything but the end of a line.
    static let line = ScalarSet(ranges: [0x0A...0x0A, 0x0D...0x0D, 0x2028...0x2029], isNegated: true)

    /// Everything else.
    var opposite: ScalarSet { ScalarSet(ranges: ranges, isNegated: !isNegated) }

    /// The ranges without a negation, for a class that holds more than this.
    var plainRanges: [ClosedRange<UInt32>] {
        guard isNegated else { return ranges }
        var result: [ClosedRange<UInt32>] = []
        var next: UInt32 = 0
        for range in ranges {
            if range.lowerBound > next { result.append(next...(range.lowerBound - 1)) }
            next = range.upperBound + 1
        }
        if next <= 0x10FFFF { result.append(next...0x10FFFF) }
        return result
    }

    func contains(_ scalar: Unicode.Scalar) -> Bool {
        var low = 0
        var high = ranges.count
        while low < high {
            let middle = (low + high) / 2
            if ranges[middle].upperBound < scalar.value { low = middle + 1 } else { high = middle }
        }
        return (low < ranges.count && ranges[low].contains(scalar.value)) != isNegated
    }
}
