import Foundation
import Testing

/// A hostile program, and what must become of it.
struct Attack: Sendable, CustomTestStringConvertible {
    /// What a cell may answer.
    enum Outcome: String {
        /// The callback fails with an error that says why, or the cell ends with a reason.
        case stopped
        /// It runs through, and has got nothing.
        case harmless
        /// One of both: what it does depends on the library's inside.
        case either
    }

    let testDescription: String
    let outcome: Outcome
    private let body: String

    /// The whole program; `state.escaped` is what it must never come to set.
    var program: String {
        """
        widget.init(function() return { count = 0 } end)
        widget.on("chat:message", function(state, event, config)
          state.count = state.count + 1
          \(body)
        end)
        widget.render(function(state) return ui.b { text = tostring(state.count) } end)
        """
    }

    /// Those of the folder `Attacks`: each body stands below a line `--- name: outcome`.
    static let all: [Attack] = {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Attacks")
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return names.sorted().flatMap { name in
            let text = (try? String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)) ?? ""
            return text.components(separatedBy: "\n--- ").dropFirst().compactMap(Attack.init)
        }
    }()

    private init?(_ block: String) {
        let lines = block.split(separator: "\n", maxSplits: 1)
        let head = lines.first?.components(separatedBy: ": ") ?? []
        guard lines.count == 2, head.count == 2, let outcome = Outcome(rawValue: head[1]) else { return nil }
        (testDescription, self.outcome, body) = (head[0], outcome, String(lines[1]))
    }
}
