import WidgetAPI

/// Reads the subset of JSON Schema (2020-12) that a manifest may use, as any validator would; `format` it leaves aside.
struct JSONSchemaReader {
    let schema: JSONValue

    func admits(_ value: JSONValue) -> Bool {
        isOfType(value) && isWithinNumbers(value) && isWithinText(value) && isOneOf(value) && isWithinList(value)
            && isWithinObject(value)
    }

    private func isOfType(_ value: JSONValue) -> Bool {
        switch schema["type"]?.stringValue {
        case "boolean": value.boolValue != nil
        case "integer": value.integerValue != nil
        case "number": value.numberValue != nil
        case "string": value.stringValue != nil
        case "array": value.arrayValue != nil
        case "object": value.objectValue != nil
        default: false
        }
    }

    private func isWithinNumbers(_ value: JSONValue) -> Bool {
        guard let number = value.numberValue else { return true }
        if let minimum = schema["minimum"]?.numberValue, number < minimum { return false }
        if let maximum = schema["maximum"]?.numberValue, number > maximum { return false }
        guard let step = schema["multipleOf"]?.integerValue else { return true }
        return value.integerValue?.isMultiple(of: step) ?? false
    }

    private func isWithinText(_ value: JSONValue) -> Bool {
        guard let text = value.stringValue else { return true }
        // A length in a JSON Schema counts code points; ours counts characters, which is the same for these texts.
        if let least = schema["minLength"]?.integerValue, text.unicodeScalars.count < least { return false }
        if let most = schema["maxLength"]?.integerValue, text.unicodeScalars.count > most { return false }
        guard let pattern = schema["pattern"]?.stringValue else { return true }
        return (try? Regex(pattern)).map { text.contains($0) } ?? false
    }

    private func isOneOf(_ value: JSONValue) -> Bool {
        guard let options = schema["oneOf"]?.arrayValue else { return true }
        return options.count { $0["const"] == value } == 1
    }

    private func isWithinList(_ value: JSONValue) -> Bool {
        guard let elements = value.arrayValue else { return true }
        if let most = schema["maxItems"]?.integerValue, elements.count > most { return false }
        if schema["uniqueItems"]?.boolValue == true {
            for (index, element) in elements.enumerated() where elements[..<index].contains(element) { return false }
        }
        guard let items = schema["items"] else { return true }
        return elements.allSatisfy(JSONSchemaReader(schema: items).admits)
    }

    private func isWithinObject(_ value: JSONValue) -> Bool {
        guard let object = value.objectValue else { return true }
        for name in schema["required"]?.arrayValue ?? [] {
            guard let name = name.stringValue, object[name] != nil else { return false }
        }
        return object.members.allSatisfy { member in
            guard let property = schema["properties"]?[member.name] else {
                return schema["additionalProperties"]?.boolValue ?? true
            }
            return JSONSchemaReader(schema: property).admits(member.value)
        }
    }
}
