/// How answers are made shorter for those who unpack them.
enum ContentCoding {
    /// Bytes from which packing is worth while; what is shorter fits a packet as it is.
    static let worthPacking = 1024

    static func gzip(_ bytes: [UInt8]) -> [UInt8] { Deflate.gzip(bytes) }

    /// Whether a browser that sends this unpacks gzip (RFC 9110 section 12.5.3).
    static func takesGzip(_ encodings: String?) -> Bool {
        (encodings ?? "").lowercased().split(separator: ",").contains { choice in
            let parts = choice.split(separator: ";").map { $0.filter { !$0.isWhitespace } }
            guard parts.first == "gzip" || parts.first == "*" else { return false }
            let weight = parts.dropFirst().first { $0.hasPrefix("q=") }.flatMap { Double($0.dropFirst(2)) }
            return weight != 0
        }
    }
}
