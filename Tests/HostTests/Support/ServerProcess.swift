import Foundation
import Glibc

@testable import FakePlatforms

/// The program as its operator runs it: a process of its own, on a folder of its own, on loopback.
final class ServerProcess {
    /// The operator's secret in all tests.
    static let secret = SignedDelivery.operatorSecret

    let dataDirectory: String
    private(set) var port = 0
    private var process: Process?
    /// Standard error of all starts, for assertions and for people.
    let logPath: String
    private let arguments: [String]
    private var environment: [String: String]
    private let ownsDirectory: Bool

    /// The folder of the project.
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    /// The program beside the tests, or as it is installed where `STREAMVIBES_BUILD` is `release`.
    static let executable: String = {
        let build = ProcessInfo.processInfo.environment["STREAMVIBES_BUILD"] ?? "debug"
        return root.appendingPathComponent(".build/\(build)/streamvibes").path
    }()

    /// Prepares a server; `start` runs it.
    ///
    /// The log lies in the data directory unless `logPath` puts it elsewhere.
    init(
        arguments: [String] = [],
        dataDirectory: String? = nil,
        logPath: String? = nil,
        environment: [String: String] = ServerProcess.environment
    ) throws {
        ownsDirectory = dataDirectory == nil
        self.dataDirectory =
            dataDirectory
            ?? FileManager.default.temporaryDirectory.appendingPathComponent("streamvibes-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: self.dataDirectory, withIntermediateDirectories: true)
        self.logPath = logPath ?? self.dataDirectory + "/server.log"
        _ = FileManager.default.createFile(atPath: self.logPath, contents: nil)
        self.arguments = arguments
        self.environment = environment
    }

    deinit {
        kill()
        if ownsDirectory { try? FileManager.default.removeItem(atPath: dataDirectory) }
    }

    var log: String { (try? String(contentsOfFile: logPath, encoding: .utf8)) ?? "" }
    var isRunning: Bool { process?.isRunning ?? false }
    var processId: Int32 { process?.processIdentifier ?? 0 }

    /// Starts on the port of the last start, or on any, and returns when the addresses have been printed.
    ///
    /// The settings hold from now on.
    func start(changing settings: [String: String] = [:]) throws {
        environment.merge(settings) { _, new in new }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: Self.executable)
        process.arguments = ["serve", "--port", "\(port)", "--data-dir", dataDirectory] + arguments
        process.environment = environment
        process.currentDirectoryURL = URL(fileURLWithPath: dataDirectory)
        let output = Pipe()
        process.standardOutput = output
        let log = try FileHandle(forWritingTo: URL(fileURLWithPath: logPath))
        log.seekToEndOfFile()
        process.standardError = log
        try process.run()
        self.process = process
        var text = ""
        while !text.contains("\n") {
            let data = output.fileHandleForReading.availableData
            guard !data.isEmpty else { throw Socket.Failure(description: "the server did not start: \(self.log)") }
            text += String(decoding: data, as: UTF8.self)
        }
        guard port == 0 else { return }
        let lines = text.split(separator: "\n")
        // Under a public address the port stands in a line of its own.
        let named = lines.first { $0.hasPrefix("Listening:") } ?? lines.first
        guard let line = named, let colon = line.lastIndex(of: ":"),
            let found = Int(line[line.index(after: colon)...].prefix { $0.isNumber })
        else { throw Socket.Failure(description: "no port in: \(text)") }
        port = found
    }

    /// Ends the process as a crash or the kernel would.
    func kill() {
        guard let process, process.isRunning else { return }
        Glibc.kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }

    /// What the process has used of the processors so far.
    var processorSeconds: Double {
        guard let text = try? String(contentsOfFile: "/proc/\(processId)/stat", encoding: .utf8),
            let end = text.lastIndex(of: ")")
        else { return 0 }
        // Fields 14 and 15 of proc(5), after the name in brackets.
        let fields = text[end...].split(separator: " ")
        let ticks = [12, 13].reduce(0.0) { $0 + (Double(fields[$1]) ?? 0) }
        return ticks / Double(sysconf(Int32(_SC_CLK_TCK)))
    }

    /// Lines of the log so far; what it says about the machine it runs on is left out.
    var complaints: [Substring] {
        log.split(separator: "\n").filter { !$0.contains("few files may be open") }
    }

    /// Lines of the log so far that contain that text.
    func logLines(with text: String) -> [Substring] {
        log.split(separator: "\n").filter { $0.contains(text) }
    }

    /// A process that has been asked to stop.
    struct StoppingProcess {
        fileprivate let process: Process

        /// How it ended; `nil` when it does not in time.
        func status(withinSeconds limit: Double) -> Int32? {
            guard Deadline.wait(seconds: limit, until: { !process.isRunning }) else { return nil }
            return process.terminationStatus
        }
    }

    /// Asks the process to stop and does not wait.
    func beginToStop() throws -> StoppingProcess {
        guard let process, process.isRunning else { throw Socket.Failure(description: "there is no server to stop") }
        process.terminate()
        return StoppingProcess(process: process)
    }

    /// Asks the process to stop, waits for it and returns its exit status.
    func terminate() -> Int32 {
        guard let process, process.isRunning else { return -1 }
        process.terminate()
        process.waitUntilExit()
        return process.terminationStatus
    }

    /// Runs another command of the program on the same folder.
    @discardableResult
    func command(_ arguments: String...) throws -> CommandResult {
        try CommandResult.run(arguments + ["--data-dir", dataDirectory], environment: environment)
    }

    static var environment: [String: String] {
        var environment = ProcessInfo.processInfo.environment
        environment["TWITCH_EVENTSUB_SECRET"] = secret
        // Nobody listens there: no test asks the world for a picture.
        for name in ["TWITCH_CDN_URL", "TWITCH_CHEERMOTE_CDN_URL", "KICK_CDN_URL"] {
            environment[name] = "http://127.0.0.1:9"
        }
        // No strangers' widgets, but where a test is about them.
        environment["WIDGETS_DIR"] = "/dev/null"
        environment["SWIFT_BACKTRACE"] = "enable=no"
        return environment
    }
}
