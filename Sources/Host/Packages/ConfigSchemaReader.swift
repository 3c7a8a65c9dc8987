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
