import Logging
import Synchronization
import Testing

@testable import Host

/// How often a platform is asked the same.
@Suite struct KeptAnswersTests {
    /// Answers every number with its double, as long as it is not held; knows none above a thousand.
    private final class Oracle: Sendable {
        private struct State {
            var requests: [[Int]] = []
            var isHeld = false
            var failure: PlatformFailure?
            var refused: Set<Int> = []
        }

        private let state = Mutex(State())

        var requests: [[Int]] { state.withLock { $0.requests } }
        var isHeld: Bool {
            get { state.withLock { $0.isHeld } }
            set { state.withLock { $0.isHeld = newValue } }
        }
        var failure: PlatformFailure? {
            get { state.withLock { $0.failure } }
            set { state.withLock { $0.failure = newValue } }
        }
        /// Numbers that spoil every request they are in.
        var refused: Set<Int> {
            get { state.withLock { $0.refused } }
            set { state.withLock { $0.refused = newValue } }
        }

        func answer(_ numbers: [Int]) async throws(PlatformFailure) -> [Int: Int] {
            state.withLock { $0.requests.append(numbers) }
            while isHeld { try? await Task.sleep(for: .milliseconds(2)) }
            if let failure { throw failure }
            guard refused.isDisjoint(with: numbers) else { throw .questionRefused(reason: "ill-formed") }
            return Dictionary(uniqueKeysWithValues: numbers.filter { $0 <= 1000 }.map { ($0, 2 * $0) })
        }
    }

    private let oracle = Oracle()
    private let clock = HandClock()

    private func answers(
        _ count: Int = 100,
        together: Int = 1,
        patience: Duration = .seconds(1800),
        open: Int = 256
    ) -> KeptAnswers<Int, Int> {
        KeptAnswers(
            of: "doubles",
            limits: .init(answers: count, together: together, patience: patience, open: open),
            now: { [clock] in clock.now },
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        ) { [oracle] (numbers) throws(PlatformFailure) in
            try await oracle.answer(numbers)
        }
    }

    /// Asks for 2 to 101 while another request is on its way, so that they share the next.
    private func aHundred(of answers: KeptAnswers<Int, Int>) async throws -> [Task<Int?, any Error>] {
        oracle.isHeld = true
        let first = Task { try await answers.answer(to: 1) }
        #expect(await Deadline.comes { oracle.requests == [[1]] })
        let hundred = (2...101).map { number in Task { try await answers.answer(to: number) } }
        #expect(await Deadline.comes { await answers.open.count == 101 })
        oracle.isHeld = false
        #expect(try await first.value == 2)
        return hundred
    }

    @Test func `an answer is kept for an hour, also that there is none`() async throws {
        let answers = answers()

        for number in [7, 7, 1001, 1001] {
            #expect(try await answers.answer(to: number) == (number == 7 ? 14 : nil))
        }
        #expect(oracle.requests == [[7], [1001]])
        clock.goOn(.seconds(3600) - .nanoseconds(1))
        _ = try await answers.answer(to: 7)
        #expect(oracle.requests.count == 2)
        clock.goOn(.nanoseconds(1))
        _ = try await answers.answer(to: 7)
        #expect(oracle.requests == [[7], [1001], [7]])
    }

    @Test func `a failure is kept for a minute`() async throws {
        let answers = answers()
        oracle.failure = .unreachable(reason: "away")

        for _ in 0..<3 { await #expect(throws: PlatformFailure.self) { try await answers.answer(to: 7) } }
        #expect(oracle.requests.count == 1)
        oracle.failure = nil
        clock.goOn(.seconds(60) - .nanoseconds(1))
        await #expect(throws: PlatformFailure.self) { try await answers.answer(to: 7) }
        clock.goOn(.nanoseconds(1))

        #expect(try await answers.answer(to: 7) == 14)
        #expect(oracle.requests.count == 2)
    }

    @Test func `all who want the same make one request, and others wait for the next`() async throws {
        let answers = answers(together: 3)
        oracle.isHeld = true
        let first = (0..<20).map { _ in Task { try await answers.answer(to: 1) } }
        #expect(await Deadline.comes { oracle.requests == [[1]] })
        let later = (2...5).map { number in Task { try await answers.answer(to: number) } }
        #expect(await Deadline.comes { await answers.open.count == 5 })
        oracle.isHeld = false

        for task in first { #expect(try await task.value == 2) }
        #expect(try await later.asyncValues() == [4, 6, 8, 10])
        let requests = oracle.requests
        #expect(requests.map(\.count) == [1, 3, 1] && requests.flatMap(\.self).sorted() == [1, 2, 3, 4, 5])
    }

    @Test func `who waits too long is told, and the answer is kept for the next`() async throws {
        let answers = answers(patience: .milliseconds(20))
        oracle.isHeld = true

        await #expect(throws: PlatformFailure.unreachable(reason: "it takes too long")) {
            try await answers.answer(to: 7)
        }
        oracle.isHeld = false
        #expect(await Deadline.comes { await answers.open.isEmpty })

        #expect(try await answers.answer(to: 7) == 14)
        #expect(oracle.requests == [[7]])
    }

    @Test func `too many questions are refused, but not one that is asked already`() async throws {
        let answers = answers(open: 2)
        oracle.isHeld = true
        let waiting = [1, 2].map { number in Task { try await answers.answer(to: number) } }
        #expect(await Deadline.comes { await answers.open.count == 2 })

        await #expect(throws: PlatformFailure.unreachable(reason: "too much is asked at the moment")) {
            try await answers.answer(to: 3)
        }
        let again = Task { try await answers.answer(to: 2) }
        oracle.isHeld = false

        #expect(try await (waiting + [again]).asyncValues() == [2, 4, 4])
        #expect(try await answers.answer(to: 3) == 6)
    }

    @Test func `one question that is refused spoils the others of its request for a moment only`() async throws {
        let answers = answers(together: 100)
        oracle.refused = [77]

        let hundred = try await aHundred(of: answers)

        for (number, task) in zip(2..., hundred) where number != 77 { #expect(try await task.value == 2 * number) }
        await #expect(throws: PlatformFailure.questionRefused(reason: "ill-formed")) { try await hundred[75].value }
        // It was in half of them, down to the one that it had for itself.
        let spoilt = oracle.requests.filter { $0.contains(77) }
        #expect(spoilt.last == [77] && (7...8).contains(spoilt.count) && oracle.requests.count <= 16)
    }

    @Test func `where every question is refused, not each of them is asked alone`() async throws {
        let answers = answers(together: 100)
        oracle.refused = Set(2...101)

        let hundred = try await aHundred(of: answers)

        for task in hundred { await #expect(throws: PlatformFailure.self) { try await task.value } }
        // One for the first number, one for all others, and two for each of thirteen cuts.
        #expect(oracle.requests.count == 28)
    }

    @Test func `beyond the limit what came first is forgotten`() async throws {
        let answers = answers(2)

        for number in [1, 2, 3, 3, 2, 1] { _ = try await answers.answer(to: number) }

        #expect(oracle.requests == [[1], [2], [3], [1]])
    }
}

extension [Task<Int?, any Error>] {
    /// What came of them, in order.
    fileprivate func asyncValues() async throws -> [Int?] {
        var values: [Int?] = []
        for task in self { values.append(try await task.value) }
        return values
    }
}
