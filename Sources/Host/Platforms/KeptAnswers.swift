import Logging

/// What a platform answered, kept for a while and asked for once, however many want it.
///
/// Its requests follow one another, and several questions may share one, so that no crowd of pages uses up what the
/// platform allows the application.
actor KeptAnswers<Question: Hashable & Sendable, Answer: Sendable> {
    struct Limits: Sendable {
        /// Answers that are kept; then those that came first are forgotten.
        var answers: Int
        /// Questions of one request.
        var together = 1
        /// How long an answer is believed.
        var memory = Duration.seconds(3600)
        /// How long a failure is.
        var failureMemory = Duration.seconds(60)
        /// How long those wait who want the same; the question goes on, and its answer is kept.
        var patience = Duration.seconds(3)
        /// Questions that wait for their turn or are asked.
        var open = 256
    }

    /// The answer; `nil` where the platform has none to this question.
    typealias Outcome = Result<Answer?, PlatformFailure>
    /// Answers a few questions; what has no answer is left out.
    typealias Asking = @Sendable ([Question]) async throws(PlatformFailure) -> [Question: Answer]

    private struct Entry {
        let outcome: Outcome
        let end: ContinuousClock.Instant
    }

    /// Those who want the same, and what ends their waiting.
    private struct Crowd {
        var waiters: [CheckedContinuation<Outcome, Never>]
        let timer: Task<Void, Never>
    }

    private let subject: String
    private let limits: Limits
    private let now: @Sendable () -> ContinuousClock.Instant
    private let logger: Logger
    private let ask: Asking

    private var entries: [Question: Entry] = [:]
    /// In the order in which they came first.
    private var order: [Question] = []
    private var crowds: [Question: Crowd] = [:]
    /// What has not been asked yet, in order.
    private var queue: [Question] = []
    /// That, and what is being asked.
    private(set) var open: Set<Question> = []
    private var isAsking = false
    /// What has been said in the log, so that a long failure is one line.
    private var isAway = false

    /// `subject` is what the log calls it all; another clock than `now` is of use in tests alone.
    init(
        of subject: String,
        limits: Limits,
        now: @escaping @Sendable () -> ContinuousClock.Instant = { .now },
        logger: Logger,
        ask: @escaping Asking
    ) {
        self.subject = subject
        self.limits = limits
        self.now = now
        self.logger = logger
        self.ask = ask
    }

    /// The answer to a question, or `nil` where the platform has none.
    ///
    /// - Throws: `PlatformFailure` while the platform does not answer, and where too much is asked already.
    func answer(to question: Question) async throws(PlatformFailure) -> Answer? {
        if let entry = entries[question], now() < entry.end { return try entry.outcome.get() }
        return try await withCheckedContinuation { join(question, $0) }.get()
    }

    // MARK: Steps

    private func join(_ question: Question, _ waiter: CheckedContinuation<Outcome, Never>) {
        guard crowds[question] == nil else {
            crowds[question]?.waiters.append(waiter)
            return
        }
        guard open.contains(question) || open.count < limits.open else {
            return waiter.resume(returning: .failure(.unreachable(reason: "too much is asked at the moment")))
        }
        let timer = Task { [patience = limits.patience] in
            guard (try? await Task.sleep(for: patience)) != nil else { return }
            self.land(question, .failure(.unreachable(reason: "it takes too long")))
        }
        crowds[question] = Crowd(waiters: [waiter], timer: timer)
        if open.insert(question).inserted { queue.append(question) }
        guard !isAsking else { return }
        isAsking = true
        Task { await self.askOn() }
    }

    private func askOn() async {
        while !queue.isEmpty {
            let questions = Array(queue.prefix(limits.together))
            queue.removeFirst(questions.count)
            await askTogether(questions)
        }
        isAsking = false
    }

    /// Asks in one request, and in parts where the platform refuses that: one question may spoil it for the others.
    private func askTogether(_ questions: [Question]) async {
        var parts = [questions]
        // Seven cuts find one question among a hundred, thirteen find two.
        var cutsLeft = 13
        while let part = parts.popLast() {
            do throws(PlatformFailure) {
                let answers = try await ask(part)
                report(nil)
                for question in part { settle(question, .success(answers[question]), for: limits.memory) }
            } catch {
                if case .questionRefused = error, part.count > 1, cutsLeft > 0 {
                    cutsLeft -= 1
                    let half = part.count / 2
                    parts += [Array(part.dropFirst(half)), Array(part.prefix(half))]
                    continue
                }
                report(error)
                for question in part { settle(question, .failure(error), for: limits.failureMemory) }
            }
        }
    }

    private func settle(_ question: Question, _ outcome: Outcome, for memory: Duration) {
        open.remove(question)
        if entries.updateValue(Entry(outcome: outcome, end: now() + memory), forKey: question) == nil {
            order.append(question)
            if order.count > limits.answers { entries[order.removeFirst()] = nil }
        }
        land(question, outcome)
    }

    private func land(_ question: Question, _ outcome: Outcome) {
        guard let crowd = crowds.removeValue(forKey: question) else { return }
        crowd.timer.cancel()
        for waiter in crowd.waiters { waiter.resume(returning: outcome) }
    }

    private func report(_ failure: PlatformFailure?) {
        guard let failure else {
            if isAway { logger.notice("\(subject) can be looked up again") }
            isAway = false
            return
        }
        guard case .unreachable = failure else {
            logger.info("\(subject) were not told", metadata: ["reason": "\(failure)"])
            return
        }
        if !isAway { logger.warning("\(subject) cannot be looked up", metadata: ["reason": "\(failure)"]) }
        isAway = true
    }
}
