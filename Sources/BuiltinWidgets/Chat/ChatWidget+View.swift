import WidgetAPI

extension ChatWidget {
    package func render(_ state: State, config: Config) -> View {
        let rows = state.nodes(with: config)
        guard !rows.isEmpty else { return View() }
        let looks = [
            "chat", "text-\(config.fontSize.rawValue)", config.animation.rawValue, config.direction.rawValue,
        ]
        return View(
            .element(
                .div,
                class: (looks + (config.highlightRoles ? ["roles"] : [])).joined(separator: " "),
                style: config.font.map { [.init(.custom("font"), $0)] } ?? [],
                children: rows
            )
        )
    }

    /// Puts the row of that number where it belongs on screen: the newest first, from the edge at which it comes in.
    ///
    /// The rows stay in the order in which they came, so that a new one is added at the end and no other moves; the
    /// style sheet says why the page must see the newest one first.
    static func place(_ number: Int64) -> Style {
        Style(.custom("place"), "-\(number)")
    }
}
