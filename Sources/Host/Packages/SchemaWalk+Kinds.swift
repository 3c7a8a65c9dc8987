import WidgetAPI

/// What a setting may hold, by its `type` and `format`.
extension SchemaWalk {
    /// What values a schema takes; `extra` are the members it may have besides those of its kind.
    mutating func kind(
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

    mutating func integer(_ object: JSONObject, at path: JSONPath) -> ConfigSchema.Kind? {
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

    mutating func number(_ object: JSONObject, at path: JSONPath) -> ConfigSchema.Kind? {
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

    mutating func textKind(_ object: JSONObject, at path: JSONPath) -> ConfigSchema.Kind? {
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

    mutating func format(_ object: JSONObject, at path: JSONPath) -> ConfigSchema.TextFormat? {
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
        let wanted = text(object, "x-wanted", at: path, limit: 200) ?? "a text such as \(ShownText.of(written))"
        return .pattern(pattern, wanted: wanted)
    }

    mutating func choice(_ object: JSONObject, at path: JSONPath) -> ConfigSchema.Kind? {
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

    mutating func list(_ object: JSONObject, at path: JSONPath, depth: Int) -> ConfigSchema.Kind? {
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
}
