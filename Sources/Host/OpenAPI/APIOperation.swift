import WidgetAPI

/// One operation of `/api` as the OpenAPI document tells it.
///
/// What every operation of its kind answers stands here once: who is not signed in, who asks too often, whose ids are
/// somebody else's.
struct APIOperation: Sendable {
    enum Method: String, Sendable {
        case get, post, put, delete
    }

    /// What a request carries.
    enum Body: Sendable {
        case none
        /// An object of that schema.
        case json(String)
        /// The bytes of a file.
        case file
    }

    /// What an answer that went well holds.
    enum Answer: Sendable {
        case nothing
        /// Written as `{data:T}`.
        case data(String)
        /// Written as `{data:[T],meta:{page,total,hasMore}}`.
        case list(String)
        /// A whole document of that schema.
        case document(String)
    }

    let method: Method
    /// With the names of its ids in braces.
    let path: String
    let name: String
    let summary: String
    var query: [APIParameter] = []
    var body = Body.none
    var answer = Answer.nothing
    var status = 200
    /// Whether the state of things can refuse it (409).
    var conflicts = false

    init(
        _ method: Method,
        _ path: String,
        _ name: String,
        _ summary: String,
        query: [APIParameter] = [],
        body: Body = .none,
        _ answer: Answer = .nothing,
        status: Int? = nil,
        conflicts: Bool = false
    ) {
        (self.method, self.path, self.name, self.summary) = (method, path, name, summary)
        (self.query, self.body, self.answer, self.conflicts) = (query, body, answer, conflicts)
        let usual = if case .nothing = answer { 204 } else { 200 }
        self.status = status ?? usual
    }

    private var isChanging: Bool { method != .get }

    private var ids: [String] {
        path.split(separator: "/").filter { $0.hasPrefix("{") }.map { String($0.dropFirst().dropLast()) }
    }

    private var isList: Bool { if case .list = answer { true } else { false } }

    /// Statuses besides the one that went well, and 503 while storage is away.
    private var failures: Set<Int> {
        var failures: Set<Int> = [401, 413, 429, 503]
        if isChanging { failures.insert(403) }
        if !ids.isEmpty { failures.formUnion([403, 404]) }
        if !query.isEmpty || isList || !ids.isEmpty { failures.insert(400) }
        if case .none = body {} else { failures.formUnion([400, 403, 404]) }
        if query.contains(where: { $0.name.hasSuffix("Id") }) { failures.formUnion([403, 404]) }
        if conflicts { failures.insert(409) }
        return failures
    }

    /// Written as an Operation Object (OpenAPI 3.1 section 4.8.10).
    var json: JSONValue {
        var operation: JSONObject = [
            "operationId": .string(name), "summary": .string(summary),
            "tags": [.string(path.split(separator: "/").dropFirst().first.map(String.init) ?? "api")],
            "security": isChanging ? [["session": [], "csrfToken": []]] : [["session": []]],
        ]
        let paging = isList ? APIParameter.paging : []
        let parameters = ids.map(APIParameter.id) + query + paging
        if !parameters.isEmpty { operation["parameters"] = .array(parameters.map(\.json)) }
        switch body {
        case .none: break
        case .json(let schema):
            operation["requestBody"] = [
                "required": true, "content": ["application/json": ["schema": Self.reference(schema)]],
            ]
        case .file:
            operation["requestBody"] = ["required": true, "content": ["application/octet-stream": [:]]]
        }
        var responses: JSONObject = [String(status): wellAnswered]
        for status in failures.sorted() {
            responses[String(status)] = ["$ref": .string("#/components/responses/\(status)")]
        }
        operation["responses"] = .object(responses)
        return .object(operation)
    }

    private var wellAnswered: JSONValue {
        let schema: JSONValue
        switch answer {
        case .nothing: return ["description": "Done."]
        case .document(let name): schema = Self.reference(name)
        case .data(let name):
            schema = ["type": "object", "required": ["data"], "properties": ["data": Self.reference(name)]]
        case .list(let name):
            schema = [
                "type": "object", "required": ["data", "meta"],
                "properties": [
                    "data": ["type": "array", "items": Self.reference(name)], "meta": Self.reference("ListMeta"),
                ],
            ]
        }
        return [
            "description": .string(status == 201 ? "Made." : "Found."),
            "content": ["application/json": ["schema": schema]],
        ]
    }

    private static func reference(_ schema: String) -> JSONValue {
        ["$ref": .string("#/components/schemas/\(schema)")]
    }
}

/// A parameter of an operation.
struct APIParameter: Sendable {
    let name: String
    var place = "query"
    var isRequired = false
    let schema: JSONValue

    static func id(_ name: String) -> APIParameter {
        APIParameter(name: name, place: "path", isRequired: true, schema: ["type": "string", "minLength": 1])
    }

    static let paging = [
        APIParameter(name: "page", schema: ["type": "integer", "minimum": 1, "maximum": 1_000_000, "default": 1]),
        APIParameter(name: "perPage", schema: ["type": "integer", "minimum": 1, "maximum": 100, "default": 20]),
    ]

    /// Written as a Parameter Object.
    var json: JSONValue {
        ["name": .string(name), "in": .string(place), "required": .bool(isRequired), "schema": schema]
    }
}
