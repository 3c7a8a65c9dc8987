import WidgetAPI

/// What Stripe posts: one event, with the session in which somebody has paid.
///
/// Source: https://docs.stripe.com/api/checkout/sessions/object
enum StripeDelivery {
    /// The events to append: one for a session that is paid, none for anything else.
    static func drafts(
        in body: some Collection<UInt8>,
        signature header: String?,
        secret: Secret,
        now: Timestamp
    ) throws(TipDeliveryError) -> [EventDraft] {
        guard let header, !header.isEmpty else { throw .missingHeader(StripeSignature.headerName) }
        guard let signature = StripeSignature(header), signature.accepts(body, secret: secret) else {
            throw .badSignature
        }
        guard signature.isFresh(at: now) else { throw .staleTimestamp }
        do {
            return try tip(DeliveryFields.object(in: body), now).map { [$0.draft] } ?? []
        } catch {
            throw .malformed(error.reason)
        }
    }

    /// A session that is paid later is told of twice, so both events are read in the same way and have the session's
    /// id: whichever comes paid, and in whatever order.
    private static func tip(_ json: JSONValue, _ now: Timestamp) throws(MalformedDelivery) -> ServiceTip? {
        let event = DeliveryFields(json, path: "body")
        let type = try event.text("type")
        guard ["checkout.session.completed", "checkout.session.async_payment_succeeded"].contains(type) else {
            return nil
        }
        let session = DeliveryFields(json["data"]?["object"], path: "data.object")
        guard try session.text("payment_status") == "paid" else { return nil }
        let currency = try session.currency("currency")
        let amount = try session.count("amount_total")
        guard let minor = minor(of: Int64(amount), in: currency) else {
            throw MalformedDelivery("data.object.amount_total is 0, too large or no whole amount in \(currency)")
        }
        return ServiceTip(
            service: .stripe,
            id: try session.id("id"),
            moment: event.moment(inSeconds: "created") ?? now,
            name: written(in: session, under: ["from", "name", "nickname", "displayname", "username"]),
            amount: Money(minor: minor, currency: currency),
            message: written(in: session, under: ["message", "note"]),
            isTest: json["livemode"] == .bool(false)
        )
    }

    /// What the giver has written for the stream: in the session's metadata, or in a field of the payment page.
    ///
    /// The name on a card is no name for a stream, so `customer_details` is not looked at.
    private static func written(in session: DeliveryFields, under names: [String]) -> String? {
        let metadata = session.inner("metadata")
        for name in names {
            if let text = metadata.optionalText(name) { return text }
            for json in session.elements("custom_fields") {
                let field = DeliveryFields(json, path: "data.object.custom_fields")
                guard field.optionalText("key") == name else { continue }
                if let text = field.inner("text").optionalText("value") { return text }
            }
        }
        return nil
    }

    /// Stripe's smallest units are not always the currency's.
    ///
    /// Source: https://docs.stripe.com/currencies#zero-decimal and #special-cases (ISK and UGX have two decimals there,
    /// MGA none)
    private static func minor(of amount: Int64, in currency: String) -> Int64? {
        let theirs: Int64 = withoutDecimals.contains(currency) ? 1 : withThreeDecimals.contains(currency) ? 1000 : 100
        let (product, overflows) = amount.multipliedReportingOverflow(by: Money.minorUnits(of: currency))
        guard !overflows, product.isMultiple(of: theirs) else { return nil }
        let minor = product / theirs
        return (1...DecimalAmount.largest).contains(minor) ? minor : nil
    }

    private static let withoutDecimals: Set<String> = [
        "BIF", "CLP", "DJF", "GNF", "JPY", "KMF", "KRW", "MGA", "PYG", "RWF", "VND", "VUV", "XAF", "XOF", "XPF",
    ]
    private static let withThreeDecimals: Set<String> = ["BHD", "JOD", "KWD", "OMR", "TND"]
}
