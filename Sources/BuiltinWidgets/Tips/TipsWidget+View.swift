import WidgetAPI

extension TipsWidget {
    // A ticker runs about as fast as people read, and does not race when there is little to say.
    private static let millisecondsPerColumn = 155
    private static let leastMilliseconds = 16_000
    private static let columnsBetween = 4

    /// A message or a tip, whatever it is drawn in.
    private struct Item {
        let key: String
        let source: Event.ID?
        let parts: [Node]
        /// How wide its text is, in narrow letters.
        let columns: Int
    }

    package func render(_ state: State, config: Config) -> View {
        let items = items(state, config)
        guard !items.isEmpty else { return View() }
        let page = state.page(config)
        let prefix = config.prefix.isEmpty ? [] : [Self.part("prefix", config.prefix)]
        let children: [Node]
        switch config.style {
        case .card:
            children = items.dropFirst(page).prefix(1).map { Self.node(.div, "card", $0, before: prefix) }
        case .list:
            children = prefix + [list(items, page: page, config)]
        case .ticker:
            children = prefix + [ticker(items)]
        }
        let classes = "tips as-\(config.style.rawValue) \(config.animation.rawValue)"
        return View(.element(.div, class: classes, children: children))
    }

    /// Everything there is to show, in its order.
    private func items(_ state: State, _ config: Config) -> [Item] {
        switch config.mode {
        case .messages:
            config.messages.enumerated().map { index, text in
                Item(key: "m\(index)", source: nil, parts: [Self.part("text", text)], columns: Self.columns(text))
            }
        case .donations:
            state.shown(config).map { item($0, clock: state.clock, config) }
        }
    }

    private func item(_ tip: ShownTip, clock: Timestamp, _ config: Config) -> Item {
        var texts = [("name", tip.name)]
        if config.showsAmounts { texts.append(("amount", tip.amount)) }
        if config.showsAges, let age = tip.age(at: clock) { texts.append(("age", age)) }
        if !tip.message.isEmpty { texts.append(("message", tip.message)) }
        return Item(
            key: tip.origin.key,
            source: tip.origin.source,
            parts: texts.map { Self.part($0.0, $0.1) },
            columns: texts.reduce(0) { $0 + Self.columns($1.1) + 1 }
        )
    }

    private func list(_ items: [Item], page: Int, _ config: Config) -> Node {
        let rows = items.dropFirst(page * config.maxItems).prefix(config.maxItems)
        let list = Node.element(
            .div,
            // Another page is another node; tips have one page only, and a new one is a new row in it.
            key: "p\(page)",
            class: "page",
            attributes: [.init(.exit, "true")],
            children: rows.map { Self.node(.div, "row", $0) }
        )
        return .element(.div, class: "pages", list)
    }

    /// Twice the same side by side, so that the second comes in where the first goes out.
    private func ticker(_ items: [Item]) -> Node {
        let columns = items.reduce(0) { $0 + $1.columns + Self.columnsBetween }
        let milliseconds = max(Self.leastMilliseconds, columns * Self.millisecondsPerColumn)
        let texts = items.map { Self.node(.span, "item", $0) }
        let runs = [[], Attribute.Name("aria-hidden").map { [Attribute($0, "true")] } ?? []].map { attributes in
            Node.element(
                .div,
                class: "run",
                style: [.init(.animationDuration, "\(milliseconds)ms")],
                attributes: attributes,
                children: texts
            )
        }
        return .element(.div, class: "lane", children: runs)
    }

    private static func node(_ tag: Tag, _ name: String, _ item: Item, before: [Node] = []) -> Node {
        .element(
            tag,
            key: item.key,
            class: name,
            source: item.source,
            attributes: [.init(.exit, "true")],
            children: before + item.parts
        )
    }

    private static func part(_ name: String, _ text: String) -> Node {
        .element(.span, class: name, attributes: [.init(.direction, "auto")], .text(text))
    }

    /// Letters of Asia and pictures are twice as wide as the others.
    private static func columns(_ text: String) -> Int {
        text.reduce(0) { $0 + (($1.unicodeScalars.first?.value ?? 0) >= 0x1100 ? 2 : 1) }
    }
}
