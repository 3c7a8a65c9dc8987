import WidgetAPI

/// The forms of what `/api` takes and answers, as JSON Schema 2020-12 (contract section 2).
enum APISchemas {
    static let all: JSONObject = {
        var all = JSONObject()
        for part in [common, account, layouts, themes, events] {
            for member in part.members { all[member.name] = member.value }
        }
        return all
    }()

    // MARK: Words

    static let text: JSONValue = ["type": "string"]
    static let optionalText: JSONValue = ["type": ["string", "null"]]
    static let flag: JSONValue = ["type": "boolean"]
    static let moment: JSONValue = ["type": "string", "format": "date-time"]
    static let optionalMoment: JSONValue = ["type": ["string", "null"], "format": "date-time"]
    static let integer: JSONValue = ["type": "integer"]
    static let anyObject: JSONValue = ["type": "object"]

    static func text(_ length: ClosedRange<Int64>, _ more: JSONObject = [:]) -> JSONValue {
        var schema: JSONObject = [
            "type": "string", "minLength": .integer(length.lowerBound), "maxLength": .integer(length.upperBound),
        ]
        for member in more.members { schema[member.name] = member.value }
        return .object(schema)
    }

    static func integer(_ range: ClosedRange<Int64>) -> JSONValue {
        ["type": "integer", "minimum": .integer(range.lowerBound), "maximum": .integer(range.upperBound)]
    }

    static func choice(_ words: [String]) -> JSONValue {
        ["type": "string", "enum": .array(words.map(JSONValue.string))]
    }

    static func list(of schema: JSONValue, atMost count: Int64? = nil) -> JSONValue {
        var list: JSONObject = ["type": "array", "items": schema]
        list["maxItems"] = count.map(JSONValue.integer)
        return .object(list)
    }

    static func reference(_ name: String) -> JSONValue { ["$ref": .string("#/components/schemas/\(name)")] }

    static func nullable(_ name: String) -> JSONValue { ["anyOf": [reference(name), ["type": "null"]]] }

    /// An answer: all of it is always there.
    static func answer(_ members: JSONObject) -> JSONValue {
        [
            "type": "object", "required": .array(members.members.map { .string($0.name) }),
            "properties": .object(members),
        ]
    }

    /// What is sent: nothing else may stand there.
    static func input(_ members: JSONObject, required: [String] = []) -> JSONValue {
        var schema: JSONObject = ["type": "object", "additionalProperties": false, "properties": .object(members)]
        if !required.isEmpty { schema["required"] = .array(required.map(JSONValue.string)) }
        return .object(schema)
    }

    // MARK: Schemas

    private static let common: JSONObject = [
        "Failure": answer([
            "error": [
                "type": "object", "required": ["code", "message"],
                "properties": ["code": text, "message": text, "details": [:]],
            ]
        ]),
        "ListMeta": answer(["page": integer, "total": integer, "hasMore": flag]),
    ]

    private static let position = (
        grid: [
            "x": integer(0...1919), "y": integer(0...1079), "width": integer(1...1920), "height": integer(1...1080),
        ] as JSONObject,
        names: ["x", "y", "width", "height"]
    )

    private static let widgetMembers: JSONObject = [
        "config": anyObject, "position": input(position.grid, required: position.names),
        "zIndex": integer(-10_000...10_000), "visible": flag, "locked": flag,
    ]

    private static func widget(adding members: JSONObject, required: [String]) -> JSONValue {
        var all = widgetMembers
        for member in members.members { all[member.name] = member.value }
        return input(all, required: required)
    }

    private static let layoutMembers: JSONObject = [
        "name": text(1...80), "mode": choice(["grid", "free"]),
        "grid": input(["columns": integer(1...24), "rows": integer(1...20), "gap": integer(0...32)]),
        "themeId": text(1...64), "widgets": list(of: reference("LayoutWidget"), atMost: 10),
        "version": integer(1...Int64.max),
    ]

    private static let layouts: JSONObject = [
        "Layout": answer([
            "id": text, "name": text, "isDefault": flag, "mode": choice(["grid", "free"]),
            "grid": answer(["columns": integer, "rows": integer, "gap": integer]), "themeId": text,
            "widgets": list(of: reference("Widget")), "version": integer, "createdAt": moment, "updatedAt": moment,
        ]),
        "LayoutName": input(["name": text(1...80)], required: ["name"]),
        "LayoutInput": input(layoutMembers, required: ["version"]),
        "LayoutWidget": widget(
            adding: ["id": text(1...64), "layoutId": text(1...64), "type": text(1...64)],
            required: []
        ),
        "Widget": answer([
            "id": text, "layoutId": text, "type": text, "config": anyObject,
            "position": answer(["x": integer, "y": integer, "width": integer, "height": integer]), "zIndex": integer,
            "visible": flag, "locked": flag,
        ]),
        "NewWidget": widget(adding: ["layoutId": text(1...64), "type": text(1...64)], required: ["type"]),
        "WidgetInput": widget(
            adding: ["id": text(1...64), "layoutId": text(1...64), "type": text(1...64)],
            required: []
        ),
        "WidgetType": answer([
            "id": text, "name": text, "version": text, "kind": choice(["builtin", "lua"]), "description": text,
            "author": text, "icon": text,
            "category": choice(["chat", "alerts", "goals", "stats", "games", "interaction", "tools", "display"]),
            "defaultSize": answer(["width": integer, "height": integer]), "configSchema": anyObject,
            "defaults": anyObject, "events": list(of: text), "permissions": list(of: text),
        ]),
        "Health": answer([
            "state": choice(["running", "backing-off", "stopped"]), "since": moment, "error": nullable("HealthFault"),
            "log": list(of: answer(["at": moment, "level": text, "text": text])), "budget": anyObject,
        ]),
        "HealthFault": answer([
            "kind": choice(["error", "limit", "memory", "killed", "rejected", "permission"]), "message": text,
            "traceback": text, "at": moment,
        ]),
        "OverlayKey": answer(["key": optionalText, "previousEndsAt": optionalMoment]),
    ]

    private static let color: JSONValue = ["type": "string", "pattern": "^#[0-9A-Fa-f]{6}$"]

    private static let variables: JSONObject = [
        "primary": color, "secondary": color, "accent": color, "background": color,
        "backgroundAlpha": ["type": "number", "minimum": 0, "maximum": 1], "text": color, "mutedText": color,
        "radius": integer(0...32), "spacing": integer(0...32), "headingFont": text(1...100), "bodyFont": text(1...100),
        "fontScale": ["type": "number", "enum": [0.85, 1, 1.2]],
    ]

    private static let themes: JSONObject = [
        "Theme": answer(["id": text, "name": text, "isDefault": flag, "variables": answer(variables)]),
        "ThemeInput": input(["name": text(1...80), "variables": input(variables)]),
        "NewTheme": input(["name": text(1...80), "variables": input(variables)], required: ["name"]),
        "ThemeFile": input(
            [
                "format": ["const": "streamvibes-theme"], "version": ["const": 1], "name": text(1...80),
                "variables": input(variables, required: variables.members.map(\.name)),
            ],
            required: ["name", "variables"]
        ),
        "File": answer([
            "id": text, "url": text, "name": text, "type": text, "kind": text, "size": integer, "createdAt": moment,
        ]),
    ]
}
