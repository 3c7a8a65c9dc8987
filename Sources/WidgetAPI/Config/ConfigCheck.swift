/// One walk over a config beside its schema: fills in defaults and notes what does not fit.
struct ConfigCheck {
    // Nobody reads more, and a config of thousands of unknown names must not become an error of as many lines.
    private static let refusalsLimit = 100

    private(set) var refusals: [ConfigError.Refusal] = []

    /// The object with a value for every field.
    mutating func object(_ value: JSONValue, _ fields: [ConfigSchema.Field], path: String) -> JSONObject {
        guard let given = value.objectValue else {
            refuse(path, value, "an object of settings")
            return JSONObject()
        }
        let known = Set(fields.map(\.name))
        let names = fields.map(\.name).joined(separator: ", ")
        for member in given.members where !known.contains(member.name) {
            refuse(Self.join(path, member.name), member.value, "no setting of this name, but \(names)")
        }
        var result = JSONObject()
        for field in fields {
            let name = Self.join(path, field.name)
            guard let chosen = given[field.name] ?? field.defaultValue else {
                refuse(name, .null, field.kind.wanted)
                continue
            }
            result[field.name] = self.value(chosen, field.kind, path: name)
        }
        return result
    }

    private mutating func value(_ value: JSONValue, _ kind: ConfigSchema.Kind, path: String) -> JSONValue {
        switch kind {
        case .object(let fields):
            return .object(object(value, fields, path: path))
        case .list(let element, let maximum, let isSet):
            guard let items = value.arrayValue, items.count <= maximum else {
                refuse(path, value, kind.wanted)
                return value
            }
            for (index, item) in items.enumerated() where isSet && items[..<index].contains(item) {
                refuse("\(path)[\(index)]", item, "each value once")
            }
            return .array(
                items.enumerated().map { index, item in self.value(item, element, path: "\(path)[\(index)]") }
            )
        default:
            if !Self.isFit(value, kind) { refuse(path, value, kind.wanted) }
            return value
        }
    }

    private static func isFit(_ value: JSONValue, _ kind: ConfigSchema.Kind) -> Bool {
        switch kind {
        case .boolean: value.boolValue != nil
        case .integer(let range, let step):
            value.integerValue.map { range.contains($0) && $0.isMultiple(of: step ?? 1) } ?? false
        case .number(let range, let step):
            value.numberValue.map { range.contains($0) && isMultiple($0, of: step) } ?? false
        case .text(let length, let format): value.stringValue.map { isFit($0, length, format) } ?? false
        case .choice(let options): value.stringValue.map { word in options.contains { $0.value == word } } ?? false
        case .list, .object: true
        }
    }

    private static func isFit(_ text: String, _ length: ClosedRange<Int>, _ format: ConfigSchema.TextFormat) -> Bool {
        guard length.contains(text.count) else { return false }
        if text.isEmpty { return true }
        switch format {
        case .multiline: return true
        case .line, .font: return !text.contains(where: \.isNewline)
        case .color: return isColor(text)
        case .date: return Timestamp(date: text) != nil
        case .dateTime: return Timestamp(rfc3339: text) != nil
        case .uri:
            let rest = ["https://", "http://"].first(where: text.hasPrefix).map { text.dropFirst($0.count) }
            return rest.map { !$0.isEmpty && !text.contains(where: \.isWhitespace) } ?? false
        case .assetImage, .assetSound, .assetVideo: return isAsset(text)
        case .pattern(let pattern, _):
            // A pattern comes from a manifest, where one that cannot be read is refused.
            return (try? TextPattern(pattern))?.matches(text) ?? false
        }
    }

    /// Numbers such as 0.1 have no exact form, so a multiple of theirs is one but for a hair.
    private static func isMultiple(_ number: Double, of step: Double?) -> Bool {
        guard let step else { return true }
        let count = number / step
        return abs(count - count.rounded()) < 1e-6
    }

    private static func isColor(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        return bytes.count == 7 && bytes[0] == UInt8(ascii: "#")
            && bytes.dropFirst().allSatisfy { Character(Unicode.Scalar($0)).isHexDigit }
    }

    /// A path of this host that can neither leave its folder nor carry a query.
    private static func isAsset(_ text: String) -> Bool {
        let prefix = "/files/"
        guard text.hasPrefix(prefix), !text.contains("..") else { return false }
        let name = text.dropFirst(prefix.count).utf8
        return !name.isEmpty
            && name.allSatisfy { byte in
                Character(Unicode.Scalar(byte)).isASCII
                    && (Character(Unicode.Scalar(byte)).isLetter || Character(Unicode.Scalar(byte)).isNumber
                        || "-_./".utf8.contains(byte))
            }
    }

    private mutating func refuse(_ field: String, _ value: JSONValue, _ wanted: String) {
        guard refusals.count < Self.refusalsLimit else { return }
        refusals.append(.init(field: field, value: value, wanted: wanted))
    }

    private static func join(_ path: String, _ name: String) -> String {
        path.isEmpty ? name : "\(path).\(name)"
    }
}
