import Testing
import WidgetAPI

@testable import Host

/// A host with the demo streamer signed in, as their dashboard talks to it.
final class DemoStreamer {
    /// What `/api` answered.
    struct Answer {
        let status: Int
        let json: JSONValue

        var data: JSONValue { json["data"] ?? .null }
        var items: [JSONValue] { json["data"]?.arrayValue ?? [] }
        var code: String? { json["error"]?["code"]?.stringValue }
        var message: String { json["error"]?["message"]?.stringValue ?? "" }
    }

    let server: ServerProcess
    let cookie: String
    private(set) var csrfToken = ""

    /// Starts a host whose simulator sends nothing, and signs in.
    ///
    /// Beside the demo there is a second streamer, `twitch/bob` of user 99.
    init(arguments: [String] = [], environment: [String: String] = ServerProcess.environment) throws {
        server = try ServerProcess(arguments: ["--demo", "--demo-rate", "0"] + arguments, environment: environment)
        try server.command("channel", "add", "twitch", "bob", "--user-id", "99")
        try server.start()
        let login = try HTTPExchange.perform("POST", "/auth/demo", port: server.port)
        cookie = String(try #require(login.headers["set-cookie"]?.split(separator: ";").first))
        csrfToken = try get("/api/session").data["csrfToken"]?.stringValue ?? ""
    }

    /// The second streamer of that host, signed in beside the first: `twitch/bob`.
    init(besides other: DemoStreamer) throws {
        server = other.server
        let login = try HTTPExchange.perform("POST", "/auth/demo", port: server.port)
        cookie = String(try #require(login.headers["set-cookie"]?.split(separator: ";").first))
        // There is no demo login for a second one, so a session of the first is made theirs.
        let token = SessionToken(text: String(try #require(cookie.split(separator: "=").last)))
        let owner = "(SELECT streamer_id FROM channels WHERE channel = 'bob')"
        try EventTable(of: server).change(
            "UPDATE sessions SET streamer_id = \(owner) WHERE token_hash = '\(token.hash)'"
        )
        csrfToken = try get("/api/session").data["csrfToken"]?.stringValue ?? ""
    }

    func get(_ path: String) throws -> Answer {
        try ask("GET", path)
    }

    func post(_ path: String, _ body: JSONValue = [:]) throws -> Answer {
        try ask("POST", path, body)
    }

    func put(_ path: String, _ body: JSONValue) throws -> Answer {
        try ask("PUT", path, body)
    }

    func delete(_ path: String) throws -> Answer {
        try ask("DELETE", path)
    }

    func ask(
        _ method: String,
        _ path: String,
        _ body: JSONValue? = nil,
        text: String? = nil,
        csrf: Bool = true
    ) throws -> Answer {
        let bytes = Array((text ?? body?.text ?? "").utf8)
        let answer = try exchange(method, path, bytes: bytes, csrf: csrf)
        return Answer(status: answer.status, json: answer.body.isEmpty ? .null : try JSONValue(parsing: answer.body))
    }

    /// The same with any body, and the answer as it came.
    func exchange(_ method: String, _ path: String, bytes: [UInt8] = [], csrf: Bool = true) throws -> HTTPExchange {
        var headers = [("Cookie", cookie)]
        if csrf { headers.append(("X-CSRF-Token", csrfToken)) }
        let socket = try Socket(port: server.port)
        return try HTTPExchange.perform(
            method,
            path,
            headers: headers,
            body: bytes,
            on: socket,
            withinMilliseconds: 60_000
        )
    }

    /// An answer that comes in chunks (RFC 9112 section 7.1).
    func download(_ path: String) throws -> (head: String, body: String) {
        let socket = try Socket(port: server.port)
        try socket.send(HTTPExchange.request("GET", path, headers: [("Cookie", cookie)]))
        let head = try #require(try socket.take(through: "\r\n\r\n", withinMilliseconds: 60_000))
        let body = try HTTPExchange.takePieces(from: socket, withinMilliseconds: 60_000)
        return (head, String(decoding: body, as: UTF8.self))
    }

    /// Uploads a file.
    func upload(_ bytes: [UInt8], query: String = "") throws -> Answer {
        let answer = try exchange("POST", "/api/files\(query)", bytes: bytes)
        return Answer(status: answer.status, json: try JSONValue(parsing: answer.body))
    }

    /// An overlay page of theirs that is not there; `key` opens a private layout.
    func page(
        of channel: String = "demo",
        view: String = "overlay",
        layout: String? = nil,
        key: String? = nil
    ) throws -> WebSocketClient {
        let client = try WebSocketClient(port: server.port)
        var payload: JSONObject = ["platform": "twitch", "channel": .string(channel), "view": .string(view)]
        payload["layoutId"] = layout.map(JSONValue.string)
        payload["key"] = key.map(JSONValue.string)
        try client.send("overlay:subscribe", .object(payload))
        return client
    }

    /// The layout on air.
    func layout() throws -> JSONValue {
        try #require(try get("/api/layouts").items.first)
    }

    /// The key that opens the layout on air.
    func key() throws -> String {
        let layout = try #require(try layout()["id"]?.stringValue)
        return try #require(try get("/api/layouts/\(layout)/key").data["key"]?.stringValue)
    }

    /// The id of the first widget of that type.
    func widget(_ type: String) throws -> String {
        let widget = try get("/api/widgets").items.first { $0["type"]?.stringValue == type }
        return try #require(widget?["id"]?.stringValue)
    }

    /// Gives the first widget of that type these settings; the others get their defaults.
    func configure(_ type: String, _ config: JSONValue) throws {
        let answer = try put("/api/widgets/\(try widget(type))", ["config": config])
        guard answer.status == 200 else { throw Socket.Failure(description: "\(answer.status) \(answer.message)") }
    }

    /// Sends a test event.
    @discardableResult
    func send(_ type: String, _ payload: JSONValue = [:], on platform: String = "twitch") throws -> Answer {
        try post("/api/events/test", ["type": .string(type), "payload": payload, "platform": .string(platform)])
    }

    /// Something of the other streamer.
    func foreign(_ table: String) throws -> String {
        let owner = "(SELECT streamer_id FROM channels WHERE channel = 'bob')"
        let rows = try EventTable(of: server).rows("SELECT id FROM \(table) WHERE streamer_id = \(owner) LIMIT 1")
        return try #require(rows.first)
    }
}
