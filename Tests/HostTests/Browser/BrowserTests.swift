import Testing

/// Real browsers against the real program, one test after the other: two at once would starve each other's frames.
///
/// The suites stand in files of their own and share one Chromium.
@Suite(.serialized, .ownThread, .chromium) struct BrowserTests {}

/// Runs a Chromium for as long as a suite runs.
struct ChromiumTrait: SuiteTrait, TestScoping {
    func provideScope(
        for test: Test,
        testCase: Test.Case?,
        performing function: @Sendable () async throws -> Void
    ) async throws {
        let chromium = try Chromium()
        defer { chromium.stop() }
        try await Chromium.$address.withValue(chromium.address) { try await function() }
    }
}

extension Trait where Self == ChromiumTrait {
    /// One Chromium for the whole suite; tests reach it through `Browser`.
    static var chromium: ChromiumTrait { ChromiumTrait() }
}
