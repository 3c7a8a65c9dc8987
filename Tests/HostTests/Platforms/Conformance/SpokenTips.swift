import WidgetAPI

@testable import Host

/// What a service says of a streamer's tips; every shape after the documented fields.
///
/// An event is the JSON that the service posts. What proves it (a token, a code) belongs to the body and not to it.
struct SpokenTips: SpokenPlatform {
    let service: TipService

    var name: String { service.platform.title }
    var platform: Platform { service.platform }
    /// A service knows a streamer's account and no channel.
    var channelId: String? { nil }
    var currency: String { "USD" }
    var tellsRenewalWords: Bool { false }
    var idMembers: [String] { ["id"] }

    var waived: [AdapterRule: String] {
        let numerals = "nobody has an id there, and the one of a tip is a text with letters in it"
        let moments = "the moments there are whole seconds, with no point in them"
        return switch service {
        case .kofi: [.numerals: numerals]
        case .stripe: [.numerals: numerals, .moments: moments]
        case .buymeacoffee: [.moments: moments]
        }
    }

    /// Where a service has no ids people go by their names, and a name that nobody can read is none.
    func personId(of telling: Telling) -> String? {
        guard telling.name.contains(where: { !$0.isWhitespace }) else { return nil }
        guard service != .buymeacoffee else { return Telling.personId }
        return "name:" + String(String.UnicodeScalarView(telling.name.unicodeScalars.prefix(45))).lowercased()
    }

    func required(by type: String) -> Set<String> {
        switch service {
        case .kofi: ["type", "message_id", "amount", "currency"]
        case .stripe:
            [
                "type", "data", "data.object", "data.object.id", "data.object.payment_status", "data.object.currency",
                "data.object.amount_total",
            ]
        case .buymeacoffee: ["type", "data", "data.id", "data.amount", "data.currency"]
        }
    }

    func choices(of type: String) -> [String] {
        switch service {
        case .kofi: []
        case .stripe: ["data.object.mode", "data.object.status"]
        case .buymeacoffee: ["data.status", "data.object"]
        }
    }

    func body(of spoken: Spoken) -> [UInt8] {
        guard service == .kofi else { return Array(spoken.event.text.utf8) }
        var data = spoken.event.objectValue ?? [:]
        data["verification_token"] = .string(TipSamples.token)
        return TipSamples.kofi(text: JSONValue.object(data).text).body
    }

    func read(_ body: [UInt8], as spoken: Spoken) throws -> [EventDraft] {
        let sentAt = Timestamp(rfc3339: spoken.moment) ?? .now
        let receivedAt = sentAt.advanced(byMilliseconds: 9000)
        do throws(TipDeliveryError) {
            switch service {
            case .kofi:
                return try KofiDelivery.drafts(in: body, token: Secret(TipSamples.token), receivedAt: receivedAt)
            case .stripe:
                let seconds = sentAt.milliseconds / 1000
                let code = TipSamples.sign(Array("\(seconds).".utf8) + body, TipSamples.stripeSecret)
                return try StripeDelivery.drafts(
                    in: body,
                    signature: "t=\(seconds),v1=\(code)",
                    secret: Secret(TipSamples.stripeSecret),
                    now: receivedAt
                )
            case .buymeacoffee:
                return try BuyMeACoffeeDelivery.drafts(
                    in: body,
                    signature: TipSamples.sign(body, TipSamples.coffeeSecret),
                    secret: Secret(TipSamples.coffeeSecret),
                    receivedAt: receivedAt
                )
            }
        } catch {
            guard case .malformed(let reason) = error else { throw error }
            throw MalformedDelivery(reason)
        }
    }

    func deliveries(of happening: Happening, _ telling: Telling) -> [Spoken] {
        guard [.tip, .anonymousTip].contains(happening) else { return [] }
        let giver = happening == .tip ? JSONValue.string(telling.name) : .null
        let words: Words =
            switch service {
            case .kofi: Self.kofi(telling, giver)
            case .stripe: Self.stripe(telling, giver)
            case .buymeacoffee: Self.coffee(telling, giver)
            }
        return [Spoken(id: words.id, type: words.type, version: "1", moment: telling.moment, event: words.event)]
    }

    // MARK: Services

    private typealias Words = (id: String, type: String, event: JSONValue)

    /// In units of the currency, as services write it.
    private static let amount = JSONValue.string("\(Telling.amount / 100).\(Telling.amount % 100)")
    /// None of it may be told; the rule of discretion knows these hosts.
    private static let email = JSONValue.string("wren@picture.example")
    private static let address: JSONValue = [
        "full_name": "Wilhelmina of picture.example", "street_address": "14 Lane, callback.example",
    ]

    private static func kofi(_ telling: Telling, _ giver: JSONValue) -> Words {
        let data: JSONValue = [
            "message_id": .string(telling.deliveryId), "timestamp": .string(telling.moment), "type": "Donation",
            "is_public": true, "from_name": giver, "message": .string(telling.text), "amount": amount,
            "currency": "USD", "url": "https://callback.example/tx", "email": email, "shipping": address,
            "is_subscription_payment": false, "is_first_subscription_payment": false,
            "kofi_transaction_id": "callback.example", "shop_items": .null, "tier_name": .null,
            "discord_username": "wren of picture.example", "discord_userid": "picture.example",
        ]
        return (telling.deliveryId, "Donation", data)
    }

    private static func stripe(_ telling: Telling, _ giver: JSONValue) -> Words {
        let session: JSONValue = [
            "id": .string(telling.deliveryId), "object": "checkout.session", "amount_total": .integer(Telling.amount),
            "amount_subtotal": .integer(Telling.amount), "currency": "usd", "custom_fields": [], "mode": "payment",
            "status": "complete", "payment_status": "paid", "customer_email": email,
            "customer_details": ["email": email, "name": "Wilhelmina of picture.example", "address": address],
            "metadata": ["from": giver, "message": .string(telling.text)],
        ]
        let type = "checkout.session.completed"
        let event: JSONValue = [
            "id": "evt_1", "object": "event", "created": seconds(telling), "livemode": true, "type": .string(type),
            "data": ["object": session],
        ]
        return (telling.deliveryId, type, event)
    }

    private static func coffee(_ telling: Telling, _ giver: JSONValue) -> Words {
        let id = 500 + telling.serial
        let data: JSONValue = [
            "id": .integer(Int64(id)), "amount": amount, "currency": "USD", "object": "payment",
            "status": "succeeded", "refunded": "false", "created_at": seconds(telling), "note_hidden": "false",
            "support_note": .string(telling.text), "supporter_name": giver,
            "supporter_id": .integer(Int64(Telling.personId) ?? 0), "supporter_email": email,
            "shipping_address": address,
        ]
        let type = "donation.created"
        let event: JSONValue = [
            "type": .string(type), "live_mode": true, "attempt": 1, "created": seconds(telling), "event_id": 7,
            "data": data,
        ]
        return ("\(id)", type, event)
    }

    private static func seconds(_ telling: Telling) -> JSONValue {
        .integer((Timestamp(rfc3339: telling.moment)?.milliseconds ?? 0) / 1000)
    }
}
