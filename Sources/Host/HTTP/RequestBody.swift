import Hummingbird
import NIOCore
import WidgetAPI

/// The body of a request to `/api`: JSON of at most 1 MiB.
struct RequestBody: Sendable {
    /// Bytes of a body; a larger one is answered 413 (contract section 2).
    static let limit = 1_048_576

    private let bytes: ByteBuffer

    /// Takes the whole body in; checked before anything else about a request.
    init(_ request: Request, limit: Int = RequestBody.limit) async throws {
        bytes = try await request.body.collect(upTo: limit)
    }

    /// Refuses a body whose length says that it is too long, whether anybody would read it or not.
    static func checkLength(of request: Request, limit: Int? = nil) throws(PayloadTooLarge) {
        let limit = limit ?? self.limit
        guard let length = request.headers[.contentLength].flatMap({ Int($0) }), length > limit else { return }
        throw PayloadTooLarge(limit: limit)
    }

    /// The members of the JSON object it holds.
    ///
    /// What two readers of JSON take differently is refused, so that nobody checks one value and we keep another: a
    /// name that stands twice in an object, and half of a character.
    func members() throws(InputError) -> InputMembers {
        let value: JSONValue
        do throws(JSONSyntaxError) {
            value = try JSONValue(parsing: bytes.readableBytesView)
        } catch {
            throw InputError(message: "The body is not JSON: \(error.description).")
        }
        if let offset = BodyRules.loneSurrogate(in: bytes.readableBytesView) {
            throw InputError(message: "The body is not JSON: Half of a surrogate pair at byte \(offset + 1).")
        }
        if let name = BodyRules.repeatedName(in: value) { throw InputError(repeated: name) }
        return try InputMembers(value, at: "body")
    }
}

/// A body that is longer than its address takes.
struct PayloadTooLarge: HostFailure, Equatable {
    let limit: Int

    var code: FailureCode { .payloadTooLarge }
    var publicMessage: String { "The body is larger than this address takes: at most \(limit) bytes." }
}

/// Which part of a list is asked for (`?page=&perPage=`).
struct ListPage: Equatable {
    let page: Int
    let perPage: Int
    /// Whether the browser unpacks what is packed.
    private let takesGzip: Bool

    /// Page 1 of 20 where nothing is said; at most 100 on one.
    init(_ request: Request) throws(InputError) {
        func number(_ name: String, _ range: ClosedRange<Int>, _ usual: Int) throws(InputError) -> Int {
            guard let text = request.uri.queryParameters.get(name) else { return usual }
            guard let value = Int(text), range.contains(value) else {
                let wanted = "a whole number from \(range.lowerBound) to \(range.upperBound)"
                throw InputError(name, .string(text), wanted: wanted)
            }
            return value
        }
        page = try number("page", 1...1_000_000, 1)
        perPage = try number("perPage", 1...100, 20)
        takesGzip = ContentCoding.takesGzip(request.headers[.acceptEncoding])
    }

    /// Written as `{data:[…],meta:{page,total,hasMore}}`.
    ///
    /// A list that carries secrets goes as it is: a packed one could tell them by its length (BREACH).
    func reply<Item>(_ all: [Item], hasSecrets: Bool = false, _ json: (Item) -> JSONValue) -> Response {
        let shown = all.dropFirst((page - 1) * perPage).prefix(perPage)
        let list: JSONValue = [
            "data": .array(shown.map(json)),
            "meta": [
                "page": .integer(Int64(page)), "total": .integer(Int64(all.count)),
                "hasMore": .bool(page * perPage < all.count),
            ],
        ]
        return takesGzip && !hasSecrets ? Replies.packed(list) : Replies.json(list)
    }
}
