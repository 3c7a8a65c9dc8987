import ArgumentParser
import Glibc

/// The program for people: `streamvibes`.
@main
struct HostCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "streamvibes",
        abstract: "A host for stream overlays: signed events in, pictures in OBS out.",
        version: ProgramVersion.text,
        subcommands: [
            ServeCommand.self, MigrateCommand.self, ChannelCommand.self, BackupCommand.self, RestoreCommand.self,
            RotateKeysCommand.self, DoctorCommand.self, WidgetCommand.self, EchoCommand.self, MeasureDiffCommand.self,
            MeasureCellsCommand.self, MeasureChatCommand.self,
        ]
    )

    static func main() async {
        do {
            var command = try parseAsRoot()
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch let failure as CommandFailure {
            say(failure.message)
            Glibc.exit(failure.status.rawValue)
        } catch {
            leave(error)
        }
    }

    /// Help and version go to standard output; everything else is one line on standard error.
    private static func leave(_ error: any Error) -> Never {
        let code = exitCode(for: error)
        if code == .success {
            print(fullMessage(for: error))
            Glibc.exit(0)
        }
        say("\(message(for: error)) (see streamvibes --help)")
        Glibc.exit(code == .validationFailure ? ExitStatus.usage.rawValue : ExitStatus.internalError.rawValue)
    }

    private static func say(_ message: String) {
        var line = "streamvibes: \(message)\n"
        line.withUTF8 { _ = write(2, $0.baseAddress, $0.count) }
    }
}

/// How the program ends (contract section 1).
enum ExitStatus: Int32 {
    case usage = 64
    case badData = 65
    case unavailable = 69
    case internalError = 70
    case badConfiguration = 78
}

/// The reason a command ends early: one line for standard error.
struct CommandFailure: Error {
    let status: ExitStatus
    let message: String

    init(_ status: ExitStatus, _ message: String) {
        self.status = status
        self.message = message
    }
}
