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
        guard header.starts(with: scheme) else { return nil }
        return SignatureDigits.code(in: header.dropFirst(scheme.count))
    }
}
