import Foundation
import WidgetAPI

/// Twitch and Kick as a program: both on free ports of 127.0.0.1, with faults to order.
///
/// `FakePlatforms [--script FILE]` prints the environment that a host needs as one line of JSON, obeys the file's
/// orders, then those on standard input until it ends, and answers each with one line (``PlatformOrder``). An order
/// of a file that cannot be obeyed ends the program with status 65.
@main
enum FakePlatformsCommand {
    static func main() {
        do {
            let script = try script(Array(CommandLine.arguments.dropFirst()))
            let desk = try PlatformDesk()
            var environment = JSONObject()
            for (name, value) in desk.environment.sorted(by: { $0.key < $1.key }) { environment[name] = .string(value) }
            try say(environment)
            for line in script {
                guard let answer = desk.obey(line) else { continue }
                try say(answer)
                if answer["error"] != nil { exit(65) }
            }
            while let line = readLine() {
                if let answer = desk.obey(line) { try say(answer) }
            }
        } catch {
            FileHandle.standardError.write(Data("FakePlatforms: \(error)\n".utf8))
            exit(64)
        }
    }

    /// The lines of the file that the arguments name, if they name one.
    private static func script(_ arguments: [String]) throws -> [String] {
        switch arguments.count {
        case 0: return []
        case 2 where arguments[0] == "--script":
            let text = try String(contentsOfFile: arguments[1], encoding: .utf8)
            return text.split(whereSeparator: \.isNewline).map(String.init)
        default: throw OrderFailure("wanted is nothing or --script FILE, not '\(arguments.joined(separator: " "))'.")
        }
    }

    private static func say(_ answer: JSONObject) throws {
        try FileHandle.standardOutput.write(contentsOf: Data((JSONValue.object(answer).text + "\n").utf8))
    }
}
