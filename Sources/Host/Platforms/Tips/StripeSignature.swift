import Crypto
import WidgetAPI

/// The proof that Stripe sent a delivery: HMAC-SHA256 over a time, a dot and the raw body.
///
/// Source: https://docs.stripe.com/webhooks#verify-manually
struct StripeSignature {
    static let headerName = "Stripe-Signature"
    /// Stripe's own libraries take as much, and look at the past alone: a time ahead is as well signed as any.
    static let oldestMilliseconds: Int64 = 300_000
    /// Digits of a time at most: they reach far beyond the year 9999, and no sum with them is too large.
    private static let timeDigits = 1...12

    /// As it was written, for the signature covers it so.
    private let time: Substring
    private let seconds: Int64
    /// While a secret is being replaced there is one for each.
    private let codes: [[UInt8]]

    /// Reads `t=…,v1=…[,v1=…]`, passing over other schemes; `nil` where either is missing or not readable.
    init?(_ header: String) {
        var times: [Substring] = []
        var codes: [[UInt8]] = []
        for part in header.split(separator: ",") {
            guard let sign = part.firstIndex(of: "=") else { continue }
            let value = part[part.index(after: sign)...]
            switch part[..<sign] {
            case "t": times.append(value)
            case "v1": if let code = SignatureDigits.code(in: value.utf8) { codes.append(code) }
            default: continue
            }
        }
        guard times.count == 1, let time = times.first, !codes.isEmpty, Self.timeDigits.contains(time.utf8.count),
            time.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }), let seconds = Int64(time)
        else { return nil }
        (self.time, self.seconds, self.codes) = (time, seconds, codes)
    }

    /// Whether one of the codes fits the body; compares in constant time.
    func accepts(_ body: some Collection<UInt8>, secret: Secret) -> Bool {
        let signed = Array("\(time).".utf8) + body
        let code = HMAC<SHA256>.authenticationCode(
            for: signed,
            using: SymmetricKey(data: Array(secret.exposed.utf8))
        )
        return codes.contains { code == $0 }
    }

    func isFresh(at now: Timestamp) -> Bool {
        now.milliseconds - seconds * 1000 <= Self.oldestMilliseconds
    }
}
