import WidgetAPI

/// What had been counted at the beginning of a few days, so that a goal may begin on one day and end on another.
///
/// Days are in UTC and by the log's clock.
struct GoalCalendar: Equatable, JSONConvertible {
    /// The count as it stood when a day began.
    private struct Mark: Equatable, JSONConvertible {
        let day: Timestamp
        let tally: GoalTally

        init(_ day: Timestamp, _ tally: GoalTally) {
            (self.day, self.tally) = (day, tally)
        }

        init?(json: JSONValue) {
            guard let day = json["day"]?.integerValue, let tally = json["tally"].flatMap(GoalTally.init) else {
                return nil
            }
            self.init(Timestamp(milliseconds: day), tally)
        }

        var json: JSONValue { ["day": .integer(day.milliseconds), "tally": tally.json] }
    }

    /// The first day of which it knows.
    private var first: Timestamp?
    private var today: Mark?
    private var start: Mark?
    private var end: Mark?

    init() {}

    init?(json: JSONValue) {
        guard json.objectValue != nil else { return nil }
        first = json["first"]?.integerValue.map(Timestamp.init(milliseconds:))
        today = json["today"].flatMap(Mark.init)
        start = json["start"].flatMap(Mark.init)
        end = json["end"].flatMap(Mark.init)
    }

    var json: JSONValue {
        [
            "first": first.map { .integer($0.milliseconds) } ?? .null, "today": today?.json ?? .null,
            "start": start?.json ?? .null, "end": end?.json ?? .null,
        ]
    }

    /// What had been counted when that day began, or `nil` when it has not begun yet.
    func tally(atStart day: Timestamp) -> GoalTally? {
        start?.day == day ? start?.tally : nil
    }

    /// What had been counted when that day began, or `nil` when it has not begun yet.
    func tally(atEnd day: Timestamp) -> GoalTally? {
        end?.day == day ? end?.tally : nil
    }

    /// Notes how the count stands, before it takes anything that came at that time.
    mutating func pass(_ now: Timestamp, tally: GoalTally, start startDay: Timestamp?, end endDay: Timestamp?) {
        if let startDay, now >= startDay, start?.day != startDay {
            start = Mark(startDay, standing(at: startDay, now: tally))
        }
        if let endDay, now >= endDay, end?.day != endDay {
            end = Mark(endDay, standing(at: endDay, now: tally))
        }
        let day = now.startOfDay
        guard today?.day != day else { return }
        today = Mark(day, tally)
        first = first ?? day
    }

    /// The count when a day began that is over; of days between the first one and today nobody has kept it, and the
    /// beginning of today comes closest.
    private func standing(at day: Timestamp, now tally: GoalTally) -> GoalTally {
        guard let first, let today, day <= today.day else { return tally }
        return day <= first ? GoalTally() : today.tally
    }
}

extension Timestamp {
    private static let dayMilliseconds: Int64 = 86_400_000

    /// Midnight before it in UTC.
    var startOfDay: Timestamp {
        let rest = milliseconds % Self.dayMilliseconds
        return advanced(byMilliseconds: rest < 0 ? -rest - Self.dayMilliseconds : -rest)
    }

    /// The same time on the next day.
    var nextDay: Timestamp { advanced(byMilliseconds: Self.dayMilliseconds) }
}
