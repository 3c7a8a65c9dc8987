import WidgetAPI

extension GoalsWidget {
    // Beyond it a percentage says nothing, and would push the label aside.
    private static let percentLimit: Int128 = 9999
    // What fits a slot of the default size in the large letters of the style "number".
    private static let largeCharacters = 14

    package func render(_ state: State, config: Config) -> View {
        let value = state.value(config)
        let percent = min(Int128(value) * 100 / Int128(config.goal), Self.percentLimit)
        let isCelebrating = state.isCelebrating(config)
        var classes = ["goal", config.style.rawValue]
        if value >= config.goal { classes.append("reached") }
        if state.isOver(config) { classes.append("over") }
        if isCelebrating { classes.append("celebrating") }
        let uncounted = state.uncountedTips(config)
        if uncounted.total > 0, !isCelebrating { classes.append("noted") }
        let texts = bottom(value, uncounted: uncounted, isCelebrating: isCelebrating, config)
        var children = parts(percent, texts, config)
        if isCelebrating { children.append(Self.confetti) }
        return View(
            .element(
                .div,
                class: classes.joined(separator: " "),
                style: config.barColor.map { [Style(.custom("goal-color"), $0)] } ?? [],
                children: children
            )
        )
    }

    private func parts(_ percent: Int128, _ bottom: Node, _ config: Config) -> [Node] {
        let shownPercent = config.showsPercentage ? [Node.element(.span, class: "percent", .text("\(percent) %"))] : []
        let label = Node.element(.span, class: "label", attributes: [.init(.direction, "auto")], .text(config.label))
        let filled = min(percent, 100)
        switch config.style {
        case .bar:
            let fill = Node.element(.div, class: "fill", style: [.init(.custom("fill"), "\(filled)%")])
            return [
                .element(.div, class: "top", children: [label] + shownPercent),
                .element(.div, class: "track", fill),
                bottom,
            ]
        case .circle:
            var ring: [Node] = [
                .element(.circle, class: "rail"),
                .element(.circle, class: "ring", style: [.init(.custom("fill"), "\(filled)")]),
            ]
            if config.showsPercentage { ring.append(.element(.text, class: "percent", .text("\(percent) %"))) }
            let svg = Node.element(.svg, attributes: [.init(.viewBox, "2 2 36 36")], children: ring)
            // A round end of nothing would still be a dot.
            let dial = Node.element(.div, class: filled == 0 ? "dial empty" : "dial", svg)
            return [dial, .element(.div, class: "side", label, bottom)]
        case .number:
            return [.element(.div, class: "top", children: [label] + shownPercent), bottom]
        }
    }

    /// The count, and beside it what there is to say.
    private func bottom(
        _ value: Int64,
        uncounted: CurrencyCounts,
        isCelebrating: Bool,
        _ config: Config
    ) -> Node {
        let count = "\(text(value, config)) / \(text(config.goal, config))"
        // Another value is another node, so that it enters.
        let size = count.count > Self.largeCharacters ? "count long" : "count"
        var parts: [Node] = [.element(.span, key: "\(value)", class: size, .text(count))]
        if isCelebrating {
            parts.append(.element(.span, key: "cheer", class: "cheer", .text("Goal reached")))
        } else if uncounted.total > 0 {
            let tips = uncounted.total == 1 ? "1 tip" : "\(uncounted.total) tips"
            let currencies = uncounted.currencies.joined(separator: ", ")
            parts.append(.element(.span, key: "note", class: "note", .text("+\(tips) in \(currencies) not counted")))
        }
        return .element(.div, class: "bottom", children: parts)
    }

    private func text(_ value: Int64, _ config: Config) -> String {
        config.goalType == .tips ? Money(minor: value, currency: config.currency).text : String(value)
    }

    /// Paper over the whole width; scattered by remainders, because a view has no dice.
    private static let confetti = Node.element(
        .div,
        class: "confetti",
        children: (0..<28).map { piece in
            .element(
                .i,
                style: [
                    .init(.custom("from"), "\((piece * 37 + 5) % 100)%"),
                    .init(.custom("turn"), "\(piece * 67 % 360 - 180)deg"),
                    .init(.animationDelay, "\(piece * 7 % 12 * 150)ms"),
                    .init(.animationDuration, "\(2200 + piece * 5 % 9 * 200)ms"),
                ]
            )
        }
    )
}
