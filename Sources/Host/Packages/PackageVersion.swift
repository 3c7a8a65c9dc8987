/// A version as SemVer 2.0 writes and orders it.
struct PackageVersion: Sendable, Equatable, Comparable {
    private let numbers: [UInt32]
    private let stages: [Substring]

    /// `nil` when the text is no SemVer.
    init?(_ text: String) {
        let form = /(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)(?:-([0-9A-Za-z.-]+))?(?:\+([0-9A-Za-z.-]+))?/
        guard text.utf8.count <= 64, let match = text.wholeMatch(of: form) else { return nil }
        let numbers = [match.1, match.2, match.3].compactMap { UInt32($0) }
        let stages = match.4?.split(separator: ".", omittingEmptySubsequences: false) ?? []
        let builds = match.5?.split(separator: ".", omittingEmptySubsequences: false) ?? []
        guard numbers.count == 3, !builds.contains(""), stages.allSatisfy(Self.isStage) else { return nil }
        self.numbers = numbers
        self.stages = stages
    }

    static func < (left: PackageVersion, right: PackageVersion) -> Bool {
        if left.numbers != right.numbers { return left.numbers.lexicographicallyPrecedes(right.numbers) }
        // 1.0.0-beta comes before 1.0.0.
        if left.stages.isEmpty || right.stages.isEmpty { return !left.stages.isEmpty && right.stages.isEmpty }
        for (left, right) in zip(left.stages, right.stages) where left != right {
            switch (isNumber(left), isNumber(right)) {
            case (true, true):
                return left.utf8.count == right.utf8.count ? left < right : left.utf8.count < right.utf8.count
            case (true, false): return true
            case (false, true): return false
            case (false, false): return left.utf8.lexicographicallyPrecedes(right.utf8)
            }
        }
        return left.stages.count < right.stages.count
    }

    private static func isStage(_ stage: Substring) -> Bool {
        !stage.isEmpty && !(isNumber(stage) && stage.utf8.count > 1 && stage.utf8.first == UInt8(ascii: "0"))
    }

    private static func isNumber(_ stage: Substring) -> Bool {
        stage.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }
}
