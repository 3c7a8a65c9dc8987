import WidgetAPI

/// The words of an alert, made of its facts with the settings of the moment.
struct AlertText {
    /// A piece of the sentence; names stand out.
    enum Piece: Equatable {
        case text(String)
        case name(String)
        case value(String)
    }

    // Names beyond this would push the message out of an alert of the usual size.
    private static let namesCharactersLimit = 80

    private let alert: Alert
    private let config: EventsWidget.Config
    private let template: AlertTemplate

    init(_ alert: Alert, config: EventsWidget.Config, variation: AlertVariation?) {
        self.alert = alert
        self.config = config
        let own = variation?.template ?? ""
        template = AlertTemplate(own.isEmpty ? config.looks[alert.kind]?.template ?? "" : own)
    }

    /// The sentence with its variables filled in; what is not known takes the space before it along.
    var sentence: [Piece] {
        var pieces: [Piece] = []
        for part in template.parts {
            switch part {
            case .text(let text): pieces.append(.text(text))
            case .variable(let variable):
                let value = value(of: variable)
                if !value.isEmpty {
                    pieces.append(variable.isName ? .name(value) : .value(value))
                } else if case .text(let text)? = pieces.last, text.hasSuffix(" ") {
                    pieces[pieces.count - 1] = .text(String(text.dropLast()))
                }
            }
        }
        return pieces.filter { $0 != .text("") }
    }

    /// What the sentence does not say: amounts, months, tier.
    var detail: String {
        facts.filter { !$0.isEmpty }.joined(separator: " · ")
    }

    /// Who got the gifts of a bomb, as far as that is known.
    var recipients: String {
        var names: [String] = []
        var characters = 0
        for recipient in alert.recipients {
            characters += recipient.name.count
            // One name has room however long it is.
            guard names.isEmpty || characters <= Self.namesCharactersLimit else { break }
            names.append(recipient.name)
        }
        guard let last = names.last, alert.kind == .giftBomb else { return "" }
        let rest = (alert.count ?? 0) - names.count
        if rest > 0 { return "\(names.joined(separator: ", ")) and \(rest) more" }
        return names.count == 1 ? last : "\(names.dropLast().joined(separator: ", ")) and \(last)"
    }

    /// What the viewer wrote, unless the sentence has it.
    var message: String {
        config.showMessage && !template.has(.message) ? alert.message : ""
    }

    private var facts: [String] {
        switch alert.kind {
        case .follow: []
        case .sub, .renewal: [template.has(.months) ? "" : months, streak, missing(.tier)]
        case .gift: [alert.gifter == nil || template.has(.gifter) ? "" : "by \(alert.gifter ?? "")", missing(.tier)]
        case .giftBomb: [template.has(.count) ? "" : gifts, missing(.tier)]
        case .tip, .bits, .kicks: [missing(.amount)]
        case .raid: [template.has(.viewers) ? "" : viewers]
        case .redemption: [missing(.reward)]
        }
    }

    private func missing(_ variable: AlertTemplate.Variable) -> String {
        template.has(variable) ? "" : value(of: variable)
    }

    private func value(of variable: AlertTemplate.Variable) -> String {
        switch variable {
        case .username: alert.name
        case .gifter: alert.kind == .giftBomb ? alert.name : alert.gifter ?? ""
        case .amount: config.showAmount ? alert.amount?.text ?? "" : ""
        case .months: alert.months.map(String.init) ?? ""
        case .viewers: alert.viewers.map(String.init) ?? ""
        case .message: config.showMessage ? alert.message : ""
        case .tier: config.showTier ? tier : ""
        case .count: alert.count.map(String.init) ?? ""
        case .reward: alert.reward ?? ""
        }
    }

    private var tier: String {
        if alert.prime == true { return "Prime" }
        return switch alert.tier {
        case "1000": "Tier 1"
        case "2000": "Tier 2"
        case "3000": "Tier 3"
        default: ""
        }
    }

    private var months: String {
        alert.months.map { $0 == 1 ? "1 month" : "\($0) months" } ?? ""
    }

    private var streak: String {
        alert.streak.map { $0 > 1 ? "\($0) in a row" : "" } ?? ""
    }

    private var gifts: String {
        alert.count == 1 ? "1 subscription" : "\(alert.count ?? 0) subscriptions"
    }

    private var viewers: String {
        alert.viewers == 1 ? "with 1 viewer" : "with \(alert.viewers ?? 0) viewers"
    }
}

extension AlertTemplate.Variable {
    fileprivate var isName: Bool { self == .username || self == .gifter }
}
