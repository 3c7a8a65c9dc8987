import Foundation

/// What a command said and how it ended.
struct CommandResult {
    let status: Int32
    let output: String
    let errors: String

    /// Runs one to its end; the program's own where nothing else is named.
    ///
    /// It speaks into files: a pipe nobody reads holds up who writes much, and one that a child has kept never ends.
    static func run(
        _ arguments: [String],
        environment: [String: String],
        directory: String? = nil,
        executable: String = ServerProcess.executable
    ) throws -> CommandResult {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: executable)
        process.arguments = arguments
        process.environment = environment
        if let directory { process.currentDirectoryURL = URL(fileURLWithPath: directory) }
        let folder = try TemporaryFolder()
        let (output, errors) = (try folder.output("output"), try folder.output("errors"))
        process.standardOutput = output
        process.standardError = errors
        try process.run()
        process.waitUntilExit()
        return CommandResult(
            status: process.terminationStatus,
            output: try folder.text("output"),
            errors: try folder.text("errors")
        )
    }
}
