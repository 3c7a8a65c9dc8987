import Logging
import WidgetAPI

/// The append-only log of every tenant: what is in it has happened, in that order.
///
/// Appends of all tenants share commits ("group commit"): while one transaction is being written the next ones gather,
/// so nothing waits for a timer and a commit's cost is shared when there is much to do. Whoever appends is answered
/// after the commit; rows are announced in the order of their places before anybody is answered.
actor EventLog {
    /// When a row is said to have been received.
    enum Dating: Sendable {
        /// Now, or later when a timer has already fired for a later moment.
        case now
        /// At that moment, or at the row before it when that is later: for what must have happened before the host
        /// went away.
        case past(Timestamp)
    }

    /// Rows that may wait for a commit; beyond it intake answers 503 instead of growing.
    static let queueLimit = 20_000
    /// Rows after which a commit takes no further append, so that no single transaction holds the writer for long.
    static let commitLimit = 512

    private struct Request {
        let tenant: Tenant.ID
        let drafts: [EventDraft]
        let dating: Dating
        /// What else happens in the transaction, and the rows that follow from it.
        var change: (@Sendable (any SQLSession) throws -> [EventDraft])?
        let answer: CheckedContinuation<[Event], any Error>

        /// What it counts for in the limits; nobody knows what rows a change means.
        var size: Int { max(drafts.count, 1) }
    }

    private let database: any Database
    private let rates: CurrencyRates
    private let now: @Sendable () -> Timestamp
    private let logger: Logger
    private let announce: @Sendable (Tenant.ID, [Event]) -> Void
    private var queue: [Request] = []
    /// Rows in it.
    private var waiting = 0
    private var isCommitting = false
    private var commitWaiters: [CheckedContinuation<Void, Never>] = []
    private var firedUntil: [Tenant.ID: (moment: Timestamp, runtime: String)] = [:]
    private var outage = StorageOutage()

    /// A log on that database; `announce` is called with a tenant's new rows after their commit, in order, never twice
    /// at the same time.
    ///
    /// The operator's rates are written into every donation.
    init(
        database: any Database,
        rates: CurrencyRates = CurrencyRates(),
        now: @escaping @Sendable () -> Timestamp,
        logger: Logger,
        announce: @escaping @Sendable (Tenant.ID, [Event]) -> Void
    ) {
        self.database = database
        self.rates = rates
        self.now = now
        self.logger = logger
        self.announce = announce
    }

    /// Adds drafts to the tenant's log, all or none, and returns after the commit.
    ///
    /// - Returns: the rows that were added; a draft whose id the log has is left out, and so is news of a stream that
    ///   is none.
    /// - Throws: `EventLogError` when the tenant is gone or too many wait, `StorageError` when the disk refuses.
    @discardableResult
    func append(_ drafts: [EventDraft], in scope: TenantScope, dating: Dating = .now) async throws -> [Event] {
        let drafts = drafts.map(rates.written)
        return try await enqueue { answer in
            Request(tenant: scope.tenant, drafts: drafts, dating: dating, answer: answer)
        }
    }

    /// Changes other rows of the tenant and adds to the log what that means, all in one transaction or nothing.
    ///
    /// The change gets a transaction of its own: one that throws takes nobody else's rows with it.
    ///
    /// - Returns: the rows that were added.
    /// - Throws: what the change throws, `EventLogError` when the tenant is gone or too many wait.
    @discardableResult
    func append(
        in scope: TenantScope,
        after change: @escaping @Sendable (any SQLSession) throws -> [EventDraft]
    ) async throws -> [Event] {
        try await enqueue { answer in
            Request(tenant: scope.tenant, drafts: [], dating: .now, change: change, answer: answer)
        }
    }

    private func enqueue(
        _ request: (CheckedContinuation<[Event], any Error>) -> Request
    ) async throws -> [Event] {
        guard waiting < Self.queueLimit else { throw EventLogError.tooManyWaiting }
        return try await withCheckedThrowingContinuation { answer in
            let request = request(answer)
            waiting += request.size
            queue.append(request)
            guard !isCommitting else { return }
            isCommitting = true
            Task { await commitUntilEmpty() }
        }
    }

    /// Promises that no later row of the tenant will be dated before `moment`, and returns when every row that could
    /// have been has been announced.
    ///
    /// A timer may fire for `moment` after this: in a replay it will fire at the same place.
    func settle(at moment: Timestamp, in scope: TenantScope, for runtime: String) async {
        firedUntil[scope.tenant] = (max(moment, firedUntil[scope.tenant]?.moment ?? moment), runtime)
        guard isCommitting else { return }
        await withCheckedContinuation { commitWaiters.append($0) }
    }

    /// Forgets the timers of a runtime that has ended, unless the next one has begun; sleepers cost no memory.
    func release(_ scope: TenantScope, by runtime: String) {
        if firedUntil[scope.tenant]?.runtime == runtime { firedUntil[scope.tenant] = nil }
    }

    /// Whether rows could not be written a moment ago.
    ///
    /// Only a moment: a host that is called ill gets no deliveries, and without one it would never learn that the disk
    /// has room again.
    var isStorageAway: Bool { outage.isGoingOn(at: now()) }

    private func commitUntilEmpty() async {
        while !queue.isEmpty {
            // Appends that are at the door already come along; when none are, this costs nothing.
            await Task.yield()
            let batch = takeBatch()
            if batch[0].change == nil { await commit(batch) } else { await commitAlone(batch[0]) }
            let waiters = commitWaiters
            commitWaiters = []
            for waiter in waiters { waiter.resume() }
        }
        isCommitting = false
    }

    /// The next appends that share a commit; a change has one of its own.
    private func takeBatch() -> [Request] {
        var (count, size) = (1, queue[0].size)
        if queue[0].change == nil {
            while count < queue.count, queue[count].change == nil, size < Self.commitLimit {
                size += queue[count].size
                count += 1
            }
        }
        defer {
            queue.removeFirst(count)
            waiting -= size
        }
        return Array(queue[..<count])
    }

    private func commit(_ batch: [Request]) async {
        let runs = runs(of: batch)
        do {
            let results = try await database.hostTransaction { sql in
                try runs.map { run in
                    try EventStore.append(
                        run.requests.flatMap(\.drafts),
                        to: run.tenant,
                        notBefore: run.notBefore,
                        sql: sql
                    )
                }
            }
            outage.end(logger)
            HostCounters.shared.eventCommits.add()
            for (run, rows) in zip(runs, results) {
                let added = rows?.compactMap { $0 } ?? []
                HostCounters.shared.eventsAppended.add(added.count)
                if !added.isEmpty { announce(run.tenant, added) }
            }
            for (run, rows) in zip(runs, results) { run.answer(rows) }
        } catch {
            HostCounters.shared.eventCommitsFailed.add()
            outage.begin(error, at: now(), logger)
            for request in batch { request.answer.resume(throwing: error) }
        }
    }

    private func commitAlone(_ request: Request) async {
        guard let change = request.change else { return }
        let tenant = request.tenant
        let (notBefore, rates) = (earliestDate(of: tenant), rates)
        do {
            let rows = try await database.hostTransaction { sql in
                // Nobody else changes anything of theirs between what is read here and what is written.
                try sql.run("UPDATE streamers SET last_seq = last_seq WHERE id = $1", [.text(tenant.text)])
                return try EventStore.append(
                    try change(sql).map(rates.written),
                    to: tenant,
                    notBefore: notBefore,
                    sql: sql
                )
            }
            guard let rows else { return request.answer.resume(throwing: EventLogError.unknownTenant) }
            let added = rows.compactMap { $0 }
            outage.end(logger)
            HostCounters.shared.eventCommits.add()
            HostCounters.shared.eventsAppended.add(added.count)
            if !added.isEmpty { announce(tenant, added) }
            request.answer.resume(returning: added)
        } catch {
            if error is StorageError {
                HostCounters.shared.eventCommitsFailed.add()
                outage.begin(error, at: now(), logger)
            }
            request.answer.resume(throwing: error)
        }
    }

    /// No row may be dated before a timer that has already fired.
    private func earliestDate(of tenant: Tenant.ID) -> Timestamp {
        let moment = now()
        return max(moment, firedUntil[tenant]?.moment ?? moment)
    }

    /// Appends of one tenant that become rows one after another: they share one look at the counter.
    private struct Run: Sendable {
        let tenant: Tenant.ID
        let notBefore: Timestamp
        var requests: [Request]

        /// Tells everybody which rows are theirs.
        func answer(_ rows: [Event?]?) {
            guard let rows else {
                for request in requests { request.answer.resume(throwing: EventLogError.unknownTenant) }
                return
            }
            var place = 0
            for request in requests {
                let end = place + request.drafts.count
                request.answer.resume(returning: rows[place..<end].compactMap { $0 })
                place = end
            }
        }
    }

    /// The appends of a batch by tenant, each tenant's in the order in which they came.
    private func runs(of batch: [Request]) -> [Run] {
        var runs: [Run] = []
        var current: [Tenant.ID: Int] = [:]
        for request in batch {
            switch request.dating {
            case .now:
                if let index = current[request.tenant] {
                    runs[index].requests.append(request)
                } else {
                    current[request.tenant] = runs.count
                    let notBefore = earliestDate(of: request.tenant)
                    runs.append(Run(tenant: request.tenant, notBefore: notBefore, requests: [request]))
                }
            case .past(let past):
                // What comes after it belongs after it, so a run of its own ends the tenant's last one.
                current[request.tenant] = nil
                runs.append(Run(tenant: request.tenant, notBefore: past, requests: [request]))
            }
        }
        return runs
    }
}

/// Why an append was refused before it reached the disk.
enum EventLogError: HostFailure, Equatable {
    /// The streamer has been deleted.
    case unknownTenant
    /// More appends wait than the host is willing to hold.
    case tooManyWaiting

    var code: FailureCode {
        switch self {
        case .unknownTenant: .notFound
        case .tooManyWaiting: .unavailable
        }
    }

    var publicMessage: String {
        switch self {
        case .unknownTenant: "This channel does not exist here."
        case .tooManyWaiting: "Too many events wait to be stored. Send this one again."
        }
    }
}
