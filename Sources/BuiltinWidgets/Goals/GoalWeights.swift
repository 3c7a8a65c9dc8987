import WidgetAPI

/// How many points each thing is worth to a custom goal.
struct GoalWeights: Equatable {
    /// A point in the smallest parts that any of the weights can earn: a percent of a thousandth.
    static let partsOfPoint: Int128 = 100_000

    private let points: [String: Int64]
    private let percents: [String: Int64]

    /// Reads the settings `weights` and `platformWeights`.
    init(_ settings: JSONObject) {
        points = Self.values(settings["weights"], Self.pointFields)
        percents = Self.values(settings["platformWeights"], Self.percentFields)
    }

    /// Whether donations earn anything.
    var countsTips: Bool { points["tip"] != 0 }

    /// The points of all that was counted, in ``partsOfPoint``: whole numbers, so that nothing is lost on the way.
    func parts(of tally: GoalTally, currency: String, withRenewals: Bool) -> Int128 {
        var sum: Int128 = 0
        for (platform, counts) in tally.platforms {
            sum += parts(of: counts, withRenewals: withRenewals) * percent(of: platform)
        }
        let perUnit = 1000 / Int128(Money.minorUnits(of: currency)) * weight("tip")
        for (platform, minor) in tally.tips.sums(in: currency) {
            sum += Int128(minor) * perUnit * percent(of: platform)
        }
        return sum
    }

    /// In thousandths of a point.
    private func parts(of counts: PlatformCounts, withRenewals: Bool) -> Int128 {
        var sum = Int128(counts.follows) * weight("follow") + Int128(counts.raiders) * weight("raid")
        for tier in 0..<3 {
            let subscriptions = Int128(counts.new.counts[tier])
            let renewals = withRenewals ? Int128(counts.renewed.counts[tier]) : 0
            sum += (subscriptions + renewals) * weight("subTier\(tier + 1)")
            sum += Int128(counts.given.counts[tier]) * weight("giftTier\(tier + 1)")
        }
        // Bits and kicks are weighed by the hundred.
        return sum * 1000 + Int128(counts.bits) * 10 * weight("bits") + Int128(counts.kicks) * 10 * weight("kicks")
    }

    private func weight(_ name: String) -> Int128 { Int128(points[name] ?? 0) }

    private func percent(of platform: String) -> Int128 {
        Int128(percents[platform] ?? percents["other"] ?? 100)
    }

    private static func values(_ given: JSONValue?, _ fields: [ConfigSchema.Field]) -> [String: Int64] {
        var values: [String: Int64] = [:]
        for field in fields {
            values[field.name] = given?[field.name]?.integerValue ?? field.defaultValue?.integerValue ?? 0
        }
        return values
    }
}

extension GoalWeights {
    private static let pointFields: [ConfigSchema.Field] = [
        weight("follow", 1, "Follow"),
        weight("subTier1", 5, "Subscription of tier 1", "Also of a platform that has no tiers."),
        weight("subTier2", 10, "Subscription of tier 2"),
        weight("subTier3", 25, "Subscription of tier 3"),
        weight("giftTier1", 5, "Gift of tier 1", "For every subscription that somebody is given."),
        weight("giftTier2", 10, "Gift of tier 2"),
        weight("giftTier3", 25, "Gift of tier 3"),
        weight("tip", 1, "Tips, per whole unit of the currency", "With 1, $2.50 and $1.50 are 4 points."),
        weight("bits", 1, "Bits, per 100", "Bits add up: two times 50 are as good as 100."),
        weight("kicks", 1, "Kicks, per 100"),
        weight("raid", 0, "Raid, per viewer"),
    ]

    private static let percentFields: [ConfigSchema.Field] = [
        percent("twitch", "Twitch"), percent("kick", "Kick"), percent("other", "Everywhere else"),
    ]

    /// The settings `weights` and `platformWeights` of a custom goal.
    static let schema: [ConfigSchema.Field] = [
        .init(
            "weights",
            .object(pointFields),
            default: .object(ConfigSchema(pointFields).defaults),
            title: "Points",
            description:
                "What each thing adds to a custom goal. Parts of a point add up too; the goal shows whole ones.",
            group: "Points",
            when: .init("goalType", is: "custom")
        ),
        .init(
            "platformWeights",
            .object(percentFields),
            default: .object(ConfigSchema(percentFields).defaults),
            title: "Weight of each platform",
            description: "How much of its points a thing earns on that platform; 0 leaves the platform out.",
            group: "Points",
            unit: "%",
            when: .init("goalType", is: "custom")
        ),
    ]

    private static func weight(
        _ name: String,
        _ points: Int64,
        _ title: String,
        _ description: String? = nil
    ) -> ConfigSchema.Field {
        .init(
            name,
            .integer(0...1000),
            default: .integer(points),
            title: title,
            description: description,
            unit: "points"
        )
    }

    private static func percent(_ name: String, _ title: String) -> ConfigSchema.Field {
        .init(name, .integer(0...1000), default: 100, title: title, unit: "%")
    }
}
