import Crypto

/// What the operator and Twitch alone know: the key of every delivery's signature.
///
/// Twitch wants 10 to 100 ASCII characters; control characters are refused too, for in practice they are the line end
/// of a file that was read whole.
/// Source: https://dev.twitch.tv/docs/api/reference/#create-eventsub-subscription
struct TwitchSecret: Sendable, CustomStringConvertible {
    let bytes: [UInt8]

    init(_ text: String) throws(TwitchSecretError) {
        let printable = text.utf8.allSatisfy { (0x20...0x7E).contains($0) }
        let length = text.unicodeScalars.count
        guard printable, (10...100).contains(length) else {
            throw TwitchSecretError(length: length, isPrintableASCII: printable)
        }
        bytes = Array(text.utf8)
    }

    /// Tells secrets apart without telling them; a guess can be tried on it, which is no use against a random one.
    var fingerprint: String {
        let key = SymmetricKey(data: bytes)
        let code = HMAC<SHA256>.authenticationCode(for: Array("streamvibes eventsub secret".utf8), using: key)
        return code.prefix(8).map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
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
