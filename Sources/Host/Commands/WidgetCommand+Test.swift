import ArgumentParser
import WidgetAPI

extension WidgetCommand {
    struct Test: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "test",
            abstract: "Run a widget's replays and say what differs."
        )

        @Argument(help: "The widget's folder, or its .svwidget file.") var directory: String
        @Flag(name: .customLong("log"), help: "Print what the widget logs.") var printsLog = false

        func run() async throws {
            let level = try Workplace.settings(options: [:]).sandboxLevel
            let package = try WidgetCommand.reading(directory) { () throws(PackageError) in
                try PackageShelf.package(at: directory)
            }
            let replays = package.replays.sorted { $0.key < $1.key }
            guard !replays.isEmpty else { return print("\(package.manifest.id): no replays") }
            let cells = try await TrialCells.open(level)
            defer { cells.close() }
            var failed = 0
            for (path, replay) in replays {
                var trial = await ReplayTrial(replay, of: package, in: cells)
                await trial.run()
                failed += trial.differences.isEmpty ? 0 : 1
                report(trial, path, steps: replay.steps.count)
            }
            guard failed > 0 else { return }
            let wanted = replays.count == 1 ? "the replay goes" : "\(failed) of \(replays.count) replays go"
            throw CommandFailure(.badData, "\(directory): \(wanted) another way than written")
        }

        private func report(_ trial: ReplayTrial, _ path: String, steps: Int) {
            let count = trial.differences.count
            let verdict = count == 0 ? "as written" : count == 1 ? "1 difference" : "\(count) differences"
            print("\(path): \(steps) steps, \(verdict)")
            for difference in trial.differences { print("  \(path):\(difference.line): \(difference.message)") }
            if printsLog { for line in trial.log { print("  log \(line)") } }
        }
    }
}
