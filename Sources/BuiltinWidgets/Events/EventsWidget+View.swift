import WidgetAPI

extension EventsWidget {
    package func render(_ state: State, config: Config) -> View {
        guard let alert = state.current else { return View() }
        return View(.element(.div, class: "alerts", card(alert, config: config)))
    }

    private func card(_ alert: Alert, config: Config) -> Node {
        var parts: [Node] = [
            .element(.div, class: "kind", .text(label(alert.kind))),
            line("name", alert.name),
        ]
        if !alert.detail.isEmpty { parts.append(line("detail", alert.detail)) }
        if !alert.message.isEmpty { parts.append(line("message", alert.message)) }
        parts.append(progress(seconds: config.displaySeconds))
        return .element(
            .div,
            // Another alert is another node, so that it enters and the one before it leaves.
            key: alert.origin.key,
            class: "alert \(config.animation.rawValue) kind-\(alert.kind.rawValue)",
            source: alert.kind == .summary ? nil : alert.origin.source,
            attributes: [.init(.exit, "true")],
            children: parts
        )
    }

    private func label(_ kind: Alert.Kind) -> String {
        switch kind {
        case .follow: "New follower"
        case .subscription: "New subscriber"
        case .renewal: "Subscribed again"
        case .gift: "Gift subscription"
        case .giftBomb: "Gift subscriptions"
        case .tip: "New tip"
        case .raid: "Raid"
        case .redemption: "Reward"
        case .summary: "More alerts"
        }
    }

    private func line(_ name: String, _ text: String) -> Node {
        .element(.div, class: name, attributes: [.init(.direction, "auto")], .text(text))
    }

    private func progress(seconds: Int64) -> Node {
        let bar = Node.element(.div, class: "remaining", style: [.init(.animationDuration, "\(seconds)s")])
        return .element(.div, class: "progress", bar)
    }
}
