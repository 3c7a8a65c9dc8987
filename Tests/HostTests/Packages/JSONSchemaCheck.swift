import WidgetAPI

/// As much of JSON Schema (2020-12) as our published schemas use; a keyword beyond that ends the test.
struct JSONSchemaCheck {
    struct UnknownKeyword: Error {
        let name: String
    }

    private static let silent: Set = ["$schema", "$id", "$defs", "title", "description", "default", "then", "else"]

    let root: JSONValue

    /// Whether a value is one of those that the schema describes.
    func accepts(_ value: JSONValue) throws -> Bool {
        try accepts(value, root)
    }

    private func accepts(_ value: JSONValue, _ schema: JSONValue) throws -> Bool {
        if let flag = schema.boolValue { return flag }
        for keyword in schema.objectValue?.members ?? [] where !Self.silent.contains(keyword.name) {
            guard try holds(keyword.name, keyword.value, for: value, in: schema) else { return false }
        }
        return true
    }

    private func holds(
        _ keyword: String,
        _ wanted: JSONValue,
        for value: JSONValue,
        in schema: JSONValue
    ) throws -> Bool {
        switch keyword {
        case "$ref": return try accepts(value, definition(wanted))
        case "type": return Self.isOf(wanted.stringValue ?? "", value)
        case "const": return value == wanted
        case "enum": return wanted.arrayValue?.contains(value) ?? false
        case "anyOf": return try wanted.arrayValue?.contains { try accepts(value, $0) } ?? false
        case "allOf": return try wanted.arrayValue?.allSatisfy { try accepts(value, $0) } ?? false
        case "not": return try !accepts(value, wanted)
        case "if":
            let next = try accepts(value, wanted) ? schema["then"] : schema["else"]
            return try next.map { try accepts(value, $0) } ?? true
        default: break
        }
        switch value {
        case .string(let text): return try holds(keyword, wanted, text: text)
        case .integer, .number: return try holds(keyword, wanted, number: value.numberValue ?? 0)
        case .array(let elements): return try holds(keyword, wanted, elements: elements)
        case .object(let object): return try holds(keyword, wanted, object: object, in: schema)
        default: return true
        }
    }

    private func holds(_ keyword: String, _ wanted: JSONValue, text: String) throws -> Bool {
        let count = Int64(text.unicodeScalars.count)
        switch keyword {
        case "minLength": return count >= wanted.integerValue ?? 0
        case "maxLength": return count <= wanted.integerValue ?? 0
        case "pattern": return text.contains(try Regex(wanted.stringValue ?? ""))
        default: return try other(keyword)
        }
    }

    private func holds(_ keyword: String, _ wanted: JSONValue, number: Double) throws -> Bool {
        let limit = wanted.numberValue ?? 0
        switch keyword {
        case "minimum": return number >= limit
        case "exclusiveMinimum": return number > limit
        case "maximum": return number <= limit
        default: return try other(keyword)
        }
    }

    private func holds(_ keyword: String, _ wanted: JSONValue, elements: [JSONValue]) throws -> Bool {
        switch keyword {
        case "items": return try elements.allSatisfy { try accepts($0, wanted) }
        case "minItems": return elements.count >= Int(wanted.integerValue ?? 0)
        case "maxItems": return elements.count <= Int(wanted.integerValue ?? 0)
        case "uniqueItems": return elements.indices.allSatisfy { !elements[..<$0].contains(elements[$0]) }
        default: return try other(keyword)
        }
    }

    private func holds(
        _ keyword: String,
        _ wanted: JSONValue,
        object: JSONObject,
        in schema: JSONValue
    ) throws -> Bool {
        switch keyword {
        case "properties":
            return try object.members.allSatisfy { member in
                try wanted[member.name].map { try accepts(member.value, $0) } ?? true
            }
        case "required":
            return wanted.arrayValue?.allSatisfy { object[$0.stringValue ?? ""] != nil } ?? false
        case "additionalProperties":
            let known = schema["properties"]
            return try object.members.allSatisfy { try known?[$0.name] != nil || accepts($0.value, wanted) }
        case "propertyNames": return try object.members.allSatisfy { try accepts(.string($0.name), wanted) }
        case "maxProperties": return object.members.count <= Int(wanted.integerValue ?? 0)
        default: return try other(keyword)
        }
    }

    /// A keyword for values of another kind holds for this one.
    private func other(_ keyword: String) throws -> Bool {
        let known: Set = [
            "minLength", "maxLength", "pattern", "minimum", "exclusiveMinimum", "maximum", "items", "minItems",
            "maxItems", "uniqueItems", "properties", "required", "additionalProperties", "propertyNames",
            "maxProperties",
        ]
        guard known.contains(keyword) else { throw UnknownKeyword(name: keyword) }
        return true
    }

    private func definition(_ reference: JSONValue) throws -> JSONValue {
        let prefix = "#/$defs/"
        guard let text = reference.stringValue, text.hasPrefix(prefix),
            let found = root["$defs"]?[String(text.dropFirst(prefix.count))]
        else { throw UnknownKeyword(name: reference.text) }
        return found
    }

    private static func isOf(_ type: String, _ value: JSONValue) -> Bool {
        switch type {
        case "object": value.objectValue != nil
        case "array": value.arrayValue != nil
        case "string": value.stringValue != nil
        case "integer": value.integerValue != nil
        case "number": value.numberValue != nil
        case "boolean": value.boolValue != nil
        default: value.isNull
        }
    }
}
