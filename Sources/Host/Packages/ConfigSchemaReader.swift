import WidgetAPI

/// Reads a manifest's `configSchema`: the subset of JSON Schema that ``ConfigSchema/jsonSchema`` writes.
///
/// A setting with neither a default nor a place in `required` gets the emptiest value of its kind, for a widget must
/// run as soon as it is placed.
enum ConfigSchemaReader {
    // A form with more is no form, and the walk over a config stays short.
    static let fieldsLimit = 200
    static let optionsLimit = 200
    static let depthLimit = 4
    // Of all patterns together: what a whole form costs must stay small too.
    static let patternStepsLimit = 3_000

    /// Written by the host itself into every config; a widget never sees them.
    static let reserved: Set = ["platforms", "useThemeColors", "colorOverrides"]

    static func schema(_ value: JSONValue?, at path: JSONPath, in file: inout JSONFile) -> ConfigSchema? {
        let known = ["$schema", "type", "title", "description", "properties", "required", "additionalProperties"]
        var walk = SchemaWalk(file: file)
        defer { file = walk.file }
        guard let object = walk.file.members(of: value, at: path, known: known) else { return nil }
        return ConfigSchema(walk.fields(of: object, at: path, depth: 1))
    }
}

/// One walk over a schema; notes what is wrong and goes on.
private struct SchemaWalk {
    private static let fieldMembers = [
        "type", "title", "description", "default", "x-group", "x-unit", "x-when", "x-live",
    ]

    var file: JSONFile
    private var fieldCount = 0
    private var patternSteps = 0

    init(file: JSONFile) {
        self.file = file
    }

    // MARK: objects

    /// The settings of an object schema whose own members are known.
    mutating func fields(of object: JSONObject, at path: JSONPath, depth: Int) -> [ConfigSchema.Field] {
        if object["type"]?.stringValue != "object" { file.refuse(path / "type", object["type"], "\"object\"") }
        if let more = object["additionalProperties"], more != false {
            file.refuse(path / "additionalProperties", more, "false, for every setting has its field,")
        }
        let required = required(of: object, at: path)
        let place = path / "properties"
        guard let properties = object["properties"] else { return [] }
        guard depth <= ConfigSchemaReader.depthLimit else {
            file.refuse(place, "objects inside one another, at most \(ConfigSchemaReader.depthLimit) deep wanted")
            return []
        }
        guard let members = file.members(of: properties, at: place, known: nil)?.members else { return [] }
        for name in required where properties[name] == nil {
            file.refuse(path / "required", .string(name), "the name of a property")
        }
        var fields: [ConfigSchema.Field] = []
        for member in members {
            fieldCount += 1
            guard fieldCount <= ConfigSchemaReader.fieldsLimit else {
                file.refuse(place, "more than \(ConfigSchemaReader.fieldsLimit) settings")
                return fields
            }
            let isRequired = required.contains(member.name)
            if let field = field(member, at: place / member.name, required: isRequired, depth: depth) {
                fields.append(field)
            }
        }
        checkConditions(of: fields, at: place)
        return fields
    }

    private mutating func required(of object: JSONObject, at path: JSONPath) -> Set<String> {
        guard let value = object["required"] else { return [] }
        let names = value.arrayValue?.compactMap(\.stringValue)
        guard let names, names.count == value.arrayValue?.count, names.count <= ConfigSchemaReader.fieldsLimit else {
            file.refuse(path / "required", value, "a list of names")
            return []
        }
        return Set(names)
    }

    private mutating func field(
        _ member: JSONObject.Member,
        at path: JSONPath,
        required: Bool,
        depth: Int
    ) -> ConfigSchema.Field? {
        let name = member.name
        if name.wholeMatch(of: /[A-Za-z][A-Za-z0-9_-]{0,59}/) == nil {
            file.refuse(path, "a name of at most 60 letters, digits, \"_\" and \"-\" wanted, a letter first")
        }
        if depth == 1, ConfigSchemaReader.reserved.contains(name) {
            file.refuse(path, "the host has a setting of this name for every widget; another one wanted")
        }
        guard let object = member.value.objectValue else {
            file.refuse(path, member.value, "an object")
            return nil
        }
        guard let kind = kind(object, at: path, extra: Self.fieldMembers, depth: depth) else { return nil }
        let field = ConfigSchema.Field(
            name,
            kind,
            default: defaultValue(object["default"], of: kind, at: path, required: required),
            title: text(object, "title", at: path, limit: 100) ?? Self.title(of: name),
            description: text(object, "description", at: path, limit: 500),
            group: text(object, "x-group", at: path, limit: 60),
            unit: text(object, "x-unit", at: path, limit: 20),
            when: condition(object["x-when"], at: path / "x-when"),
            isLive: flag(object, "x-live", at: path) ?? true
        )
        return field
    }

