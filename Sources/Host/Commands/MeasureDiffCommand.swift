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

    /// Prints a line a step: name, nanoseconds, bytes and operations, each per picture and separated by tabs.
    func run() throws {
        for rows: Int64 in [15, 50] {
            try measure(rows: rows)
        }
    }

    private func measure(rows: Int64) throws {
        let chat = try SwiftWidgetInstance(ChatWidget(), placed: placed(rows: rows), from: nil)
        var total = Total()
        var view = View()
        for (number, event) in events().enumerated() {
            let clock = ContinuousClock()
            let start = clock.now
            chat.apply(event)
            let handled = clock.now
            let next = try ViewGuard(hidden: []).admit(chat.render())
            let drawn = clock.now
            let operations = ViewDiff.operations(from: view, to: next)
            let compared = clock.now
            var writer = JSONWriter(reserving: 512)
            writer.write(operations)
            let encoded = clock.now
            view = next
            guard number >= lines else { continue }
            total.handle += start.duration(to: handled)
            total.draw += handled.duration(to: drawn)
            total.compare += drawn.duration(to: compared)
            total.encode += compared.duration(to: encoded)
            total.bytes += writer.bytes.count
            total.operations += operations.count
        }
        report(total, rows)
    }

    private struct Total {
        var handle = Duration.zero
        var draw = Duration.zero
        var compare = Duration.zero
        var encode = Duration.zero
        var bytes = 0
        var operations = 0
    }

    private func report(_ total: Total, _ rows: Int64) {
        let steps = [
            ("handle", total.handle), ("draw", total.draw), ("diff", total.compare), ("encode", total.encode),
        ]
        for (step, time) in steps {
            let nanoseconds = Int(time / .nanoseconds(1)) / lines
            print("chat of \(rows) rows, \(step)\t\(nanoseconds)\t\(total.bytes / lines)\t\(total.operations / lines)")
        }
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

    /// Chat as the simulator writes it, twice as many lines as are measured.
    private func events() -> [Event] {
        var stream = SimulatedStream(run: "measured", seed: 1, rate: 1)
        var events: [Event] = []
        while events.count < lines * 2 {
            for draft in stream.next(now: Timestamp(milliseconds: 0)).drafts where draft.type == .chatMessage {
                let seq = Int64(events.count + 1)
                events.append(
                    Event(
                        id: draft.id,
                        seq: seq,
                        type: draft.type,
                        platform: draft.platform.rawValue,
                        channelId: draft.channelId,
                        occurredAt: draft.occurredAt,
                        receivedAt: Timestamp(milliseconds: seq * 50),
                        payload: draft.payload
                    )
                )
            }
        }
        return Array(events.prefix(lines * 2))
    }
}
