import HTTPTypes
import Hummingbird
import NIOCore
import WidgetAPI

/// Answers in the forms the contract knows.
enum Replies {
    static func json(_ value: JSONValue, status: HTTPResponse.Status = .ok) -> Response {
        json(status: status) { $0.write(value) }
    }

    static func json(status: HTTPResponse.Status = .ok, _ write: (inout JSONWriter) -> Void) -> Response {
        var writer = JSONWriter()
        write(&writer)
        return Response(
            status: status,
            headers: [.contentType: "application/json; charset=utf-8", .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: writer.bytes))
        )
    }

    /// JSON for a browser that unpacks gzip; a short one goes as it is.
    static func packed(_ value: JSONValue) -> Response {
        var writer = JSONWriter()
        writer.write(value)
        guard writer.bytes.count >= ContentCoding.worthPacking else { return json(value) }
        return Response(
            status: .ok,
            headers: [
                .contentType: "application/json; charset=utf-8", .cacheControl: "no-store", .contentEncoding: "gzip",
            ],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: ContentCoding.gzip(writer.bytes)))
        )
    }

    /// Written as `{data:…}`.
    static func data(_ value: JSONValue, status: HTTPResponse.Status = .ok) -> Response {
        json(["data": value], status: status)
    }

    /// Written as `{error:{code,message,details?}}`.
    static func failure(_ code: FailureCode, _ message: String, details: JSONValue? = nil) -> Response {
        var error: JSONObject = ["code": .string(code.rawValue), "message": .string(message)]
        error["details"] = details
        return json(["error": .object(error)], status: HTTPResponse.Status(code: code.status))
    }

    static func html(_ text: String, status: HTTPResponse.Status = .ok, policy: ContentPolicy) -> Response {
        Response(
            status: status,
            headers: [
                .contentType: "text/html; charset=utf-8", .cacheControl: "no-cache",
                .contentSecurityPolicy: policy.text,
            ],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text))
        )
    }

    static func text(_ text: String) -> Response {
        Response(
            status: .ok,
            headers: [.contentType: "text/plain"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text))
        )
    }

    static let noContent = Response(status: .noContent)

    /// Sends the browser on, after a form with `seeOther` (RFC 9110 section 15.4).
    static func redirect(
        to address: String,
        cookies: [String] = [],
        status: HTTPResponse.Status = .found
    ) -> Response {
        var headers: HTTPFields = [.location: address, .cacheControl: "no-store"]
        for cookie in cookies { headers.append(HTTPField(name: .setCookie, value: cookie)) }
        return Response(status: status, headers: headers)
    }
}

/// What a page may load and do.
enum ContentPolicy {
    /// An overlay: OBS puts a streamer's own CSS into it, so inline styles are allowed there and nowhere else.
    case overlay
    case dashboard

    var text: String {
        let styles = self == .overlay ? "'self' 'unsafe-inline'" : "'self'"
        let ancestors = self == .overlay ? "'self'" : "'none'"
        let forms = self == .overlay ? "'none'" : "'self'"
        return """
            default-src 'none'; script-src 'self'; style-src \(styles); img-src 'self' data:; font-src 'self'; \
            media-src 'self'; connect-src 'self'; frame-src 'self'; base-uri 'none'; form-action \(forms); \
            frame-ancestors \(ancestors); require-trusted-types-for 'script'; trusted-types 'none'
            """
    }
}
