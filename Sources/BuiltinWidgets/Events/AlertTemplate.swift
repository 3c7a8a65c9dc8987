/// The sentence of an alert: text with variables in braces.
struct AlertTemplate: Equatable {
    /// What a variable stands for.
    enum Variable: String, CaseIterable {
        case username, amount, months, viewers, message, tier, gifter, count, reward

        /// Whether alerts of that kind can know it.
        func isKnown(of kind: AlertKind) -> Bool {
            switch self {
            case .username: true
            case .amount: [.tip, .bits, .kicks].contains(kind)
            case .months: [.sub, .renewal].contains(kind)
            case .viewers: kind == .raid
            case .message: [.sub, .renewal, .tip, .bits, .kicks, .redemption].contains(kind)
            case .tier: [.sub, .renewal, .gift, .giftBomb].contains(kind)
            case .gifter, .count: [.gift, .giftBomb].contains(kind)
            case .reward: kind == .redemption
            }
        }
    }

    /// A piece of the sentence.
    enum Part: Equatable {
        case text(String)
        case variable(Variable)
    }

    let parts: [Part]

    /// Reads `{name}` and, as other alert boxes write it, `{{name}}`; what is no variable stays as written.
    init(_ template: String) {
        var parts: [Part] = []
        var text = ""
        var rest = template[...]
        while let first = rest.first {
            if let (variable, length) = Self.variable(atStartOf: rest) {
                if !text.isEmpty { parts.append(.text(text)) }
                text = ""
                parts.append(.variable(variable))
                rest = rest.dropFirst(length)
            } else {
                text.append(first)
                rest = rest.dropFirst()
            }
        }
        if !text.isEmpty { parts.append(.text(text)) }
        self.parts = parts
    }

    /// Whether the sentence says that already.
    func has(_ variable: Variable) -> Bool {
        parts.contains(.variable(variable))
    }

    private static func variable(atStartOf text: Substring) -> (Variable, length: Int)? {
        for (open, close) in [("{{", "}}"), ("{", "}")] where text.hasPrefix(open) {
            let name = text.dropFirst(open.count).prefix { $0.isLetter }
            guard let variable = Variable(rawValue: String(name)) else { continue }
            let length = open.count + name.count
            if text.dropFirst(length).hasPrefix(close) { return (variable, length + close.count) }
        }
        return nil
    }
}
