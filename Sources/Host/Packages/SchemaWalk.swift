import WidgetAPI

/// One walk over a schema; notes what is wrong and goes on.
struct SchemaWalk {
    private static let titleLimit = 100
    private static let fieldMembers = [
        "type", "title", "description", "default", "x-group", "x-unit", "x-when", "x-live",
    ]

    var file: JSONFile
    var fieldCount = 0
    var patternSteps = 0

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

    mutating func required(of object: JSONObject, at path: JSONPath) -> Set<String> {
        guard let value = object["required"] else { return [] }
        let names = value.arrayValue?.compactMap(\.stringValue)
        guard let names, names.count == value.arrayValue?.count, names.count <= ConfigSchemaReader.fieldsLimit else {
            file.refuse(path / "required", value, "a list of names")
            return []
        }
        return Set(names)
    }

    mutating func field(
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
            title: text(object, "title", at: path, limit: Self.titleLimit) ?? Self.title(of: name),
            description: text(object, "description", at: path, limit: 500),
            group: text(object, "x-group", at: path, limit: 60),
            unit: text(object, "x-unit", at: path, limit: 20),
            when: condition(object["x-when"], at: path / "x-when"),
            isLive: flag(object, "x-live", at: path) ?? true
        )
        return field
    }

    mutating func defaultValue(
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
        return words.prefix(1).uppercased() + words.dropFirst().prefix(titleLimit - 1)
    }

    mutating func condition(_ value: JSONValue?, at path: JSONPath) -> ConfigSchema.Condition? {
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

    mutating func checkConditions(of fields: [ConfigSchema.Field], at path: JSONPath) {
        let names = Set(fields.map(\.name))
        for field in fields {
            guard let other = field.when?.field, !names.contains(other) || other == field.name else { continue }
            file.refuse(path / field.name / "x-when" / "field", .string(other), "the name of another setting")
        }
    }

    // MARK: plain members

    mutating func text(_ object: JSONObject, _ name: String, at path: JSONPath, limit: Int) -> String? {
        guard let value = object[name] else { return nil }
        if let text = value.stringValue, text.count <= limit, text.utf8.count <= 4 * limit { return text }
        file.refuse(path / name, value, "a text of at most \(limit) characters")
        return nil
    }

    mutating func flag(_ object: JSONObject, _ name: String, at path: JSONPath) -> Bool? {
        guard let value = object[name] else { return nil }
        if value.boolValue == nil { file.refuse(path / name, value, "true or false") }
        return value.boolValue
    }

    mutating func whole(
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

    mutating func decimal(_ object: JSONObject, _ name: String, at path: JSONPath) -> Double? {
        guard let value = object[name] else { return nil }
        if value.numberValue == nil { file.refuse(path / name, value, "a number") }
        return value.numberValue
    }
}
