import WidgetAPI

/// How far a goal has come, as the overlay says it.
struct GoalReport: Sendable, Equatable {
    let label: String
    /// Such as "68 / 100".
    let text: String

    /// What stands in the picture of the built-in goal; `nil` where it has none.
    init?(_ view: View) {
        guard let text = Self.text(of: "count", in: view.children) else { return nil }
        self.text = text
        label = Self.text(of: "label", in: view.children) ?? ""
    }

    private static func text(of name: String, in nodes: [Node]) -> String? {
        for case .element(let element) in nodes {
            let classes = element.class?.split(separator: " ").map(String.init) ?? []
            if classes.contains(name) { return element.children.map(plain).joined() }
            if let text = text(of: name, in: element.children) { return text }
        }
        return nil
    }

    private static func plain(_ node: Node) -> String {
        switch node {
        case .text(let text): text
        case .element(let element): element.children.map(plain).joined()
        }
    }
}

/// What became of the question how far the goal has come.
enum GoalReportResult: Sendable {
    /// The answer; `nil` when the streamer has no goal.
    case known(GoalReport?)
    /// This runtime has gone to sleep for good; ask the directory for the next one.
    case retired
}

extension TenantRuntime {
    /// How far the streamer's first goal has come, that of the default layout if it has one.
    func goalReport() async -> GoalReportResult {
        guard await awaken() else { return .retired }
        let inOrder = stages.sorted { $0.stage.layout.isDefault && !$1.stage.layout.isDefault }
        let goals = inOrder.flatMap(\.widgets).filter { $0.placed.type == "goals" }
        return .known(goals.lazy.compactMap { GoalReport(self.picture(of: $0)) }.first)
    }

    /// The picture as it would be drawn now, also while no page is open for which it is.
    private func picture(of widget: StageWidget) -> View {
        guard widget.needsDrawing, let instance = widget.instance else { return widget.view }
        let picture = instance.render()
        // It counts as drawn now, and pages have not had it.
        widget.mustRedraw = true
        return picture
    }
}

extension TenantRuntimes {
    /// How far that streamer's goal has come; `nil` when they have none, or it cannot be known.
    func goalReport(in scope: TenantScope) async -> GoalReport? {
        for _ in 0..<3 {
            guard let runtime = runtime(of: scope) else { return nil }
            if case .known(let report) = await runtime.goalReport() { return report }
        }
        return nil
    }
}
