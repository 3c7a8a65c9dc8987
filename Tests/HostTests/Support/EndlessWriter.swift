import Foundation
import Testing

/// Somebody else who writes into a host's database and comes to no end.
struct EndlessWriter {
    private static let program = "/usr/bin/sqlite3"

    private let process = Process()
    private let input = Pipe()

    /// Begins, and returns once nobody else can write.
    init(on path: String) throws {
        process.executableURL = URL(fileURLWithPath: Self.program)
        process.arguments = ["-batch", path]
        process.standardInput = input
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        try input.fileHandleForWriting.write(contentsOf: Data(".timeout 30000\nBEGIN IMMEDIATE;\n".utf8))
        let isWriting = try Deadline.wait(seconds: 60) {
            let attempt = ["-batch", path, "BEGIN IMMEDIATE; ROLLBACK;"]
            let environment = ServerProcess.environment
            return try CommandResult.run(attempt, environment: environment, executable: Self.program).status != 0
        }
        try #require(isWriting)
    }

    func end() {
        try? input.fileHandleForWriting.close()
        process.waitUntilExit()
    }
}