    private mutating func defaultValue(
        _ value: JSONValue?,
        of kind: ConfigSchema.Kind,
        at path: JSONPath,
        required: Bool
    ) -> JSONValue? {
        guard let value else {
            if required { return nil }
            if let empty = Self.emptiest(kind) { return empty }
            file.refuse(path / "default", nil, kind.wanted)
            return nil
        }
        let name = "default"
        do throws(ConfigError) {
            _ = try ConfigSchema([.init(name, kind, title: name)]).validate(["default": value])
        } catch {
            for refusal in error.refusals {
                file.refuse(
                    path / name,
                    "\(refusal.field): \(ShownText.of(refusal.value)) given, \(refusal.wanted) wanted"
                )
            }
        }
        return value
    }

    /// What a setting is when nobody says anything, or `nil` where it cannot be empty.
    private static func emptiest(_ kind: ConfigSchema.Kind) -> JSONValue? {
        switch kind {
        case .boolean: return false
        case .integer(let range, let step):
            guard step == nil || range.contains(0) else { return nil }
            return .integer(min(max(0, range.lowerBound), range.upperBound))
        case .number(let range, let step):
            guard step == nil || range.contains(0) else { return nil }
            return .number(min(max(0, range.lowerBound), range.upperBound))
        case .text(let length, _): return length.lowerBound == 0 ? "" : nil
        case .choice(let options): return options.first.map { .string($0.value) }
        case .list: return []
        case .object(let fields):
            guard fields.allSatisfy({ $0.defaultValue != nil }) else { return nil }
            return .object(ConfigSchema(fields).defaults)
        }
    }

    /// What a form calls a setting that has no title: `maxMessages` becomes `Max messages`.
    private static func title(of name: String) -> String {
        var words = ""
        for character in name {
            if character == "_" || character == "-" {
                words += " "
            } else if character.isUppercase, !words.isEmpty {
                words += " " + character.lowercased()
            } else {
                words.append(character)
            }
        }
        return words.prefix(1).uppercased() + words.dropFirst()
    }

    private mutating func condition(_ value: JSONValue?, at path: JSONPath) -> ConfigSchema.Condition? {
        guard let value else { return nil }
        guard let object = file.members(of: value, at: path, known: ["field", "is"]) else { return nil }
        guard let name = object["field"]?.stringValue else {
            file.refuse(path / "field", object["field"], "the name of another setting")
            return nil
        }
        guard let values = object["is"]?.arrayValue, (1...ConfigSchemaReader.optionsLimit).contains(values.count) else {
            file.refuse(path / "is", object["is"], "a list of values")
            return nil
        }
        return ConfigSchema.Condition(name, is: values)
    }

    private mutating func checkConditions(of fields: [ConfigSchema.Field], at path: JSONPath) {
        let names = Set(fields.map(\.name))
        for field in fields {
            guard let other = field.when?.field, !names.contains(other) || other == field.name else { continue }
            file.refuse(path / field.name / "x-when" / "field", .string(other), "the name of another setting")
        }
    }

    // MARK: kinds

