import ArgumentParser
import BuiltinWidgets
import WidgetAPI

/// `streamvibes measure-diff`: what one more chat line costs between the log and the frame, for the benchmarks.
struct MeasureDiffCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "measure-diff",
        abstract: "Measure drawing, comparing and encoding of the chat widget.",
        shouldDisplay: false
    )

    @Option(help: "Chat lines to measure, after as many to warm up.")
    var lines: Int = 2000

    /// Prints a line a step: name, nanoseconds, bytes, operations and allocations, each per picture and separated by
    /// tabs; allocations are -1 where nobody counts them.
    func run() throws {
        for rows: Int64 in [15, 50] {
            try measure(rows: rows)
            try measureWhole(rows: rows)
        }
    }

    private func measure(rows: Int64) throws {
        let chat = try SwiftWidgetInstance(ChatWidget(), placed: placed(rows: rows), from: nil)
        var steps = MeasuredSteps(["handle", "draw", "diff", "encode"])
        var (bytes, operations) = (0, 0)
        var view = View()
        for (number, event) in SimulatedChat.lines(lines * 2).enumerated() {
            steps.isCounting = number >= lines
            steps.begin()
            chat.apply(event)
            steps.end(0)
            let next = try ViewGuard(hidden: []).admit(chat.render())
            steps.end(1)
            let patch = ViewDiff.operations(from: view, to: next)
            steps.end(2)
            var writer = JSONWriter(reserving: 512)
            writer.write(patch)
            steps.end(3)
            view = next
            guard steps.isCounting else { continue }
            bytes += writer.bytes.count
            operations += patch.count
        }
        steps.report("chat of \(rows) rows", bytes: bytes / lines, operations: operations / lines, per: lines)
    }

    /// What it would cost without rows that are kept and without patches: the whole picture anew for every line.
    private func measureWhole(rows: Int64) throws {
        let pictures = max(lines / 20, 1)
        let chat = try SwiftWidgetInstance(ChatWidget(), placed: placed(rows: rows), from: nil)
        for event in SimulatedChat.lines(lines) { chat.apply(event) }
        var steps = MeasuredSteps(["draw and encode all"])
        var bytes = 0
        for number in 0..<pictures * 2 {
            let fresh = try SwiftWidgetInstance(ChatWidget(), placed: placed(rows: rows), from: chat.checkpoint())
            steps.isCounting = number >= pictures
            steps.begin()
            let view = try ViewGuard(hidden: []).admit(fresh.render())
            var writer = JSONWriter(reserving: 512)
            writer.write(view.children)
            steps.end(0)
            if steps.isCounting { bytes += writer.bytes.count }
        }
        steps.report("chat of \(rows) rows", bytes: bytes / pictures, operations: 0, per: pictures)
    }

    private func placed(rows: Int64) -> PlacedWidget {
        PlacedWidget(
            id: PlacedWidget.ID("measured"),
            type: "chat",
            settings: WidgetSettings(
                version: ChatWidget().manifest.version,
                config: ["maxMessages": .integer(rows)]
            ),
            position: .init(x: 0, y: 0, width: 3, height: 5)
        )
    }
}
