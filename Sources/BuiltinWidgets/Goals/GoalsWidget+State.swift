import WidgetAPI

extension GoalsWidget {
    /// What has come in since the widget was placed, and which goals have been reached with it.
    package struct State: Equatable, JSONConvertible {
        // Only who goes back to the twenty-first goal before the present one sees it celebrated again.
        private static let reachedLimit = 20

        private(set) var tally = GoalTally()
        private var calendar = GoalCalendar()
        /// The goals that were reached, the oldest first.
        private var reached: [String] = []
        /// The goal whose celebration is on screen, or `nil`.
        private var celebrated: String?

        /// A goal that stands at its target from the beginning was not reached by anybody.
        init(_ config: Config) {
            remember(config)
        }

        package init?(json: JSONValue) {
            guard let tally = json["tally"].flatMap(GoalTally.init),
                let calendar = json["calendar"].flatMap(GoalCalendar.init), let reached = json["reached"]?.arrayValue
            else { return nil }
            (self.tally, self.calendar) = (tally, calendar)
            self.reached = reached.compactMap(\.stringValue)
            celebrated = json["celebrated"]?.stringValue
        }

        package var json: JSONValue {
            Self.json(tally, calendar: calendar, reached: reached, celebrated: celebrated)
        }

        /// The state of a widget that has counted this much and knows nothing else.
        static func json(_ tally: GoalTally) -> JSONValue {
            json(tally, calendar: GoalCalendar(), reached: [], celebrated: nil)
        }

        private static func json(
            _ tally: GoalTally,
            calendar: GoalCalendar,
            reached: [String],
            celebrated: String?
        ) -> JSONValue {
            [
                "tally": tally.json, "calendar": calendar.json, "reached": .array(reached.map(JSONValue.string)),
                "celebrated": .optional(celebrated),
            ]
        }

        // MARK: What it shows

        /// How far the goal is; of tips in the currency's smallest units.
        func value(_ config: Config) -> Int64 {
            guard config.source == .auto else { return config.currentValue * config.unit }
            var value = config.startValue * config.unit
            value.add(counted(config))
            return value
        }

        /// Whether the last day is over; known only from what came after it, which is all that would have counted.
        func isOver(_ config: Config) -> Bool {
            config.endDay.flatMap(calendar.tally(atEnd:)) != nil
        }

        /// Whether the celebration of that goal is on screen.
        func isCelebrating(_ config: Config) -> Bool {
            celebrated == config.identity
        }

        /// The tips of the goal's days that have no part in its sum, because there was no rate.
        func uncountedTips(_ config: Config) -> CurrencyCounts {
            guard config.countsTips, let (start, end) = span(config) else { return CurrencyCounts() }
            return end.tips.uncounted(in: config.currency).since(start.tips.uncounted(in: config.currency))
        }

        private func counted(_ config: Config) -> Int64 {
            guard let (start, end) = span(config) else { return 0 }
            let parts = Self.parts(of: end, config) - Self.parts(of: start, config)
            let whole = parts / (config.goalType == .custom ? GoalWeights.partsOfPoint : 1)
            return Int64(clamping: max(whole, 0))
        }

        /// The counts between which the goal lies, or `nil` before its first day.
        private func span(_ config: Config) -> (start: GoalTally, end: GoalTally)? {
            let end = config.endDay.flatMap(calendar.tally(atEnd:)) ?? tally
            guard let day = config.startDay else { return (GoalTally(), end) }
            return calendar.tally(atStart: day).map { ($0, end) }
        }

        private static func parts(of tally: GoalTally, _ config: Config) -> Int128 {
            let byPlatform = config.startDay == nil
            switch config.goalType {
            case .followers: return Int128(tally.followers(byPlatform: byPlatform))
            case .subscribers:
                return Int128(tally.subscribers(byPlatform: byPlatform, withRenewals: config.countsRenewals))
            case .bits: return Int128(tally.bits)
            case .tips: return tally.tips.sums(in: config.currency).values.reduce(into: 0) { $0 += Int128($1) }
            case .custom:
                return config.weights.parts(
                    of: tally,
                    currency: config.currency,
                    withRenewals: config.countsRenewals
                )
            }
        }

        // MARK: What changes it

        /// Brings days up to date before anything of that time is counted.
        mutating func pass(_ now: Timestamp, _ config: Config) {
            calendar.pass(now, tally: tally, start: config.startDay, end: config.endDay)
        }

        /// Takes a new count; says whether the goal has just been reached.
        mutating func take(_ tally: GoalTally, at now: Timestamp, _ config: Config) -> Bool {
            pass(now, config)
            let before = value(config)
            self.tally = tally
            return remember(config) && before < config.goal
        }

        /// Remembers the goal when it stands at its target; says whether it does so for the first time.
        @discardableResult
        mutating func remember(_ config: Config) -> Bool {
            guard value(config) >= config.goal, !reached.contains(config.identity) else { return false }
            reached.append(config.identity)
            reached.removeFirst(max(0, reached.count - Self.reachedLimit))
            return true
        }

        mutating func celebrate(_ config: Config) {
            celebrated = config.identity
        }

        /// Takes the celebration off the screen; says whether there was one.
        @discardableResult
        mutating func endCelebration() -> Bool {
            defer { celebrated = nil }
            return celebrated != nil
        }
    }
}
