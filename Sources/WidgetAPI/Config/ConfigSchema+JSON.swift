extension ConfigSchema {
    /// The schema as a JSON Schema (2020-12): the subset of the manifest, with its `x-` members.
    public var jsonSchema: JSONValue {
        var schema = JSONObject()
        schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
        for member in Self.object(fields).members { schema[member.name] = member.value }
        return .object(schema)
    }

    private static func object(_ fields: [Field]) -> JSONObject {
        var properties = JSONObject()
        for field in fields { properties[field.name] = property(field) }
        var schema: JSONObject = ["type": "object", "properties": .object(properties)]
        let required = fields.filter { $0.defaultValue == nil }.map { JSONValue.string($0.name) }
        if !required.isEmpty { schema["required"] = .array(required) }
        schema["additionalProperties"] = false
        return schema
    }

    private static func property(_ field: Field) -> JSONValue {
        var schema = self.schema(field.kind)
        schema["title"] = .string(field.title)
        schema["description"] = field.description.map(JSONValue.string)
        schema["default"] = field.defaultValue
        schema["x-group"] = field.group.map(JSONValue.string)
        schema["x-unit"] = field.unit.map(JSONValue.string)
        schema["x-when"] = field.when.map { ["field": .string($0.field), "is": .array($0.values)] }
        if !field.isLive { schema["x-live"] = false }
        return .object(schema)
    }

    private static func schema(_ kind: Kind) -> JSONObject {
        switch kind {
        case .boolean: return ["type": "boolean"]
        case .integer(let range, let step):
            var schema: JSONObject = [
                "type": "integer", "minimum": .integer(range.lowerBound), "maximum": .integer(range.upperBound),
            ]
            schema["multipleOf"] = step.map(JSONValue.integer)
            return schema
        case .number(let range, let step):
            var schema: JSONObject = [
                "type": "number", "minimum": .number(range.lowerBound), "maximum": .number(range.upperBound),
            ]
            schema["multipleOf"] = step.map(JSONValue.number)
            return schema
        case .text(let length, let format):
            var schema: JSONObject = ["type": "string"]
            if length.lowerBound > 0 { schema["minLength"] = .integer(Int64(length.lowerBound)) }
            schema["maxLength"] = .integer(Int64(length.upperBound))
            schema["format"] = format.name.map(JSONValue.string)
            if case .pattern(let pattern, let wanted) = format {
                // JSON Schema looks for the pattern anywhere in the text; ours means the whole of it.
                schema["pattern"] = .string(length.lowerBound == 0 ? "^(?:\(pattern))?$" : "^(?:\(pattern))$")
                schema["x-wanted"] = .string(wanted)
            }
            return schema
        case .choice(let options):
            return [
                "type": "string",
                "oneOf": .array(options.map { ["const": .string($0.value), "title": .string($0.title)] }),
            ]
        case .list(let element, let maximum, let isSet):
            var schema: JSONObject = [
                "type": "array", "items": .object(self.schema(element)), "maxItems": .integer(Int64(maximum)),
            ]
            if isSet { schema["uniqueItems"] = true }
            return schema
        case .object(let fields): return object(fields)
        }
    }
}
