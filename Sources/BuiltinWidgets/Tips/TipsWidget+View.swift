import WidgetAPI

extension TipsWidget {
    package func render(_ state: State, config: Config) -> View {
        guard let tip = state.current else { return View() }
        var parts: [Node] = []
        if !config.prefix.isEmpty { parts.append(part("prefix", config.prefix)) }
        parts.append(part("name", tip.name))
        if config.showAmounts { parts.append(part("amount", tip.amount)) }
        if !tip.message.isEmpty { parts.append(part("message", tip.message)) }
        let card = Node.element(
            .div,
            key: tip.origin.key,
            class: "card",
            source: tip.origin.source,
            attributes: [.init(.exit, "true")],
            children: parts
        )
        return View(.element(.div, class: "tips", card))
    }

    private func part(_ name: String, _ text: String) -> Node {
        .element(.span, class: name, attributes: [.init(.direction, "auto")], .text(text))
    }
}
