import Glibc
import NIOCore
import NIOPosix
import Synchronization

/// The small process that every cell is a copy of; it never runs a widget's code.
///
/// It is a program of its own beside this one (`Sources/Sandbox/Cell`), started with an empty environment and one
/// descriptor. The packets between the two stand in `zygote.h` there.
package final class Zygote: Sendable {
    /// The walls around a cell, as the zygote has tried them on this machine.
    package struct Layers: OptionSet, Sendable, CustomStringConvertible {
        package let rawValue: UInt32

        package init(rawValue: UInt32) {
            self.rawValue = rawValue
        }

        package static let noNewPrivileges = Layers(rawValue: 1)
        package static let resourceLimits = Layers(rawValue: 2)
        package static let landlock = Layers(rawValue: 4)
        package static let seccomp = Layers(rawValue: 8)
        package static let nice = Layers(rawValue: 16)
        package static let speculation = Layers(rawValue: 32)
        /// Those without which no stranger's code runs.
        package static let wall: Layers = [.noNewPrivileges, .resourceLimits, .landlock, .seccomp]

        private static let names: [(Layers, String)] = [
            (.noNewPrivileges, "no-new-privileges"), (.resourceLimits, "rlimits"), (.landlock, "Landlock"),
            (.seccomp, "seccomp"), (.nice, "nice"), (.speculation, "speculation control"),
        ]

        package var description: String {
            Self.names.filter { contains($0.0) }.map(\.1).joined(separator: ", ")
        }
    }

    private static let program = "streamvibes-cell"

    /// The walls that stand.
    package let layers: Layers
    /// How long its cells have for an answer.
    let patience: TimeAmount
    private let probes: Bool
    private let loop: any EventLoop
    private let condition: Mutex<Condition>

    /// One run of the program; when it has ended another takes its place.
    struct Run: Sendable {
        let processId: pid_t
        let layers: Layers
        let line: NIOLoopBound<ControlLine>
        let begun = NIODeadline.now()

        /// Ends one of its cells and nothing else: it knows which processes are its own, and they end with it.
        func kill(_ processId: pid_t) {
            let line = line
            line.eventLoop.execute { line.value.kill(processId) }
        }

        /// Tells the loop how one of its cells has ended, once it has.
        func ending(of processId: pid_t, on loop: any EventLoop, _ body: @escaping @Sendable (CellEnding) -> Void) {
            let line = line
            line.eventLoop.execute {
                line.value.ending(of: processId) { ending in loop.execute { body(ending) } }
            }
        }

        fileprivate func close() {
            let line = line
            line.eventLoop.execute { line.value.close() }
        }
    }

    private typealias Found = @Sendable (Result<Run, CellFailure>) -> Void

    private enum Condition {
        case up(Run)
        case starting([Found])
        /// Ended by itself; the next cell that is wanted starts another, unless the last one has only just begun.
        case down(begun: NIODeadline)
        case closed
    }

    /// The shortest time between two starts: a program that ends at once must not be started all the time.
    private static let restTime: TimeAmount = .seconds(1)

    private init(_ run: Run, probes: Bool, patience: TimeAmount, on loop: any EventLoop) {
        (layers, self.probes, self.patience, self.loop) = (run.layers, probes, patience, loop)
        condition = Mutex(.up(run))
        watch(run)
    }

    deinit {
        close()
    }

    /// Starts the program that stands beside this one; `CellFailure.notStarted` when it is not there or is silent.
    ///
    /// With probes, cells may be asked to try what they may not; that is for tests, and so is another patience.
    package static func start(
        probes: Bool = false,
        patience: TimeAmount = Cell.patience,
        on loop: any EventLoop = MultiThreadedEventLoopGroup.singleton.next()
    ) async throws -> Zygote {
        Zygote(try await run(probes: probes, on: loop), probes: probes, patience: patience, on: loop)
    }

    /// The process that makes cells at the moment.
    package var processId: pid_t? {
        condition.withLock { condition in
            guard case .up(let run) = condition else { return nil }
            return run.processId
        }
    }

    /// The host's end of a new cell's socket, to be closed by whoever gets it, the cell's process, and whose it is.
    struct Birth: Sendable {
        let descriptor: CInt
        let processId: pid_t
        let parent: Run
    }

    /// Has one more cell made and tells the loop that asked.
    func spawn(on loop: any EventLoop, _ body: @escaping @Sendable (Result<Birth, CellFailure>) -> Void) {
        find { found in
            switch found {
            case .failure(let failure): loop.execute { body(.failure(failure)) }
            case .success(let run): Self.spawn(from: run, on: loop, body)
            }
        }
    }

    private static func spawn(
        from run: Run,
        on loop: any EventLoop,
        _ body: @escaping @Sendable (Result<Birth, CellFailure>) -> Void
    ) {
        var ends: [CInt] = [-1, -1]
        let kind = CInt(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue)
        guard socketpair(AF_UNIX, kind, 0, &ends) == 0 else {
            let reason = reason(errno)
            return loop.execute { body(.failure(.notStarted("socketpair: \(reason)"))) }
        }
        let (ours, theirs) = (ends[0], ends[1])
        // The cell waits for its questions.
        _ = fcntl(theirs, F_SETFL, fcntl(theirs, F_GETFL) & ~O_NONBLOCK)
        let line = run.line
        line.eventLoop.execute {
            line.value.spawn(theirs) { result in
                loop.execute {
                    if case .failure = result { Glibc.close(ours) }
                    body(result.map { Birth(descriptor: ours, processId: $0, parent: run) })
                }
            }
        }
    }

    /// Ends the zygote for good, and with it its cells.
    package func close() {
        let before = condition.withLock { condition in
            defer { condition = .closed }
            return condition
        }
        switch before {
        case .up(let run): run.close()
        case .starting(let waiting): for body in waiting { body(.failure(Self.closed)) }
        case .down, .closed: break
        }
    }

    private static let closed = CellFailure.notStarted("the zygote is closed")

    // MARK: Runs

    /// Hands out the run there is, starting one where the last has ended.
    private func find(_ body: @escaping Found) {
        let answer = condition.withLock { condition -> Result<Run, CellFailure>? in
            switch condition {
            case .up(let run): return .success(run)
            case .closed: return .failure(Self.closed)
            case .starting(let waiting):
                condition = .starting(waiting + [body])
                return nil
            case .down(let begun):
                guard NIODeadline.now() >= begun + Self.restTime else {
                    return .failure(.notStarted("the zygote has ended a moment ago"))
                }
                condition = .starting([body])
                Task { await self.startAgain() }
                return nil
            }
        }
        if let answer { body(answer) }
    }

    private func startAgain() async {
        let result: Result<Run, CellFailure>
        do {
            let run = try await Self.run(probes: probes, on: loop)
            // Less of a wall than at the start is a reason to run nothing, whatever has become of the machine.
            result = run.layers.isSuperset(of: layers) ? .success(run) : .failure(.notStarted("a wall is missing"))
            if case .failure = result { run.close() }
        } catch {
            result = .failure(error as? CellFailure ?? .notStarted("\(error)"))
        }
        let waiting = condition.withLock { condition -> [Found]? in
            guard case .starting(let waiting) = condition else { return nil }
            condition = if case .success(let run) = result { .up(run) } else { .down(begun: .now()) }
            return waiting
        }
        if case .success(let run) = result {
            guard waiting != nil else { return run.close() }
            watch(run)
        }
        for body in waiting ?? [] { body(result) }
    }

    private func watch(_ run: Run) {
        let line = run.line
        line.eventLoop.execute {
            line.value.whenEnded { [weak self] in
                self?.condition.withLock { condition in
                    guard case .up(let current) = condition, current.processId == run.processId else { return }
                    condition = .down(begun: run.begun)
                }
            }
        }
    }

    private static func run(probes: Bool, on loop: any EventLoop) async throws -> Run {
        let path = try besideThisProgram()
        let (control, process) = try launch(path, probes: probes)
        return try await ControlLine.open(control, processId: process, on: loop).flatMap { bound in
            bound.value.ready.futureResult.map { layers in Run(processId: process, layers: layers, line: bound) }
        }.get()
    }

    // MARK: Start

    private static func besideThisProgram() throws(CellFailure) -> String {
        var path = [UInt8](repeating: 0, count: Int(PATH_MAX))
        let length = path.withUnsafeMutableBufferPointer { bytes in
            bytes.withMemoryRebound(to: CChar.self) { characters in
                characters.baseAddress.map { readlink("/proc/self/exe", $0, characters.count) } ?? -1
            }
        }
        guard length > 0, let slash = path[..<length].lastIndex(of: UInt8(ascii: "/")) else {
            throw .notStarted("where this program is cannot be read: \(reason(errno))")
        }
        return String(decoding: path[...slash], as: UTF8.self) + program
    }

    private static func launch(_ path: String, probes: Bool) throws(CellFailure) -> (control: CInt, process: pid_t) {
        var ends: [CInt] = [-1, -1]
        let kind = CInt(SOCK_SEQPACKET.rawValue | SOCK_CLOEXEC.rawValue)
        guard socketpair(AF_UNIX, kind, 0, &ends) == 0 else { throw .notStarted("socketpair: \(reason(errno))") }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, ends[1], 3)
        let words = probes ? [path, "--probe"] : [path]
        var arguments = words.map { strdup($0) } + [nil]
        defer { for argument in arguments { free(argument) } }
        var environment: [UnsafeMutablePointer<CChar>?] = [nil]
        var process: pid_t = 0
        // A group of its own: what a terminal tells the host to end must not end the cells under it.
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP))
        let result = posix_spawn(&process, path, &actions, &attributes, &arguments, &environment)
        Glibc.close(ends[1])
        guard result == 0 else {
            Glibc.close(ends[0])
            throw .notStarted("\(path): \(reason(result))")
        }
        return (ends[0], process)
    }

    static func reason(_ number: CInt) -> String { String(cString: strerror(number)) }
}
