import ArgumentParser
import Glibc
import NIOCore
import NIOPosix
import Sandbox
import WidgetAPI

/// `streamvibes measure-cells`: what a widget in Lua costs from a row of the log to the patch, for the benchmarks.
struct MeasureCellsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "measure-cells",
        abstract: "Measure widgets in Lua: events, starts, memory, deaths and bad neighbours.",
        shouldDisplay: false
    )

    @Option(help: "The folder with the packages rows, endless and greedy.")
    var packages: String

    @Option(help: "Events of the single widget, after a fourth as many to warm up.")
    var events: Int = 8000

    @Option(help: "Streamers with three widgets each.")
    var tenants: Int = 1000

    @Option(help: "Starts and deaths.")
    var starts: Int = 200

    @Option(help: "One of event, start, death, neighbour, crowd; all where none is named; rows prints events alone.")
    var only: [String] = []

    /// Prints a JSON object a line, each with the member `what`.
    func run() async throws {
        let kinds = try ["rows", "endless", "greedy"].map { name in
            LuaKind(try PackageShelf.package(at: "\(packages)/\(name)"))
        }
        if only == ["rows"] {
            for event in SimulatedChat.lines(events) { print(LuaMemory.row(event, seed: 1).text) }
            return
        }
        let zygote = try await Zygote.start()
        let group = MultiThreadedEventLoopGroup.singleton
        let bench = CellBench(zygote: zygote, kind: kinds[0], bad: Array(kinds[1...]))
        let parts: [(String, () async throws -> Void)] = [
            ("event", { try await bench.events(count: events, on: group.next()) }),
            ("start", { try await bench.starts(count: starts, on: group.next()) }),
            ("death", { try await bench.deaths(count: starts, on: group.next()) }),
            ("neighbour", { try await bench.neighbours(count: events / 8, on: group.next()) }),
            ("crowd", { try await bench.crowd(tenants: tenants, on: group) }),
        ]
        for (name, part) in parts where only.isEmpty || only.contains(name) { try await part() }
        zygote.close()
    }
}
