import Logging
import Testing

@testable import Host

/// What is said of messages that a feed does not understand.
@Suite struct SkippedMessagesTests {
    private let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    @Test func `the same reason is told ever more seldom`() {
        var skipped = SkippedMessages("a line")

        let told = (1...20).filter { _ in skipped.note("no id", logger) }

        #expect(told == [1, 2, 4, 8, 16])
    }

    @Test func `a hundred reasons are told apart, and those that are known go on`() {
        var skipped = SkippedMessages("a line")

        let told = (0...100).filter { skipped.note("reason \($0)", logger) }

        #expect(told == Array(0..<100))
        let second = skipped.note("reason 7", logger)
        let unknown = skipped.note("reason 100", logger)
        #expect(second)
        #expect(!unknown)
    }

    @Test func `of a long reason the beginning counts`() {
        var skipped = SkippedMessages("a line")
        let long = String(repeating: "a", count: 200)

        let told = ["b", "c", "d", "e"].filter { skipped.note(long + $0, logger) }

        #expect(told == ["b", "c", "e"])
    }
}