    /// What values a schema takes; `extra` are the members it may have besides those of its kind.
    private mutating func kind(
        _ object: JSONObject,
        at path: JSONPath,
        extra: [String],
        depth: Int
    ) -> ConfigSchema.Kind? {
        let type = object["type"]?.stringValue ?? (Self.isChoice(object) ? "string" : nil)
        let members: [String]
        switch type {
        case "boolean": members = []
        case "integer", "number": members = ["minimum", "maximum", "multipleOf"]
        case "string" where Self.isChoice(object): members = ["enum", "oneOf"]
        case "string": members = ["minLength", "maxLength", "format", "pattern", "x-wanted"]
        case "array": members = ["items", "maxItems", "uniqueItems"]
        case "object": members = ["properties", "required", "additionalProperties"]
        default:
            file.refuse(path / "type", object["type"], "one of string, integer, number, boolean, array, object")
            return nil
        }
        _ = file.members(of: .object(object), at: path, known: (extra.isEmpty ? ["type"] : extra) + members)
        switch type {
        case "boolean": return .boolean
        case "integer": return integer(object, at: path)
        case "number": return number(object, at: path)
        case "string" where Self.isChoice(object): return choice(object, at: path)
        case "string": return textKind(object, at: path)
        case "array": return list(object, at: path, depth: depth)
        default: return .object(fields(of: object, at: path, depth: depth + 1))
        }
    }

    private static func isChoice(_ object: JSONObject) -> Bool {
        object["enum"] != nil || object["oneOf"] != nil
    }

    private mutating func integer(_ object: JSONObject, at path: JSONPath) -> ConfigSchema.Kind? {
        // What a double holds exactly, for that is what pages and Lua's JSON reckon with.
        let most: Int64 = (1 << 53) - 1
        let minimum = whole(object, "minimum", at: path, in: Int64.min...Int64.max) ?? -most
        let maximum = whole(object, "maximum", at: path, in: Int64.min...Int64.max) ?? most
        let step = whole(object, "multipleOf", at: path, in: 1...most)
        guard minimum <= maximum else {
            file.refuse(path / "maximum", object["maximum"], "a number that is not below minimum")
            return nil
        }
        return .integer(minimum...maximum, multipleOf: step)
    }

    private mutating func number(_ object: JSONObject, at path: JSONPath) -> ConfigSchema.Kind? {
        let most = 9_007_199_254_740_991.0
        let minimum = decimal(object, "minimum", at: path) ?? -most
        let maximum = decimal(object, "maximum", at: path) ?? most
        let step = decimal(object, "multipleOf", at: path)
        if let step, step <= 0 { file.refuse(path / "multipleOf", object["multipleOf"], "a number above 0") }
        guard minimum <= maximum else {
            file.refuse(path / "maximum", object["maximum"], "a number that is not below minimum")
            return nil
        }
        return .number(minimum...maximum, multipleOf: step.flatMap { $0 > 0 ? $0 : nil })
    }

    private mutating func textKind(_ object: JSONObject, at path: JSONPath) -> ConfigSchema.Kind? {
        // Longer patterns and texts together would be a way to keep the host busy.
        let limit: Int64 = object["pattern"] == nil ? 16_384 : 2_000
        let minimum = whole(object, "minLength", at: path, in: 0...limit) ?? 0
        guard let format = format(object, at: path) else { return nil }
        let usual: Int64 =
            switch format {
            case .color: 7
            case .date: 10
            case .dateTime: 40
            case .uri: 2_000
            case .multiline: 4_000
            default: 500
            }
        let maximum = whole(object, "maxLength", at: path, in: 0...limit) ?? max(usual, minimum)
        guard minimum <= maximum else {
            file.refuse(path / "maxLength", object["maxLength"], "a number that is not below minLength")
            return nil
        }
        return .text(Int(minimum)...Int(maximum), format)
    }

