import WidgetAPI

/// The values at which a setting can break: each end, each choice, nothing and as much as there may be.
///
/// They are read out of the JSON Schema that a form gets, so a new setting is tested without a new test.
enum SettingEdges {
    /// Every edge of the setting with that schema, in the order of its form; `files` has one for each format.
    static func edges(_ schema: JSONValue, _ files: [String: JSONValue]) -> [JSONValue] {
        if let choices = schema["oneOf"]?.arrayValue { return choices.compactMap { $0["const"] } }
        switch schema["type"]?.stringValue {
        case "boolean": return [false, true]
        case "integer", "number": return [schema["minimum"], schema["maximum"]].compactMap(\.self)
        case "string": return texts(schema, files)
        case "array": return [[], .array(fullList(schema, files))]
        case "object":
            let properties = schema["properties"]?.objectValue?.members ?? []
            return [
                object(properties.compactMap { member in edges(member.value, files).first.map { (member.name, $0) } }),
                object(properties.compactMap { member in edges(member.value, files).last.map { (member.name, $0) } }),
            ]
        default: return []
        }
    }

    private static func texts(_ schema: JSONValue, _ files: [String: JSONValue]) -> [JSONValue] {
        let shortest = Int(schema["minLength"]?.integerValue ?? 0)
        let longest = Int(schema["maxLength"]?.integerValue ?? 0)
        switch schema["format"]?.stringValue {
        case "color": return ["#000000", "#FFFFFF"]
        case "date": return ["", "2024-02-29"]
        case let format? where files[format] != nil: return [""] + [files[format]].compactMap(\.self)
        default:
            // Letters that satisfy a pattern too, where there is one.
            if schema["pattern"] != nil { return ["AAA", "zzz"] }
            return [.string(String(repeating: "W", count: shortest)), .string(String(repeating: "ß", count: longest))]
        }
    }

    private static func fullList(_ schema: JSONValue, _ files: [String: JSONValue]) -> [JSONValue] {
        guard let items = schema["items"] else { return [] }
        let (choices, count) = (edges(items, files), Int(schema["maxItems"]?.integerValue ?? 0))
        // A set has each choice once.
        if items["oneOf"] != nil { return Array(choices.prefix(count)) }
        return (0..<count).map { choices[$0 % choices.count] }
    }

    private static func object(_ members: [(String, JSONValue)]) -> JSONValue {
        var object = JSONObject()
        for (name, value) in members { object[name] = value }
        return .object(object)
    }
}
