import Glibc
import NIOCore
import NIOPosix

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

    /// Its process.
    package let processId: pid_t
    /// The walls that stand.
    package let layers: Layers
    private let line: NIOLoopBound<ControlLine>

    private init(processId: pid_t, layers: Layers, line: NIOLoopBound<ControlLine>) {
        (self.processId, self.layers, self.line) = (processId, layers, line)
    }

    deinit {
        close()
    }

    /// Starts the program that stands beside this one; `CellFailure.notStarted` when it is not there or is silent.
    ///
    /// With probes, cells may be asked to try what they may not; that is for tests.
    package static func start(
        probes: Bool = false,
        on loop: any EventLoop = MultiThreadedEventLoopGroup.singleton.next()
    ) async throws -> Zygote {
        let path = try besideThisProgram()
        let (control, process) = try launch(path, probes: probes)
        return try await ControlLine.open(control, processId: process, on: loop).flatMap { bound in
            bound.value.ready.futureResult.map { layers in
                Zygote(processId: process, layers: layers, line: bound)
            }
        }.get()
    }

    /// The host's end of a new cell's socket, to be closed by whoever gets it, and the cell's process.
    struct Birth: Sendable {
        let descriptor: CInt
        let processId: pid_t
    }

    /// Has one more cell made and tells the loop that asked.
    func spawn(on loop: any EventLoop, _ body: @escaping @Sendable (Result<Birth, CellFailure>) -> Void) {
        var ends: [CInt] = [-1, -1]
        let kind = CInt(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue)
        guard socketpair(AF_UNIX, kind, 0, &ends) == 0 else {
            return loop.execute { body(.failure(.notStarted("socketpair: \(Self.reason(errno))"))) }
        }
        let (ours, theirs) = (ends[0], ends[1])
        // The cell waits for its questions.
        _ = fcntl(theirs, F_SETFL, fcntl(theirs, F_GETFL) & ~O_NONBLOCK)
        let line = line
        line.eventLoop.execute {
            line.value.spawn(theirs) { result in
                loop.execute {
                    if case .failure = result { Glibc.close(ours) }
                    body(result.map { Birth(descriptor: ours, processId: $0) })
                }
            }
        }
    }

    /// Tells the loop how a cell's process has ended, once it has.
    func ending(of processId: pid_t, on loop: any EventLoop, _ body: @escaping @Sendable (CellEnding) -> Void) {
        let line = line
        line.eventLoop.execute {
            line.value.ending(of: processId) { ending in loop.execute { body(ending) } }
        }
    }

    /// Ends the zygote; cells that are still there go on until their sockets close.
    package func close() {
        let line = line
        line.eventLoop.execute { line.value.close() }
    }

    /// Ends a cell and nothing else: the zygote knows which processes are its own.
    func kill(_ processId: pid_t) {
        let line = line
        line.eventLoop.execute { line.value.kill(processId) }
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
