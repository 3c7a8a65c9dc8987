import Crypto
import WidgetAPI

/// What Buy Me a Coffee posts: JSON, with the HMAC-SHA256 of its raw bytes in a header.
///
/// Source: https://help.buymeacoffee.com/en/articles/15743173-how-to-setup-and-use-buy-me-a-coffee-webhooks
enum BuyMeACoffeeDelivery {
    static let signatureHeaderName = "x-signature-sha256"
    /// How old a donation may be that is told of again; the row of an older one may have left the log, and it would
    /// count twice.
    static let newsMilliseconds: Int64 = 86_400_000

    /// The events to append: one for a donation, two for one that was given back, none for anything else.
    static func drafts(
        in body: some Collection<UInt8>,
        signature: String?,
        secret: Secret,
        receivedAt: Timestamp
    ) throws(TipDeliveryError) -> [EventDraft] {
        guard let signature, !signature.isEmpty else { throw .missingHeader(signatureHeaderName) }
        let code = HMAC<SHA256>.authenticationCode(
            for: Array(body),
            using: SymmetricKey(data: Array(secret.exposed.utf8))
        )
        // Crypto's comparison with bytes takes the same time wherever they differ.
        guard let claimed = SignatureDigits.code(in: signature.utf8), code == claimed else { throw .badSignature }
        do {
            return try drafts(DeliveryFields.object(in: body), receivedAt)
        } catch {
            throw .malformed(error.reason)
        }
    }

    private static func drafts(_ json: JSONValue, _ receivedAt: Timestamp) throws(MalformedDelivery) -> [EventDraft] {
        let root = DeliveryFields(json, path: "body")
        let type = try root.text("type")
        switch type {
        case "donation.created", "donation.updated":
            let tip = try tip(json, receivedAt)
            guard !isSaid("refunded", json["data"]) else { return tip.refundDrafts }
            let age = receivedAt.milliseconds - tip.moment.milliseconds
            return type == "donation.created" || age < newsMilliseconds ? [tip.draft] : []
        case "donation.refunded": return try tip(json, receivedAt).refundDrafts
        default: return []
        }
    }

    private static func tip(_ json: JSONValue, _ receivedAt: Timestamp) throws(MalformedDelivery) -> ServiceTip {
        let data = DeliveryFields(json["data"], path: "data")
        let root = DeliveryFields(json, path: "body")
        return ServiceTip(
            service: .buymeacoffee,
            id: try data.id("id"),
            moment: data.moment(inSeconds: "created_at") ?? root.moment(inSeconds: "created") ?? receivedAt,
            name: data.optionalText("supporter_name"),
            giverId: data.optionalText("supporter_id"),
            amount: try data.money("amount", in: data.currency("currency")),
            message: isSaid("note_hidden", json["data"]) ? nil : data.optionalText("support_note"),
            isTest: json["live_mode"] == .bool(false)
        )
    }

    /// Yes and no come as texts, and now and then as what they are.
    private static func isSaid(_ name: String, _ data: JSONValue?) -> Bool {
        data?[name] == .bool(true) || data?[name] == .string("true")
    }
}
