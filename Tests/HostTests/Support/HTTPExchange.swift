import WidgetAPI

/// One HTTP/1.1 request over a connection that stays open, as a plain client makes it.
struct HTTPExchange {
    let status: Int
    /// Names in lower case.
    let headers: [String: String]
    /// All `Set-Cookie` values, of which there may be several.
    var cookies: [String] = []
    let bytes: [UInt8]

    var body: String { String(decoding: bytes, as: UTF8.self) }

    /// Sends a request and waits for its answer.
    ///
    /// - Throws: `Socket.Failure` when the answer does not come in time or the server closes before it.
    static func perform(
        _ method: String,
        _ path: String,
        headers: [(String, String)] = [],
        body: [UInt8] = [],
        on socket: Socket,
        withinMilliseconds limit: Int = 60_000
    ) throws -> HTTPExchange {
        try socket.send(request(method, path, headers: headers, body: body))
        return try read(from: socket, withinMilliseconds: limit)
    }

    /// The bytes of a request; what is not GET has a length.
    static func request(
        _ method: String,
        _ path: String,
        headers: [(String, String)] = [],
        body: [UInt8] = []
    ) -> [UInt8] {
        var head = "\(method) \(path) HTTP/1.1\r\n"
        if !headers.contains(where: { $0.0 == "Host" }) { head += "Host: 127.0.0.1\r\n" }
        for (name, value) in headers { head += "\(name): \(value)\r\n" }
        if method != "GET" { head += "Content-Length: \(body.count)\r\n" }
        return Array((head + "\r\n").utf8) + body
    }

    /// Sends one request over a connection of its own.
    static func perform(
        _ method: String,
        _ path: String,
        headers: [(String, String)] = [],
        body: [UInt8] = [],
        port: Int
    ) throws -> HTTPExchange {
        try perform(method, path, headers: headers, body: body, on: Socket(port: port))
    }

    /// Reads an answer that has a length or comes in pieces.
    static func read(from socket: Socket, withinMilliseconds limit: Int) throws -> HTTPExchange {
        guard let head = try socket.take(through: "\r\n\r\n", withinMilliseconds: limit) else {
            throw Socket.Failure(description: "no answer")
        }
        let lines = head.split(separator: "\r\n")
        var headers: [String: String] = [:]
        var cookies: [String] = []
        for line in lines.dropFirst() {
            guard let colon = line.firstIndex(of: ":") else { continue }
            let (name, value) = (line[..<colon].lowercased(), line[line.index(after: colon)...].drop { $0 == " " })
            headers[name] = String(value)
            if name == "set-cookie" { cookies.append(String(value)) }
        }
        let status = lines.first?.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
        if headers["transfer-encoding"] == "chunked" {
            let body = try takePieces(from: socket, withinMilliseconds: limit)
            return HTTPExchange(status: status, headers: headers, cookies: cookies, bytes: body)
        }
        let length = headers["content-length"].flatMap { Int($0) } ?? 0
        guard let body = try socket.take(length, withinMilliseconds: limit) else {
            throw Socket.Failure(description: "the body of the answer is not whole")
        }
        return HTTPExchange(status: status, headers: headers, cookies: cookies, bytes: body)
    }

    /// Takes a body that comes in pieces, each with its length before it (RFC 9112 section 7.1).
    static func takePieces(from socket: Socket, withinMilliseconds limit: Int) throws -> [UInt8] {
        var body: [UInt8] = []
        while let size = try socket.take(through: "\r\n", withinMilliseconds: limit) {
            guard let count = Int(size.dropLast(1), radix: 16),
                let piece = try socket.take(count + 2, withinMilliseconds: limit)
            else { break }
            guard count > 0 else { return body }
            body += piece.dropLast(2)
        }
        throw Socket.Failure(description: "the body of the answer is not whole")
    }

    /// The code in the error envelope, or `nil`.
    var failureCode: String? {
        (try? JSONValue(parsing: body))?["error"]?["code"]?.stringValue
    }
}
