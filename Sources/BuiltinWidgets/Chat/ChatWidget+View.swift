import WidgetAPI

extension ChatWidget {
    package func render(_ state: State, config: Config) -> View {
        let lines = state.shown(with: config)
        guard !lines.isEmpty else { return View() }
        return View(
            .element(
                .div,
                class: "chat text-\(config.fontSize.rawValue) \(config.animation.rawValue)",
                children: lines.map { line, drawn in drawn ?? row(line, config: config) }
            )
        )
    }

    func row(_ line: ChatLine, config: Config) -> Node {
        var parts: [Node] = []
        if let name = line.replyTo {
            parts.append(.element(.div, class: "reply", attributes: [.init(.direction, "auto")], .text("↩ \(name)")))
        }
        if config.showTimestamps { parts.append(time(line.time)) }
        if config.showPlatform { parts.append(platform(line.origin)) }
        if config.showBadges { parts += line.roles.map(badge) }
        parts.append(.element(.span, class: "name", style: [.init(.color, line.color)], .text(line.name)))
        parts.append(text(of: line))
        return .element(
            .div,
            key: line.origin.key,
            class: line.isAction ? "line action" : "line",
            source: line.origin.source,
            children: parts
        )
    }

    private func time(_ time: Timestamp) -> Node {
        let iso = time.iso8601
        let hoursAndMinutes = iso.dropFirst("2026-11-21T".count).prefix("09:30".count)
        return .element(.time, class: "time", attributes: [.init(.dateTime, iso)], .text(String(hoursAndMinutes)))
    }

    private func platform(_ origin: EventOrigin) -> Node {
        // Class names are ours alone: a platform we do not know has the plain mark.
        let known = ["twitch", "kick"].contains(origin.platform) ? " platform-\(origin.platform)" : ""
        return .element(
            .span,
            class: "platform\(known)",
            attributes: [.init(.title, origin.platformName)],
            .text(String(origin.platformName.prefix(1)))
        )
    }

    private func badge(_ role: User.Role) -> Node {
        let mark =
            switch role {
            case .broadcaster: "HOST"
            case .moderator: "MOD"
            case .vip: "VIP"
            case .subscriber: "SUB"
            }
        return .element(
            .span,
            class: "badge badge-\(role.rawValue)",
            attributes: [.init(.title, role.rawValue)],
            .text(mark)
        )
    }

    private func text(of line: ChatLine) -> Node {
        .element(
            .span,
            class: "text",
            attributes: [.init(.direction, "auto")],
            children: line.fragments.map { fragment in
                switch fragment.kind {
                case .text, .link: .text(fragment.text)
                case .mention: .element(.span, class: "mention", .text(fragment.text))
                case .cheermote: .element(.span, class: "cheer", .text(fragment.text))
                case .emote: emote(fragment)
                }
            }
        )
    }

    private func emote(_ fragment: ChatLine.Fragment) -> Node {
        .element(
            .img,
            class: "emote",
            attributes: [.init(.source, fragment.emoteUrl ?? ""), .init(.alternative, fragment.text)]
        )
    }
}