    private mutating func format(_ object: JSONObject, at path: JSONPath) -> ConfigSchema.TextFormat? {
        let formats: [String: ConfigSchema.TextFormat] = [
            "multiline": .multiline, "color": .color, "date": .date, "date-time": .dateTime, "uri": .uri,
            "font": .font, "asset-image": .assetImage, "asset-sound": .assetSound, "asset-video": .assetVideo,
        ]
        if let value = object["format"] {
            guard let format = value.stringValue.flatMap({ formats[$0] }) else {
                file.refuse(path / "format", value, "one of \(formats.keys.sorted().joined(separator: ", "))")
                return nil
            }
            if let pattern = object["pattern"] {
                file.refuse(path / "pattern", pattern, "either a format or a pattern")
            }
            return format
        }
        guard let value = object["pattern"] else { return .line }
        guard let written = value.stringValue else {
            file.refuse(path / "pattern", value, "a regular expression")
            return nil
        }
        let pattern = TextPattern.whole(ofSearch: written)
        do throws(TextPattern.Fault) {
            patternSteps += try TextPattern(pattern).stepCount
        } catch {
            file.refuse(path / "pattern", value, "\(error.message); a simple regular expression")
            return nil
        }
        guard patternSteps <= ConfigSchemaReader.patternStepsLimit else {
            file.refuse(path / "pattern", "with it the patterns of all settings are too long, shorter ones wanted")
            return nil
        }
        let wanted = text(object, "x-wanted", at: path, limit: 200) ?? "a text such as \(written)"
        return .pattern(pattern, wanted: wanted)
    }

    private mutating func choice(_ object: JSONObject, at path: JSONPath) -> ConfigSchema.Kind? {
        let name = object["oneOf"] == nil ? "enum" : "oneOf"
        guard let values = object[name]?.arrayValue, (1...ConfigSchemaReader.optionsLimit).contains(values.count) else {
            file.refuse(path / name, object[name], "a list of 1 to \(ConfigSchemaReader.optionsLimit) choices")
            return nil
        }
        var options: [ConfigSchema.Option] = []
        for (index, value) in values.enumerated() {
            let place = (path / name)[index]
            let option = name == "enum" ? value : value["const"]
            guard let word = option?.stringValue, !options.contains(where: { $0.value == word }) else {
                file.refuse(
                    place,
                    value,
                    name == "enum" ? "a text, each once" : "{\"const\", \"title\"}, each text once"
                )
                continue
            }
            if name == "oneOf" { _ = file.members(of: value, at: place, known: ["const", "title"]) }
            options.append(.init(word, title: value["title"]?.stringValue))
        }
        return options.isEmpty ? nil : .choice(options)
    }

    private mutating func list(_ object: JSONObject, at path: JSONPath, depth: Int) -> ConfigSchema.Kind? {
        let maximum = whole(object, "maxItems", at: path, in: 1...1_000) ?? 100
        let isSet = flag(object, "uniqueItems", at: path) ?? false
        guard let items = object["items"]?.objectValue else {
            file.refuse(path / "items", object["items"], "the schema of one element")
            return nil
        }
        guard depth < ConfigSchemaReader.depthLimit else {
            file.refuse(
                path,
                "lists and objects inside one another, at most \(ConfigSchemaReader.depthLimit) deep wanted"
            )
            return nil
        }
        let extra = ["type", "title", "description"]
        guard let element = kind(items, at: path / "items", extra: extra, depth: depth + 1) else { return nil }
        return .list(of: element, maximum: Int(maximum), isSet: isSet)
    }

    // MARK: plain members

    private mutating func text(_ object: JSONObject, _ name: String, at path: JSONPath, limit: Int) -> String? {
        guard let value = object[name] else { return nil }
        if let text = value.stringValue, text.count <= limit, text.utf8.count <= 4 * limit { return text }
        file.refuse(path / name, value, "a text of at most \(limit) characters")
        return nil
    }

    private mutating func flag(_ object: JSONObject, _ name: String, at path: JSONPath) -> Bool? {
        guard let value = object[name] else { return nil }
        if value.boolValue == nil { file.refuse(path / name, value, "true or false") }
        return value.boolValue
    }

    private mutating func whole(
        _ object: JSONObject,
        _ name: String,
        at path: JSONPath,
        in range: ClosedRange<Int64>
    ) -> Int64? {
        guard let value = object[name] else { return nil }
        if let number = value.integerValue, range.contains(number) { return number }
        let ends = range.lowerBound == .min ? "" : " from \(range.lowerBound) to \(range.upperBound)"
        file.refuse(path / name, value, "a whole number\(ends)")
        return nil
    }

    private mutating func decimal(_ object: JSONObject, _ name: String, at path: JSONPath) -> Double? {
        guard let value = object[name] else { return nil }
        if value.numberValue == nil { file.refuse(path / name, value, "a number") }
        return value.numberValue
    }
}
