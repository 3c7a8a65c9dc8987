import WidgetAPI

extension ChatLine {
    /// The line as the settings want it.
    ///
    /// One that is `isLeaving` plays its exit when it is removed next; every other one is gone at once.
    func node(with config: ChatWidget.Config, isLeaving: Bool) -> Node {
        var parts: [Node] = []
        if let quote, !config.mutes(quote.name) { parts.append(node(of: quote)) }
        if config.showTimestamps { parts.append(clock) }
        if config.showPlatform { parts.append(platform) }
        if config.showAvatars, let avatarUrl {
            // The name stands beside it, so there is nothing to say for those who cannot see it.
            parts.append(Self.image("avatar", avatarUrl, alternative: ""))
        }
        parts += badges(config)
        let color = NameColor(
            chosen: config.nameColors == .platform ? self.color : nil,
            userId: userId ?? "",
            saturation: config.nameSaturation,
            lightness: config.nameLightness
        )
        parts.append(.element(.span, class: "name", style: [.init(.color, color.hex)], .text(name)))
        parts.append(text(config))
        return .element(
            .div,
            key: origin.key,
            class: className,
            source: origin.source,
            style: [ChatWidget.place(number)],
            attributes: isLeaving ? [.init(.exit, "")] : [],
            children: parts
        )
    }

    /// Only the highest role names the line: two edges of two colours would say nothing.
    private var className: String {
        var name = isAction ? "line action" : "line"
        if let role = roles.first { name += " role-\(role.rawValue)" }
        return name
    }

    private var clock: Node {
        let iso = time.iso8601
        let hoursAndMinutes = iso.dropFirst("2026-11-21T".count).prefix("09:30".count)
        return .element(.time, class: "time", attributes: [.init(.dateTime, iso)], .text(String(hoursAndMinutes)))
    }

    private var platform: Node {
        // Class names are ours alone: a platform we do not know has the plain mark.
        let known = ["twitch", "kick"].contains(origin.platform) ? " platform-\(origin.platform)" : ""
        return .element(
            .span,
            class: "platform\(known)",
            attributes: [.init(.title, origin.platformName)],
            .text(String(origin.platformName.prefix(1)))
        )
    }

    private func node(of quote: Quote) -> Node {
        var parts: [Node] = [
            .element(.span, class: "answered", attributes: [.init(.direction, "auto")], .text("↩ \(quote.name)"))
        ]
        if let text = quote.text {
            // The quoted text goes when its own message is removed, not only when this line is.
            let source = Event.ID(quote.messageId)
            parts.append(
                .element(.span, class: "quote", source: source, attributes: [.init(.direction, "auto")], .text(text))
            )
        }
        return .element(.div, class: "reply", children: parts)
    }

    private func badges(_ config: ChatWidget.Config) -> [Node] {
        guard !config.badges.isEmpty else { return [] }
        var nodes: [Node] = []
        for role in roles where config.badges.contains(Self.kind(of: role)) {
            if let picture = pictures.first(where: { $0.set == role.rawValue }) {
                nodes.append(Self.image("badge-picture", picture.url, alternative: picture.title))
            } else {
                nodes.append(Self.mark(of: role))
            }
        }
        guard config.badges.contains(.other) else { return nodes }
        for picture in pictures where User.Role(rawValue: picture.set) == nil {
            nodes.append(Self.image("badge-picture", picture.url, alternative: picture.title))
        }
        return nodes
    }

    private static func kind(of role: User.Role) -> ChatWidget.Config.BadgeKind {
        switch role {
        case .broadcaster: .broadcaster
        case .moderator: .moderator
        case .vip: .vip
        case .subscriber: .subscriber
        }
    }

    private static func mark(of role: User.Role) -> Node {
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

    private func text(_ config: ChatWidget.Config) -> Node {
        .element(
            .span,
            class: "text",
            attributes: [.init(.direction, "auto")],
            children: fragments.map { fragment in
                switch fragment.kind {
                case .text: .text(fragment.text)
                case .link: .element(.span, class: "link", .text(fragment.text))
                case .mention: .element(.span, class: "mention", .text(fragment.text))
                case .cheermote: cheer(fragment, config)
                case .emote: emote(fragment, config)
                }
            }
        )
    }

    private func emote(_ fragment: Fragment, _ config: ChatWidget.Config) -> Node {
        guard config.showEmotes, let url = fragment.emoteUrl else { return .text(fragment.text) }
        return Self.image("emote", url, alternative: fragment.text)
    }

    /// The picture and the number of bits behind it, as in Twitch's own chat; what both say is what was written.
    private func cheer(_ fragment: Fragment, _ config: ChatWidget.Config) -> Node {
        guard config.showEmotes, let url = fragment.emoteUrl else {
            return .element(.span, class: "cheer", .text(fragment.text))
        }
        let text = fragment.text
        let end = text.lastIndex { !($0.isASCII && $0.isNumber) }.map(text.index(after:)) ?? text.startIndex
        let picture = Self.image("emote", url, alternative: String(text[..<end]))
        let bits = text[end...]
        return .element(.span, class: "cheer", children: bits.isEmpty ? [picture] : [picture, .text(String(bits))])
    }

    private static func image(_ className: String, _ address: String, alternative: String) -> Node {
        .element(
            .img,
            class: className,
            attributes: [.init(.source, address), .init(.alternative, alternative)]
        )
    }
}
