import WidgetAPI

extension GoalsWidget {
    package func render(_ state: State, config: Config) -> View {
        let value = state.value(config)
        let goal = goal(config)
        let percent = value >= goal ? 100 : Int(Double(value) / Double(goal) * 100)
        var parts: [Node] = [
            .element(
                .div,
                class: "top",
                .element(.span, class: "label", attributes: [.init(.direction, "auto")], .text(config.label)),
                .element(.span, class: "percent", .text("\(percent) %"))
            )
        ]
        if config.style == .bar {
            let fill = Node.element(.div, class: "fill", style: [.init(.custom("fill"), "\(percent)%")])
            parts.append(.element(.div, class: "track", fill))
        }
        let count = "\(shown(value, config)) / \(shown(goal, config))"
        parts.append(.element(.div, class: "count", .text(count)))
        let reached = value >= goal ? " reached" : ""
        return View(.element(.div, class: "goal \(config.style.rawValue)\(reached)", children: parts))
    }

    /// The target in the unit in which is counted.
    private func goal(_ config: Config) -> Int64 {
        config.goalType == .tips ? config.target * Money.minorUnits(of: config.currency) : config.target
    }

    private func shown(_ value: Int64, _ config: Config) -> String {
        config.goalType == .tips ? Money(minor: value, currency: config.currency).text : String(value)
    }
}
