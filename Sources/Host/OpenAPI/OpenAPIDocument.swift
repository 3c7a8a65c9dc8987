import HTTPTypes
import Hummingbird
import NIOCore
import WidgetAPI

/// The description of `/api` for programs: OpenAPI 3.1, made from ``APIOperation/all``.
struct OpenAPIDocument: Sendable {
    private static let failures: [(status: Int, text: String)] = [
        (400, "Something in the request does not fit; the message names it."), (401, "Nobody is signed in."),
        (403, "Somebody else's, or without the session's X-CSRF-Token."), (404, "Nobody's."),
        (409, "As things stand it cannot be done."), (413, "The body is too large."),
        (429, "Too many requests within a minute."), (503, "Something that the host needs is away."),
    ]

    private let bytes: ByteBuffer

    /// That of a host whose sessions have this cookie.
    init(cookie: SessionCookie) {
        bytes = ByteBuffer(string: Self.json(cookieName: cookie.name).text)
    }

    private static func json(cookieName: String) -> JSONValue {
        [
            "openapi": "3.1.0",
            "info": [
                "title": "StreamVibes", "version": .string(ProgramVersion.text),
                "description": """
                What a streamer's dashboard asks of the host. Requests that change something carry the session's \
                token in X-CSRF-Token.
                """,
            ],
            "paths": paths,
            "components": [
                "securitySchemes": [
                    "session": ["type": "apiKey", "in": "cookie", "name": .string(cookieName)],
                    "csrfToken": ["type": "apiKey", "in": "header", "name": "X-CSRF-Token"],
                ],
                "responses": responses, "schemas": .object(APISchemas.all),
            ],
        ]
    }

    private static var paths: JSONValue {
        var paths = JSONObject()
        for operation in APIOperation.all {
            var path = paths[operation.path]?.objectValue ?? JSONObject()
            path[operation.method.rawValue] = operation.json
            paths[operation.path] = .object(path)
        }
        return .object(paths)
    }

    private static var responses: JSONValue {
        var responses = JSONObject()
        for failure in failures {
            var response: JSONObject = [
                "description": .string(failure.text),
                "content": ["application/json": ["schema": ["$ref": "#/components/schemas/Failure"]]],
            ]
            if failure.status == 429 {
                response["headers"] = [
                    "Retry-After": [
                        "description": "Seconds until the next request is admitted.",
                        "schema": ["type": "integer", "minimum": 1], "required": true,
                    ]
                ]
            }
            responses[String(failure.status)] = .object(response)
        }
        return .object(responses)
    }

    /// Written as `GET /openapi.json`.
    var reply: Response {
        Response(
            status: .ok,
            headers: [
                .contentType: "application/json; charset=utf-8", .cacheControl: "public, max-age=3600",
                .accessControlAllowOrigin: "*",
            ],
            body: ResponseBody(byteBuffer: bytes)
        )
    }
}
