import Crypto
import WidgetAPI

/// What Ko-fi posts: a form whose field `data` is JSON.
///
/// There is no signature: the account's token stands inside, so the body is taken apart before it is believed.
/// Source: https://ko-fi.com/manage/webhooks
enum KofiDelivery {
    /// The events to append: one for money that was given, none for what was sold.
    static func drafts(
        in body: some Collection<UInt8>,
        token: Secret,
        receivedAt: Timestamp
    ) throws(TipDeliveryError) -> [EventDraft] {
        guard let data = FormBody.field("data", in: body) else {
            throw .malformed("The form has no field data, or more than one")
        }
        let json: JSONValue
        do {
            json = try DeliveryFields.object(in: data)
        } catch {
            throw .malformed("data: \(error.reason)")
        }
        guard isToken(json["verification_token"]?.stringValue ?? "", token) else { throw .badToken }
        do {
            return try tip(DeliveryFields(json, path: "data"), receivedAt).map { [$0.draft] } ?? []
        } catch {
            throw .malformed(error.reason)
        }
    }

    /// Compares hashes, which takes the same time wherever the texts differ and however long they are.
    private static func isToken(_ text: String, _ token: Secret) -> Bool {
        SHA256.hash(data: Array(text.utf8)) == SHA256.hash(data: Array(token.exposed.utf8))
    }

    /// A shop's orders and commissions are somebody's purchases, and what nobody here knows is not kept: it has an
    /// e-mail address in it.
    private static func tip(
        _ fields: DeliveryFields,
        _ receivedAt: Timestamp
    ) throws(MalformedDelivery) -> ServiceTip? {
        let type = try fields.text("type")
        guard ["Donation", "Subscription"].contains(type) else { return nil }
        return ServiceTip(
            service: .kofi,
            id: try fields.id("message_id"),
            moment: fields.moment("timestamp") ?? receivedAt,
            name: fields.optionalText("from_name"),
            amount: try fields.money("amount", in: fields.currency("currency")),
            // What was written for the streamer alone stays with Ko-fi.
            message: fields.flag("is_public") ? fields.optionalText("message") : nil
        )
    }
}
