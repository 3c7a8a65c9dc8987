import Logging
import NIOCore
import NIOPosix
import ServiceLifecycle

/// Pictures from outside: kept ones from the disk, the others fetched once for all who ask.
///
/// A page never reaches the source, and a source never learns who watches whom.
actor ImageProxy: Service {
    /// What stands between many pages and one source.
    struct Limits: Sendable {
        /// Fetches at once.
        var fetches = 8
        /// Pictures that wait for one of them; a page with fifty lines of chat asks for less than a hundred.
        var waiting = 256
        /// From the first who asks to the answer, waiting included: a browser asks a host six things at once, and what
        /// hangs keeps the others out.
        var patience = Duration.seconds(5)
        /// How long a failure is remembered.
        var failureMemory = Duration.seconds(60)
        /// Failures that are remembered.
        var failures = 4096
    }

    typealias Outcome = Result<RasterImage, ImageFailure>

    private struct Job: Sendable {
        let key: PictureKey
        let deadline: ContinuousClock.Instant
    }

    private let sources: ImageSources
    private let cache: ImageCache
    private let limits: Limits
    private let now: @Sendable () -> ContinuousClock.Instant
    private let logger: Logger
    private let jobs: AsyncStream<Job>
    private let queue: AsyncStream<Job>.Continuation

    /// Who waits for which picture.
    private(set) var flights: [PictureKey: [CheckedContinuation<Outcome, Never>]] = [:]
    private var failures: RecentFailures
    /// What has been said in the log, so that a long failure is one line.
    private var sourcesAway: Set<PictureSource> = []
    private var isCacheBroken = false

    /// `now` is what waiting and failures are dated by; another clock is of use in tests alone.
    init(
        sources: ImageSources,
        cache: ImageCache,
        limits: Limits = Limits(),
        now: @escaping @Sendable () -> ContinuousClock.Instant = { .now },
        logger: Logger
    ) {
        self.sources = sources
        self.cache = cache
        self.limits = limits
        self.now = now
        self.logger = logger
        failures = RecentFailures(memory: limits.failureMemory, limit: limits.failures)
        (jobs, queue) = AsyncStream.makeStream(bufferingPolicy: .bufferingOldest(limits.waiting))
    }

    /// A picture of a source.
    func image(of key: PictureKey) async throws(ImageFailure) -> RasterImage {
        // A kept picture never waits for a slow source.
        if let picture = await kept(key) { return picture }
        if let failure = failures.failure(of: key, at: now()) { throw failure }
        return try await withCheckedContinuation { join(key, $0) }.get()
    }

    /// Fetches what is asked for until the host stops.
    func run() async throws {
        await openCache()
        try await sources.connected { connection in
            await withGracefulShutdownHandler {
                await serve(over: connection)
            } onGracefulShutdown: {
                self.queue.finish()
            }
        }
    }

    // MARK: Steps

    private func join(_ key: PictureKey, _ waiter: CheckedContinuation<Outcome, Never>) {
        guard flights[key] == nil else {
            flights[key]?.append(waiter)
            return
        }
        switch queue.yield(Job(key: key, deadline: now() + limits.patience)) {
        case .enqueued: flights[key] = [waiter]
        case .dropped, .terminated: waiter.resume(returning: .failure(.busy))
        @unknown default: waiter.resume(returning: .failure(.busy))
        }
    }

    private func serve(over connection: ImageSources.Connection) async {
        await withTaskGroup(of: Void.self) { group in
            var running = 0
            for await job in jobs {
                group.addTask { await self.perform(job, over: connection) }
                running += 1
                guard running == limits.fetches else { continue }
                await group.next()
                running -= 1
            }
        }
        // Nobody will fetch any more; who still waits is told.
        queue.finish()
        for key in flights.keys { land(key, .failure(.busy)) }
    }

    private func perform(_ job: Job, over connection: ImageSources.Connection) async {
        let outcome = await outcome(of: job, over: connection)
        if case .failure(let failure) = outcome, failure.isWorthRemembering {
            failures.remember(failure, of: job.key, at: now())
        }
        land(job.key, outcome)
    }

    private func land(_ key: PictureKey, _ outcome: Outcome) {
        for waiter in flights.removeValue(forKey: key) ?? [] { waiter.resume(returning: outcome) }
    }

    private func outcome(of job: Job, over connection: ImageSources.Connection) async -> Outcome {
        // Another flight may have brought it after this one was asked for.
        if let picture = await kept(job.key) { return .success(picture) }
        let left = job.deadline - now()
        guard left > .zero else { return .failure(.busy) }
        do throws(ImageFailure) {
            let bytes = try await connection.bytes(of: job.key, limit: RasterImage.sizeLimit, within: left)
            guard let picture = RasterImage(bytes) else {
                throw ImageFailure.unusable(reason: "no format that is served")
            }
            report(job.key, nil)
            await keep(picture, of: job.key)
            return .success(picture)
        } catch {
            report(job.key, error)
            return .failure(error)
        }
    }

    private func report(_ key: PictureKey, _ failure: ImageFailure?) {
        let source = key.source
        switch failure {
        case .unreachable(let reason):
            guard sourcesAway.insert(source).inserted else { return }
            logger.warning(
                "pictures cannot be fetched",
                metadata: ["source": "\(sources.base(of: source))", "reason": "\(reason)"]
            )
        case nil, .unknown, .unusable:
            if case .unusable(let reason) = failure {
                let metadata: Logger.Metadata = ["picture": "\(key.fileName)", "reason": "\(reason)"]
                logger.info("a picture is not served", metadata: metadata)
            }
            guard sourcesAway.remove(source) != nil else { return }
            logger.notice("pictures can be fetched again", metadata: ["source": "\(sources.base(of: source))"])
        case .busy: break
        }
    }

    // MARK: Disk

    private func openCache() async {
        let cache = cache
        await write { try cache.open() }
    }

    private func kept(_ key: PictureKey) async -> RasterImage? {
        let cache = cache
        // The pool refuses at the end of the program only.
        return try? await NIOThreadPool.singleton.runIfActive { cache.image(of: key) }
    }

    private func keep(_ picture: RasterImage, of key: PictureKey) async {
        let cache = cache
        await write { try cache.keep(picture, of: key) }
    }

    /// Does something with the disk and says once when that fails.
    private func write(_ step: @escaping @Sendable () throws -> Void) async {
        do {
            try await NIOThreadPool.singleton.runIfActive(step)
            isCacheBroken = false
        } catch is CancellationError {
            // The host is stopping; the disk has done nothing wrong.
        } catch {
            if !isCacheBroken { logger.warning("pictures are not kept", metadata: ["reason": "\(error)"]) }
            isCacheBroken = true
        }
    }
}
