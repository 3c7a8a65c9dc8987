import WidgetAPI

/// What badges prove.
enum TwitchRoles {
    /// The roles of somebody with these badges, in the order of the contract.
    static func proved(by badges: [User.Badge]) -> [User.Role] {
        guard !badges.isEmpty else { return [] }
        return User.Role.allCases.filter { role in badges.contains { isProof($0.set, of: role) } }
    }

    /// Whether one of that set's badges proves it.
    ///
    /// A founder is one of the first subscribers, and the badge stands in the other's place. A lead moderator's does
    /// the same since 2025.
    private static func isProof(_ set: String, of role: User.Role) -> Bool {
        switch role {
        case .broadcaster: set == "broadcaster"
        case .moderator: set == "moderator" || set == "lead_moderator"
        case .vip: set == "vip"
        case .subscriber: set == "subscriber" || set == "founder"
        }
    }
}
