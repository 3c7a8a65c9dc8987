/// Why a text is not JSON, and where.
public struct JSONSyntaxError: Error, Equatable, Sendable, CustomStringConvertible {
    /// What was found or missing, in words.
    public let message: String
    /// Bytes before the fault, counted from 0.
    public let offset: Int
    /// Line of the fault, counted from 1.
    public let line: Int
    /// Byte within the line, counted from 1.
    public let column: Int

    /// Message and place in one line.
    public var description: String { "\(message) at line \(line), column \(column)" }
}

extension JSONValue {
    /// How many arrays and objects may stand inside one another.
    public static let maximumDepth = 64

    /// Reads one JSON text (RFC 8259, UTF-8, nothing but white space around it).
    ///
    /// An escaped half of a surrogate pair becomes U+FFFD, for Swift strings cannot hold it.
    public init(parsing bytes: some Collection<UInt8>) throws(JSONSyntaxError) {
        let parsed: Result<JSONValue, JSONSyntaxError>? = bytes.withContiguousStorageIfAvailable(JSONValue.parse)
        let result = parsed ?? Array(bytes).withUnsafeBufferPointer(JSONValue.parse)
        self = try result.get()
    }

    /// Reads one JSON text.
    public init(parsing text: String) throws(JSONSyntaxError) {
        var text = text
        let result = text.withUTF8(JSONValue.parse)
        self = try result.get()
    }

    private static func parse(_ bytes: UnsafeBufferPointer<UInt8>) -> Result<JSONValue, JSONSyntaxError> {
        var parser = JSONParser(bytes: bytes)
        do {
            try parser.checkEncoding()
            return .success(try parser.document())
        } catch {
            return .failure(error)
        }
    }
}
