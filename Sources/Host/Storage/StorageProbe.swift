/// Whether rows can be written right now, found out by doing it.
///
/// Anybody may ask for the host's health as often as they like: one probe at a time, and one answer for all who ask
/// within a while. Nobody waits long for it; a disk that does not answer is as good as none.
actor StorageProbe {
    /// How long a good answer counts.
    static let freshness = Duration.seconds(2)
    /// How long a bad one does: people look again and again until it has passed.
    static let badFreshness = Duration.milliseconds(250)
    /// How long anybody waits for one.
    static let patience = Duration.seconds(2)

    private let database: any Database
    private var last: (isWell: Bool, at: ContinuousClock.Instant)?
    private var waiting: [CheckedContinuation<Bool, Never>] = []
    private var isRunning = false
    /// The running probe takes longer than anybody waits.
    private var isLate = false

    init(database: any Database) {
        self.database = database
    }

    func isWell() async -> Bool {
        if let last, .now - last.at < (last.isWell ? Self.freshness : Self.badFreshness) { return last.isWell }
        guard !isLate else { return false }
        if !isRunning { begin() }
        return await withCheckedContinuation { waiting.append($0) }
    }

    private func begin() {
        isRunning = true
        let alarm = Task {
            try await Task.sleep(for: Self.patience)
            self.becomeLate()
        }
        Task {
            let isWell = await self.tries()
            alarm.cancel()
            self.end(isWell)
        }
    }

    private func becomeLate() {
        guard isRunning else { return }
        isLate = true
        answer(false)
    }

    private func end(_ isWell: Bool) {
        last = (isWell, .now)
        (isRunning, isLate) = (false, false)
        answer(isWell)
    }

    private func answer(_ isWell: Bool) {
        let all = waiting
        waiting = []
        for one in all { one.resume(returning: isWell) }
    }

    /// Writes a row that is there as it is: a page goes to the disk and nothing changes.
    private func tries() async -> Bool {
        do {
            return try await database.hostTransaction { sql in
                try sql.run("UPDATE schema_migrations SET version = version WHERE version = $1", [.integer(1)]) == 1
            }
        } catch {
            return false
        }
    }
}
