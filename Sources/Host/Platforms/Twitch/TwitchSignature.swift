import Crypto

/// The proof that Twitch sent a delivery: HMAC-SHA256 over message id, timestamp and raw body, one after the other.
///
/// Source: https://dev.twitch.tv/docs/eventsub/handling-webhook-events/#verifying-the-event-message
struct TwitchSignature: Sendable {
    /// Has taken the key already; a delivery continues with a copy, which saves two of the hash's blocks each time.
    private let keyed: HMAC<SHA256>

    init(secret: TwitchSecret) {
        keyed = HMAC(key: SymmetricKey(data: secret.bytes))
    }

    /// Whether the header `Twitch-Eventsub-Message-Signature` fits the rest of the delivery.
    ///
    /// Compares in constant time. A header of another form than `sha256=` and 64 lower-case digits fits nothing.
    func accepts(signature: String, messageId: String, timestamp: String, body: some Collection<UInt8>) -> Bool {
        guard let claimed = Self.code(in: signature) else { return false }
        var code = keyed
        var (messageId, timestamp) = (messageId, timestamp)
        messageId.withUTF8 { code.update(data: $0) }
        timestamp.withUTF8 { code.update(data: $0) }
        if body.withContiguousStorageIfAvailable({ code.update(data: $0) }) == nil {
            code.update(data: Array(body))
        }
        // Crypto's comparison with bytes takes the same time wherever they differ.
        return code.finalize() == claimed
    }

    private static func code(in header: String) -> [UInt8]? {
        let scheme = "sha256=".utf8
        let header = header.utf8
        guard header.count == scheme.count + 2 * SHA256.byteCount, header.starts(with: scheme) else { return nil }
        var code: [UInt8] = []
        code.reserveCapacity(SHA256.byteCount)
        var high: UInt8?
        for byte in header.dropFirst(scheme.count) {
            guard let nibble = nibble(byte) else { return nil }
            if let first = high {
                code.append(first << 4 | nibble)
                high = nil
            } else {
                high = nibble
            }
        }
        return code
    }

    private static func nibble(_ digit: UInt8) -> UInt8? {
        switch digit {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
        default: nil
        }
    }
}

/// What the operator and Twitch alone know: the key of every delivery's signature.
///
/// Twitch wants 10 to 100 ASCII characters; control characters are refused too, for in practice they are the line end
/// of a file that was read whole.
/// Source: https://dev.twitch.tv/docs/api/reference/#create-eventsub-subscription
struct TwitchSecret: Sendable, CustomStringConvertible {
    fileprivate let bytes: [UInt8]

    init(_ text: String) throws(TwitchSecretError) {
        let printable = text.utf8.allSatisfy { (0x20...0x7E).contains($0) }
        let length = text.unicodeScalars.count
        guard printable, (10...100).contains(length) else {
            throw TwitchSecretError(length: length, isPrintableASCII: printable)
        }
        bytes = Array(text.utf8)
    }

    var description: String { "<redacted>" }
}

/// A setting that cannot be a secret; says what is wrong without repeating it.
struct TwitchSecretError: Error, Equatable, CustomStringConvertible {
    let length: Int
    let isPrintableASCII: Bool

    var description: String {
        let seen = "\(length) character\(length == 1 ? "" : "s")\(isPrintableASCII ? "" : ", not all printable ASCII")"
        return "TWITCH_EVENTSUB_SECRET has \(seen); wanted are 10 to 100 printable ASCII characters."
    }
}
