import Crypto
import WidgetAPI

@testable import Host

/// Reads bytes as what tip services post: the service in the first line, then the body.
///
/// The line may say more: `kofi data` puts the rest into a form first, and `stripe` or `buymeacoffee` with another word
/// gives that as the header with the proof, which the reader writes itself otherwise.
enum TipReading {
    static let token = "token-of-the-corpus"
    private static let secret = "whsec_of-the-corpus"
    private static let now = Timestamp(milliseconds: 1_772_388_000_000)

    static func run(_ bytes: [UInt8]) throws(FuzzFinding) {
        let lines = bytes.split(separator: 0x0A, maxSplits: 1, omittingEmptySubsequences: false)
        let words = lines[0].split(separator: 0x20, maxSplits: 1).map { String(decoding: $0, as: UTF8.self) }
        let rest = lines.count > 1 ? Array(lines[1]) : []
        guard let service = words.first.flatMap(TipService.init(rawValue:)) else { return }
        switch service {
        case .kofi: try checkKofi(words.count > 1 ? form(of: rest) : rest)
        case .stripe: try checkStripe(rest, header: words.count > 1 ? words[1] : nil)
        case .buymeacoffee: try checkCoffee(rest, header: words.count > 1 ? words[1] : nil)
        }
    }

    // MARK: Services

    private static func checkKofi(_ body: [UInt8]) throws(FuzzFinding) {
        let json = FormBody.field("data", in: body).flatMap { try? JSONValue(parsing: $0) }
        let isOurs = json?["verification_token"]?.stringValue == token
        let drafts = try read { () throws(TipDeliveryError) in
            try KofiDelivery.drafts(in: body, token: Secret(token), receivedAt: now)
        } mayRefuse: {
            $0 == .badToken && !isOurs
        }
        guard let drafts else { return }
        let data = try FuzzFinding.unless(isOurs ? json : nil, "what is believed has the account's token")
        let told = TipPromises(
            service: .kofi,
            body: data,
            id: data["message_id"],
            open: [data["from_name"], data["is_public"] == .bool(true) ? data["message"] : nil],
            amount: data["amount"],
            isTest: false
        )
        try told.check(drafts)
    }

    private static func checkStripe(_ body: [UInt8], header: String?) throws(FuzzFinding) {
        let seconds = "\(now.milliseconds / 1000)"
        let code = sign(Array("\(seconds).".utf8) + body)
        let drafts = try read { () throws(TipDeliveryError) in
            try StripeDelivery.drafts(
                in: body,
                signature: header ?? "t=\(seconds),v1=\(code)",
                secret: Secret(secret),
                now: now
            )
        } mayRefuse: {
            header != nil && [.badSignature, .staleTimestamp, .missingHeader("Stripe-Signature")].contains($0)
        }
        guard let drafts else { return }
        try FuzzFinding.unless(header?.contains("v1=\(code)") ?? true, "nothing is believed without its signature")
        let json = try FuzzFinding.unless(try? JSONValue(parsing: body), "a delivery is JSON")
        let session = json["data"]?["object"]
        let names = ["from", "name", "nickname", "displayname", "username", "message", "note"]
        let fields = (session?["custom_fields"]?.arrayValue ?? []).filter { field in
            names.contains { field["key"]?.stringValue == $0 }
        }
        let told = TipPromises(
            service: .stripe,
            body: json,
            id: session?["id"],
            open: names.map { session?["metadata"]?[$0] } + fields.map { $0["text"]?["value"] },
            amount: session?["amount_total"],
            isTest: json["livemode"] == .bool(false)
        )
        try told.check(drafts)
    }

    private static func checkCoffee(_ body: [UInt8], header: String?) throws(FuzzFinding) {
        let code = sign(body)
        let drafts = try read { () throws(TipDeliveryError) in
            try BuyMeACoffeeDelivery.drafts(
                in: body,
                signature: header ?? code,
                secret: Secret(secret),
                receivedAt: now
            )
        } mayRefuse: {
            header != nil && [.badSignature, .missingHeader("x-signature-sha256")].contains($0)
        }
        guard let drafts else { return }
        try FuzzFinding.unless((header ?? code) == code, "nothing is believed without its signature")
        let json = try FuzzFinding.unless(try? JSONValue(parsing: body), "a delivery is JSON")
        let data = json["data"]
        let isHidden = data?["note_hidden"] == .bool(true) || data?["note_hidden"] == .string("true")
        let told = TipPromises(
            service: .buymeacoffee,
            body: json,
            id: data?["id"],
            open: [data?["supporter_name"], data?["supporter_id"], isHidden ? nil : data?["support_note"]],
            amount: data?["amount"],
            isTest: json["live_mode"] == .bool(false)
        )
        try told.check(drafts)
    }

    // MARK: Steps

    /// The events, or `nil` where the delivery was refused for what it says, or as it may be.
    private static func read(
        _ body: () throws(TipDeliveryError) -> [EventDraft],
        mayRefuse: (TipDeliveryError) -> Bool
    ) throws(FuzzFinding) -> [EventDraft]? {
        let (drafts, again): ([EventDraft], [EventDraft])
        do throws(TipDeliveryError) {
            (drafts, again) = (try body(), try body())
        } catch {
            if case .malformed(let reason) = error {
                try DraftPromises.check(reason)
            } else {
                try FuzzFinding.unless(mayRefuse(error), "a delivery is refused for nothing but itself: \(error)")
            }
            return nil
        }
        try FuzzFinding.unless(again == drafts, "a delivery that is read twice says the same")
        return drafts
    }

    private static func form(of data: [UInt8]) -> [UInt8] {
        Array("data=".utf8) + data.flatMap { Array("%".utf8) + hex([$0]).utf8 }
    }

    private static func sign(_ bytes: [UInt8]) -> String {
        hex(HMAC<SHA256>.authenticationCode(for: bytes, using: SymmetricKey(data: Array(secret.utf8))))
    }

    private static func hex(_ bytes: some Sequence<UInt8>) -> String {
        let digits = Array("0123456789abcdef")
        return bytes.reduce(into: "") { $0 += [digits[Int($1 >> 4)], digits[Int($1 & 15)]] }
    }
}
