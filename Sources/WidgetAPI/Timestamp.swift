/// A moment in whole milliseconds since 1970-01-01 00:00 UTC: the only clock a widget sees.
public struct Timestamp: Hashable, Comparable, Sendable {
    /// Milliseconds since 1970-01-01 00:00 UTC.
    public var milliseconds: Int64

    /// A moment from its milliseconds since 1970.
    public init(milliseconds: Int64) {
        self.milliseconds = milliseconds
    }

    /// The earlier moment is the smaller one.
    public static func < (left: Timestamp, right: Timestamp) -> Bool {
        left.milliseconds < right.milliseconds
    }

    /// The moment so many milliseconds later.
    public func advanced(byMilliseconds distance: Int64) -> Timestamp {
        Timestamp(milliseconds: milliseconds + distance)
    }
}

extension Timestamp {
    private static let dayMilliseconds: Int64 = 86_400_000
    /// The years 1 to 9999: four digits hold no other (RFC 3339 section 5.6).
    private static let written: ClosedRange<Int64> = -62_135_596_800_000...253_402_300_799_999

    /// ISO 8601 in UTC with milliseconds, such as `2026-11-21T09:30:00.000Z`.
    ///
    /// Written by hand because every frame carries one: a formatter costs more than the rest of the envelope.
    public var iso8601: String {
        let milliseconds = min(max(milliseconds, Self.written.lowerBound), Self.written.upperBound)
        var (days, rest) = milliseconds.quotientAndRemainder(dividingBy: Self.dayMilliseconds)
        if rest < 0 { (days, rest) = (days - 1, rest + Self.dayMilliseconds) }
        let date = Timestamp.civil(days: days)
        return String(unsafeUninitializedCapacity: 24) { buffer in
            func put(_ value: Int64, _ digits: Int, at offset: Int, then mark: UInt8) {
                var value = value
                for index in stride(from: digits - 1, through: 0, by: -1) {
                    buffer[offset + index] = UInt8(ascii: "0") + UInt8(value % 10)
                    value /= 10
                }
                buffer[offset + digits] = mark
            }
            put(date.year, 4, at: 0, then: UInt8(ascii: "-"))
            put(date.month, 2, at: 5, then: UInt8(ascii: "-"))
            put(date.day, 2, at: 8, then: UInt8(ascii: "T"))
            put(rest / 3_600_000, 2, at: 11, then: UInt8(ascii: ":"))
            put(rest / 60_000 % 60, 2, at: 14, then: UInt8(ascii: ":"))
            put(rest / 1000 % 60, 2, at: 17, then: UInt8(ascii: "."))
            put(rest % 1000, 3, at: 20, then: UInt8(ascii: "Z"))
            return 24
        }
    }

    /// Reads RFC 3339 (`2026-11-21T09:30:00.123456789Z`, or with an offset such as `+02:00`); `nil` for anything else.
    ///
    /// Digits beyond milliseconds are dropped.
    public init?(rfc3339 text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count >= 20, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"),
            bytes[10] | 0x20 == UInt8(ascii: "t"), bytes[13] == UInt8(ascii: ":"), bytes[16] == UInt8(ascii: ":"),
            let year = Timestamp.digits(bytes[0..<4]), let month = Timestamp.digits(bytes[5..<7]),
            let day = Timestamp.digits(bytes[8..<10]), let hour = Timestamp.digits(bytes[11..<13]),
            let minute = Timestamp.digits(bytes[14..<16]), let second = Timestamp.digits(bytes[17..<19]),
            (1...12).contains(month), (1...31).contains(day), hour < 24, minute < 60, second <= 60
        else { return nil }
        var rest = bytes[19...]
        var fraction: Int64 = 0
        if rest.first == UInt8(ascii: ".") {
            let digits = rest.dropFirst().prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
            guard !digits.isEmpty else { return nil }
            for place in 0..<3 {
                let index = digits.startIndex + place
                fraction = fraction * 10 + (index < digits.endIndex ? Int64(digits[index] - UInt8(ascii: "0")) : 0)
            }
            rest = rest[digits.endIndex...]
        }
        guard let offsetMinutes = Timestamp.offset(rest) else { return nil }
        let days = Timestamp.days(year: year, month: month, day: day)
        let seconds = days * 86_400 + hour * 3600 + minute * 60 + second - offsetMinutes * 60
        let milliseconds = seconds * 1000 + fraction
        guard Timestamp.written.contains(milliseconds) else { return nil }
        self.init(milliseconds: milliseconds)
    }

    /// The first moment in UTC of a day such as `2026-11-21`; `nil` for a text that names no day.
    public init?(date text: String) {
        guard text.utf8.count == 10, let moment = Timestamp(rfc3339: text + "T00:00:00Z"),
            // The 31st of February would be another day.
            moment.iso8601.hasPrefix(text)
        else { return nil }
        self = moment
    }

    private static func offset(_ bytes: ArraySlice<UInt8>) -> Int64? {
        guard let sign = bytes.first else { return nil }
        if sign | 0x20 == UInt8(ascii: "z") { return bytes.count == 1 ? 0 : nil }
        let rest = Array(bytes.dropFirst())
        guard sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-"), rest.count == 5, rest[2] == UInt8(ascii: ":"),
            let hours = digits(rest[0..<2]), let minutes = digits(rest[3..<5]), hours < 24, minutes < 60
        else { return nil }
        return (hours * 60 + minutes) * (sign == UInt8(ascii: "-") ? -1 : 1)
    }

    private static func digits(_ bytes: ArraySlice<UInt8>) -> Int64? {
        var value: Int64 = 0
        for byte in bytes {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
            value = value * 10 + Int64(byte - UInt8(ascii: "0"))
        }
        return value
    }

    /// Days since 1970 of a date of the proleptic Gregorian calendar; the year is counted from March so that the leap
    /// day comes last.
    private static func days(year: Int64, month: Int64, day: Int64) -> Int64 {
        let shifted = month <= 2 ? year - 1 : year
        let era = (shifted >= 0 ? shifted : shifted - 399) / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    private static func civil(days: Int64) -> (year: Int64, month: Int64, day: Int64) {
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * monthFromMarch + 2) / 5 + 1)
    }
}
