extension ConfigSchema {
    /// The values a setting takes.
    public indirect enum Kind: Sendable, Equatable {
        /// `true` or `false`.
        case boolean
        /// A whole number of a range, ends included, and a multiple of `multipleOf` where that is given.
        case integer(ClosedRange<Int64>, multipleOf: Int64? = nil)
        /// A number of a range, ends included, and a multiple of `multipleOf` where that is given.
        case number(ClosedRange<Double>, multipleOf: Double? = nil)
        /// A text of so many characters in that format.
        ///
        /// Where none is wanted at least, an empty text stands for "not set" and is accepted in every format.
        case text(ClosedRange<Int>, TextFormat = .line)
        /// One of these.
        case choice([Option])
        /// At most so many values of one kind, in order; with `isSet` each of them once.
        case list(of: Kind, maximum: Int, isSet: Bool = false)
        /// An object with these members and no other.
        case object([Field])

        /// One of these words, each shown as it is written.
        public static func choice(_ words: String...) -> Kind {
            .choice(words.map { Option($0) })
        }

        /// A colour, `#RRGGBB`.
        public static let color = Kind.text(7...7, .color)
    }

    /// A value of a choice and what the form calls it.
    public struct Option: Sendable, Equatable {
        /// The value in the config.
        public let value: String
        /// What the form calls it.
        public let title: String

        /// That value under that name; without one the value itself with a capital letter.
        public init(_ value: String, title: String? = nil) {
            self.value = value
            self.title = title ?? value.prefix(1).uppercased() + value.dropFirst()
        }
    }

    /// What a text stands for.
    public enum TextFormat: Sendable, Equatable {
        /// One line of anything.
        case line
        /// Several lines.
        case multiline
        /// `#RRGGBB`.
        case color
        /// A day, `2026-11-21`.
        case date
        /// A moment as RFC 3339 writes it, `2026-11-21T18:00:00Z`.
        case dateTime
        /// An absolute address with http or https.
        case uri
        /// The name of a font family.
        case font
        /// A picture of the streamer's, `/files/…`.
        case assetImage
        /// A sound, named like a picture.
        case assetSound
        /// A video, named like a picture.
        case assetVideo
        /// One line that the ``TextPattern`` takes as a whole; the second text says so in words.
        case pattern(String, wanted: String)

        /// The name in a JSON Schema's `format`, or `nil` where that has none.
        var name: String? {
            switch self {
            case .line, .pattern: nil
            case .multiline: "multiline"
            case .color: "color"
            case .date: "date"
            case .dateTime: "date-time"
            case .uri: "uri"
            case .font: "font"
            case .assetImage: "asset-image"
            case .assetSound: "asset-sound"
            case .assetVideo: "asset-video"
            }
        }
    }
}

extension ConfigSchema.Kind {
    /// The values it takes, in words, as an error message and a table of options say it.
    public var wanted: String {
        switch self {
        case .boolean: return "true or false"
        case .integer(let range, let step):
            let multiple = step.map { ", a multiple of \($0)" } ?? ""
            return "a whole number from \(range.lowerBound) to \(range.upperBound)\(multiple)"
        case .number(let range, let step):
            let multiple = step.map { ", a multiple of \($0)" } ?? ""
            return "a number from \(range.lowerBound) to \(range.upperBound)\(multiple)"
        case .text(let length, let format): return Self.wanted(length, format)
        case .choice(let options): return "one of \(options.map(\.value).joined(separator: ", "))"
        case .list(let kind, let maximum, let isSet):
            return "a list of at most \(maximum), each \(isSet ? "once and " : "")\(kind.wanted)"
        case .object(let fields): return "an object with \(fields.map(\.name).joined(separator: ", "))"
        }
    }

    private static func wanted(_ length: ClosedRange<Int>, _ format: ConfigSchema.TextFormat) -> String {
        let orNothing = length.lowerBound == 0 ? " or an empty text" : ""
        switch format {
        case .line, .multiline, .font:
            let least = length.lowerBound
            return least == 0
                ? "a text of at most \(length.upperBound) characters"
                : "a text of \(least) to \(length.upperBound) characters"
        case .color: return "a colour such as #5EA8FF\(orNothing)"
        case .date: return "a day such as 2026-11-21\(orNothing)"
        case .dateTime: return "a moment such as 2026-11-21T18:00:00Z\(orNothing)"
        case .uri: return "an http or https address of at most \(length.upperBound) characters\(orNothing)"
        case .assetImage: return "a picture such as /files/ID\(orNothing)"
        case .assetSound: return "a sound such as /files/ID\(orNothing)"
        case .assetVideo: return "a video such as /files/ID\(orNothing)"
        case .pattern(_, let wanted): return "\(wanted)\(orNothing)"
        }
    }
}
