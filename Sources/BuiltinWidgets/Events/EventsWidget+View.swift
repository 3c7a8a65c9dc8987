import WidgetAPI

extension EventsWidget {
    /// The page uses it to show a late joiner the rest of an animation and not all of it.
    private static let since = Attribute.Name.data("since")

    package func render(_ state: State, config: Config) -> View {
        guard let shown = state.shown else { return View() }
        switch shown.content {
        case .alert(let alert): return View(self.alert(alert, shown: shown, config: config))
        case .summary(let summary): return View(self.summary(summary, shown: shown, config: config))
        }
    }

    private func alert(_ alert: Alert, shown: ShownAlert, config: Config) -> Node {
        let text = AlertText(alert, config: config, variation: shown.variation)
        var lines = [top(alert.kind.label, platform: alert.origin.platformName)]
        let sentence = text.sentence
        if !sentence.isEmpty { lines.append(self.sentence(sentence)) }
        if !text.detail.isEmpty { lines.append(line("detail", text.detail)) }
        if !text.recipients.isEmpty { lines.append(line("recipients", text.recipients)) }
        if !text.message.isEmpty { lines.append(line("message", text.message)) }
        return frame(
            // Another alert is another node, so that it enters and the one before it leaves.
            key: alert.isReplay ? "replay:\(alert.place)" : alert.origin.key,
            source: alert.origin.source,
            attributes: [.init(.alert, "\(alert.place)")],
            shown: shown,
            config: config,
            picture: picture(alert, variation: shown.variation, config: config),
            lines: lines
        )
    }

    private func summary(_ summary: FoldedAlerts, shown: ShownAlert, config: Config) -> Node {
        var lines = [
            top(summary.kind.groupTitle, platform: nil), line("sentence", summary.kind.more(summary.count)),
        ]
        let sums = summary.sums.filter { $0.minor != 0 }.map(\.text).joined(separator: " + ")
        if config.showAmount, !sums.isEmpty { lines.append(line("detail", sums)) }
        return frame(
            // No event stands behind it; the moment tells it from the summary before.
            key: "summary:\(summary.kind.rawValue):\(shown.since.milliseconds)",
            source: nil,
            attributes: [],
            shown: shown,
            config: config,
            picture: .element(.div, class: "picture", summary.kind.icon),
            lines: lines
        )
    }

    private func frame(
        key: String,
        source: Event.ID?,
        attributes: [Attribute],
        shown: ShownAlert,
        config: Config,
        picture: Node,
        lines: [Node]
    ) -> Node {
        var attributes = [Attribute(.exit, "true")] + attributes
        if let since = Self.since { attributes.append(.init(since, "\(shown.since.milliseconds)")) }
        let classes = [
            "alert", shown.animation.rawValue, "kind-\(shown.kind.rawValue)", "size-\(config.size.rawValue)",
            "text-\(config.fontSize.rawValue)", "at-\(config.position.rawValue)", "layout-\(config.layout.rawValue)",
        ]
        let bar = Node.element(
            .div,
            class: "remaining",
            style: [.init(.animationDuration, "\(shown.displaySeconds)s")],
            // Where motion is reduced, a page lets what tells the time go on.
            attributes: [.init(.role, "progressbar")]
        )
        return .element(
            .div,
            key: key,
            class: classes.joined(separator: " "),
            source: source,
            attributes: attributes,
            .element(.div, class: "card", picture, words(lines, config: config), .element(.div, class: "progress", bar))
        )
    }

    private func words(_ lines: [Node], config: Config) -> Node {
        guard config.textDelayMilliseconds > 0 else { return .element(.div, class: "words", children: lines) }
        return .element(
            .div,
            class: "words late",
            style: [.init(.animationDelay, "\(config.textDelayMilliseconds)ms")],
            children: lines
        )
    }

    private func top(_ label: String, platform: String?) -> Node {
        var parts: [Node] = [.element(.span, class: "kind", .text(label))]
        if let platform { parts.append(.element(.span, class: "via", .text("via \(platform)"))) }
        return .element(.div, class: "top", children: parts)
    }

    private func sentence(_ pieces: [AlertText.Piece]) -> Node {
        .element(
            .div,
            class: "sentence",
            attributes: [.init(.direction, "auto")],
            children: pieces.map { piece in
                switch piece {
                case .text(let text): .text(text)
                case .name(let name): .element(.span, class: "name", .text(name))
                case .value(let value): .element(.span, class: "value", .text(value))
                }
            }
        )
    }

    private func line(_ name: String, _ text: String) -> Node {
        .element(.div, class: name, attributes: [.init(.direction, "auto")], .text(text))
    }

    /// The variation's picture, else the user's, else the kind's, else our sign.
    private func picture(_ alert: Alert, variation: AlertVariation?, config: Config) -> Node {
        let own = variation?.image ?? ""
        let usual = config.looks[alert.kind]?.image ?? ""
        if own.isEmpty, config.showProfilePictures, let avatar = alert.avatar {
            // The sign stays behind it, in case that the platform's picture does not load.
            return .element(.div, class: "picture", alert.kind.icon, image("avatar", avatar))
        }
        if let chosen = [own, usual].first(where: { !$0.isEmpty }) {
            return .element(.div, class: "picture chosen", image("image", chosen, named: alert.kind.label))
        }
        return .element(.div, class: "picture", alert.kind.icon)
    }

    /// The page shows the words in place of a picture that does not load.
    private func image(_ name: String, _ address: String, named words: String = "") -> Node {
        .element(.img, class: name, attributes: [.init(.source, address), .init(.alternative, words)])
    }
}
