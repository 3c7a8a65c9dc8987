import WidgetAPI

/// The values at the ends of what a setting takes, and those just beyond.
struct SettingEdges {
    /// A value that must be refused.
    struct Refused {
        let value: JSONValue
        /// A JSON Schema's `format` tells people what is meant; validators do not look at it.
        var isOfFormat = false
    }

    let kind: ConfigSchema.Kind

    init(_ kind: ConfigSchema.Kind) {
        self.kind = kind
    }

    /// From the least to the most.
    var accepted: [JSONValue] {
        switch kind {
        case .boolean: return [false, true]
        case .integer(let range, let step):
            let step = step ?? 1
            let (least, most) = (range.lowerBound, range.upperBound)
            let first = least.isMultiple(of: step) ? least : least - least % step + (least > 0 ? step : 0)
            return [.integer(first), .integer(most - most % step)]
        case .number(let range, _): return [.number(range.lowerBound), .number(range.upperBound)]
        case .text(let length, let format): return Self.texts(length, format).map { .string($0) }
        case .choice(let options): return options.map { .string($0.value) }
        case .list(let element, let maximum, let isSet):
            let values = SettingEdges(element).accepted
            if isSet { return [[], .array(Array(values.prefix(maximum)))] }
            guard let most = values.last else { return [[]] }
            return [[], .array(Array(repeating: most, count: maximum))]
        case .object(let fields):
            return [Self.object(fields) { $0.first }, Self.object(fields) { $0.last }]
        }
    }

    /// Just beyond the ends, of another type, or written in no way that the format knows.
    var refused: [Refused] {
        let others = otherTypes.map { Refused(value: $0) }
        switch kind {
        case .boolean, .choice: return others
        case .integer(let range, let step):
            var values: [JSONValue] = [.number(Double(range.lowerBound) + 0.5)]
            if range.lowerBound > .min { values.append(.integer(range.lowerBound - 1)) }
            if range.upperBound < .max { values.append(.integer(range.upperBound + 1)) }
            if let step, step > 1, range.contains(range.lowerBound / step * step + 1) {
                values.append(.integer(range.lowerBound / step * step + 1))
            }
            return others + values.map { Refused(value: $0) }
        case .number(let range, _):
            return others
                + [range.lowerBound.nextDown, range.upperBound.nextUp].map { Refused(value: .number($0)) }
        case .text(let length, let format): return others + Self.refusedTexts(length, format)
        case .list(let element, let maximum, let isSet):
            let good = SettingEdges(element).accepted
            var lists = SettingEdges(element).refused.map { Refused(value: [$0.value], isOfFormat: $0.isOfFormat) }
            if let value = good.last {
                lists.append(Refused(value: .array(Array(repeating: value, count: maximum + 1))))
                if isSet { lists.append(Refused(value: [value, value])) }
            }
            return others + lists
        case .object(let fields): return others + Self.refusedObjects(fields)
        }
    }

    /// The texts of which a refusal of a number must speak.
    var ends: [String] {
        switch kind {
        case .integer(let range, _): ["\(range.lowerBound)", "\(range.upperBound)"]
        case .number(let range, _): ["\(range.lowerBound)", "\(range.upperBound)"]
        case .choice(let options): options.map(\.value)
        case .list(_, let maximum, _): ["\(maximum)"]
        case .boolean, .text, .object: []
        }
    }

    private var otherTypes: [JSONValue] {
        let all: [JSONValue] = [nil, true, 1, 1.5, "no value of any choice", [], [:]]
        return all.filter { value in
            switch (kind, value) {
            case (.boolean, .bool), (.integer, .integer), (.integer, .number), (.number, .number), (.number, .integer),
                (.text, .string), (.list, .array), (.object, .object):
                false
            default: true
            }
        }
    }

    private static func object(_ fields: [ConfigSchema.Field], _ pick: ([JSONValue]) -> JSONValue?) -> JSONValue {
        var object = JSONObject()
        for field in fields { object[field.name] = pick(SettingEdges(field.kind).accepted) }
        return .object(object)
    }

    private static func refusedObjects(_ fields: [ConfigSchema.Field]) -> [Refused] {
        let whole = object(fields) { $0.last }.objectValue ?? JSONObject()
        var stranger = whole
        stranger["noSuchSetting"] = 1
        var values = [Refused(value: .object(stranger))]
        for field in fields {
            for refused in SettingEdges(field.kind).refused {
                var object = whole
                object[field.name] = refused.value
                values.append(Refused(value: .object(object), isOfFormat: refused.isOfFormat))
            }
            guard field.defaultValue == nil else { continue }
            var lacking = whole
            lacking[field.name] = nil
            values.append(Refused(value: .object(lacking)))
        }
        return values
    }
}

extension SettingEdges {
    private static func texts(_ length: ClosedRange<Int>, _ format: ConfigSchema.TextFormat) -> [String] {
        let (least, most) = (length.lowerBound, length.upperBound)
        let nothing = least == 0 ? [""] : []
        switch format {
        case .line, .font: return [String(repeating: "x", count: least), String(repeating: "W", count: most)]
        case .multiline: return [String(repeating: "x", count: least), String(repeating: "\n", count: most)]
        case .color: return nothing + ["#000000", "#FFffff"]
        case .date: return nothing + ["1970-01-01", "2999-12-31"]
        case .dateTime: return nothing + ["1970-01-01T00:00:00Z", "2999-12-31T23:59:59Z"]
        case .uri: return nothing + ["http://x", filled("https://x/", most)]
        case .assetImage, .assetSound, .assetVideo: return nothing + ["/files/x", filled("/files/", most)]
        case .pattern(let pattern, _):
            let candidates = ["a", "Z", "0", "a-b", "a.b", "@a"].flatMap { letters in
                length.map { String(String(repeating: letters, count: $0).prefix($0)) }
            }
            return nothing + candidates.filter { matches($0, pattern) }
        }
    }

    private static func refusedTexts(_ length: ClosedRange<Int>, _ format: ConfigSchema.TextFormat) -> [Refused] {
        var texts = [String(repeating: "x", count: length.upperBound + 1)]
        if length.lowerBound > 0 { texts.append(String(repeating: "x", count: length.lowerBound - 1)) }
        let misfits: [String] =
            switch format {
            case .multiline: []
            case .line, .font: length.upperBound > 2 ? ["a\nb"] : []
            case .color: ["#12345G", "red", "#123456;"]
            case .date: ["2026-02-30", "tomorrow"]
            case .dateTime: ["2026-02-30T00:00:00Z", "tomorrow"]
            case .uri: ["ftp://x", "javascript:x", "https://"]
            case .assetImage, .assetSound, .assetVideo:
                ["/etc/passwd", "assets/x", "/files/../x", "https://x/y", "/files/a?b"]
            case .pattern: []
            }
        var refused = texts.map { Refused(value: .string($0)) }
        refused += misfits.map { Refused(value: .string($0), isOfFormat: true) }
        if case .pattern(let pattern, _) = format {
            let strange = length.filter { $0 > 0 }.map { String(repeating: "\u{7F}", count: $0) }
            refused += strange.filter { !matches($0, pattern) }.map { Refused(value: .string($0)) }
        }
        return refused
    }

    private static func filled(_ beginning: String, _ length: Int) -> String {
        beginning + String(repeating: "x", count: max(length - beginning.count, 1))
    }

    private static func matches(_ text: String, _ pattern: String) -> Bool {
        guard let expression = try? Regex(pattern) else { return false }
        return text.wholeMatch(of: expression) != nil
    }
}
