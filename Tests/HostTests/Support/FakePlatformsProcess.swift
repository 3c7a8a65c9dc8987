import Foundation
import Glibc
import WidgetAPI

/// The fake platforms as a program of their own, which obeys orders (`PlatformOrder` says which).
final class FakePlatformsProcess {
    /// What a host needs to find them.
    private(set) var environment: [String: String] = [:]
    private let process = Process()
    private let input = Pipe()
    private let output = Pipe()
    private var heard = Data()

    private static let executable = ServerProcess.root.appendingPathComponent(".build/debug/FakePlatforms")

    /// Starts them, and waits until they listen.
    init(arguments: [String] = []) throws {
        process.executableURL = Self.executable
        process.arguments = arguments
        process.environment = ServerProcess.environment
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        for (name, value) in try answer().objectValue?.members.map({ ($0.name, $0.value) }) ?? [] {
            environment[name] = value.stringValue
        }
    }

    deinit {
        // The end of its input would do, if no other child had been born with this end of the pipe.
        if process.isRunning {
            kill(process.processIdentifier, SIGKILL)
            process.waitUntilExit()
        }
    }

    /// Gives an order and waits until it is obeyed.
    ///
    /// - Throws: `Socket.Failure` for an order that is not obeyed.
    @discardableResult
    func order(_ line: String) throws -> JSONValue {
        let answer = try told(line)
        if let error = answer["error"]?.stringValue { throw Socket.Failure(description: error) }
        return answer
    }

    /// Gives an order and returns whatever is answered.
    func told(_ line: String) throws -> JSONValue {
        guard process.isRunning else { throw Socket.Failure(description: "the fake platforms have ended") }
        try input.fileHandleForWriting.write(contentsOf: Data((line + "\n").utf8))
        return try answer()
    }

    /// The next line it says.
    func answer() throws -> JSONValue {
        var searched = 0
        while true {
            if let end = heard.dropFirst(searched).firstIndex(of: UInt8(ascii: "\n")) {
                let line = String(decoding: heard[..<end], as: UTF8.self)
                heard = Data(heard[(end + 1)...])
                return try JSONValue(parsing: line)
            }
            searched = heard.count
            let more = output.fileHandleForReading.availableData
            guard !more.isEmpty else { throw Socket.Failure(description: "the fake platforms said no more") }
            heard.append(more)
        }
    }

    /// How it ended by itself; `nil` when it does not in time.
    func status(withinSeconds limit: Double) -> Int32? {
        guard Deadline.wait(seconds: limit, until: { !process.isRunning }) else { return nil }
        return process.terminationStatus
    }
}
