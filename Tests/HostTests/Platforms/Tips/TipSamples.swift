import Crypto
import Foundation
import WidgetAPI

@testable import Host

/// Deliveries as tip services would post them, each with everything in it that must go no further.
struct TipSamples {
    /// Where a giver lives and who they are elsewhere: none of it may be found anywhere afterwards.
    static let privateWords = [
        "wren.private@example.org", "14 Hidden Lane", "wren-on-discord", "440044004400", "Wilhelmina Card", "555-0134",
    ]

    /// When all of it was given, to the second: just now, for an old tip is not taken.
    static let moment = Timestamp(milliseconds: Timestamp.now.milliseconds / 1000 * 1000)

    let service: TipService
    var headers: [(String, String)] = []
    var body: [UInt8]

    /// Posts it to the address that the streamer was told.
    @discardableResult
    func post(to address: String, port: Int) throws -> HTTPExchange {
        let path = address.firstRange(of: "/api/").map { String(address[$0.lowerBound...]) } ?? address
        return try HTTPExchange.perform("POST", path, headers: headers, body: body, port: port)
    }

    // MARK: Ko-fi

    static let token = "6f1f8a52-token-of-an-account"

    /// A donation of 3 dollars; `changes` is laid over its members.
    static func kofi(token: String = token, _ changes: JSONObject = [:]) -> TipSamples {
        let data: JSONObject = [
            "verification_token": .string(token), "message_id": .string(UUID().uuidString.lowercased()),
            "timestamp": .string(moment.iso8601), "type": "Donation", "is_public": true, "from_name": "Wren",
            "message": "for the kettle & more", "amount": "3.00", "url": "https://ko-fi.example/tx",
            "email": .string(privateWords[0]), "currency": "USD", "is_subscription_payment": false,
            "is_first_subscription_payment": false, "kofi_transaction_id": "t-1", "shop_items": nil,
            "tier_name": nil,
            "shipping": ["full_name": .string(privateWords[4]), "street_address": .string(privateWords[1])],
            "discord_username": .string(privateWords[2]), "discord_userid": .string(privateWords[3]),
        ]
        return kofi(text: JSONValue.object(laid(changes, over: data)).text)
    }

    /// Any text as the form's field.
    static func kofi(text: String) -> TipSamples {
        let plain = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.".utf8)
        var body = Array("data=".utf8)
        for byte in text.utf8 {
            if plain.contains(byte) {
                body.append(byte)
            } else if byte == UInt8(ascii: " ") {
                body.append(UInt8(ascii: "+"))
            } else {
                body += Array("%".utf8) + hex([byte]).uppercased().utf8
            }
        }
        return TipSamples(service: .kofi, headers: [("Content-Type", "application/x-www-form-urlencoded")], body: body)
    }

    // MARK: Stripe

    static let stripeSecret = "whsec_of-the-tests"

    /// A paid session of 5 dollars, signed at that moment and, where nothing else is said, told of then for the first
    /// time; `changes` is laid over the session's members.
    static func stripe(
        secret: String = stripeSecret,
        _ type: String = "checkout.session.completed",
        _ changes: JSONObject = [:],
        livemode: Bool = true,
        created: Timestamp? = nil,
        at moment: Timestamp = .now
    ) -> TipSamples {
        let session: JSONObject = [
            "id": .string("cs_\(UUID().uuidString)"), "object": "checkout.session", "amount_subtotal": 500,
            "amount_total": 500, "currency": "usd", "custom_fields": [], "mode": "payment", "payment_status": "paid",
            "customer_details": [
                "email": .string(privateWords[0]), "name": .string(privateWords[4]), "phone": .string(privateWords[5]),
                "address": ["line1": .string(privateWords[1])],
            ],
            "customer_email": .string(privateWords[0]),
            "metadata": ["from": "Finch", "message": "good luck"],
        ]
        let seconds = (created ?? moment).milliseconds / 1000
        let event: JSONValue = [
            "id": .string("evt_\(UUID().uuidString)"), "object": "event", "created": .integer(seconds),
            "livemode": .bool(livemode), "type": .string(type),
            "data": ["object": .object(laid(changes, over: session))],
        ]
        return stripe(secret: secret, text: event.text, at: moment)
    }

    /// Any text, signed.
    static func stripe(secret: String = stripeSecret, text: String, at moment: Timestamp = .now) -> TipSamples {
        let seconds = moment.milliseconds / 1000
        let code = sign(Array("\(seconds).\(text)".utf8), secret)
        let header = ("Stripe-Signature", "t=\(seconds),v1=\(code),v0=\(String(repeating: "0", count: 64))")
        return TipSamples(service: .stripe, headers: [header], body: Array(text.utf8))
    }

    // MARK: Buy Me a Coffee

    static let coffeeSecret = "a-secret-for-coffee"

    /// A donation of 5 dollars; `changes` is laid over the members of `data`.
    static func coffee(
        secret: String = coffeeSecret,
        _ type: String = "donation.created",
        _ changes: JSONObject = [:],
        livemode: Bool = true
    ) -> TipSamples {
        let seconds = moment.milliseconds / 1000
        let data: JSONObject = [
            "id": 58, "amount": 5, "currency": "USD", "object": "payment", "status": "succeeded", "refunded": "false",
            "created_at": .integer(seconds), "note_hidden": "false", "support_note": "with milk",
            "supporter_id": 2345, "supporter_name": "Heron", "supporter_email": .string(privateWords[0]),
            "shipping_address": ["street": .string(privateWords[1])],
        ]
        let event: JSONValue = [
            "type": .string(type), "live_mode": .bool(livemode), "attempt": 1, "created": .integer(seconds + 1),
            "event_id": 7, "data": .object(laid(changes, over: data)),
        ]
        return coffee(secret: secret, text: event.text)
    }

    /// Any text, signed.
    static func coffee(secret: String = coffeeSecret, text: String) -> TipSamples {
        let header = ("x-signature-sha256", sign(Array(text.utf8), secret))
        return TipSamples(service: .buymeacoffee, headers: [header], body: Array(text.utf8))
    }

    // MARK: Steps

    /// The HMAC-SHA256 of any bytes, in hexadecimal digits.
    static func sign(_ bytes: [UInt8], _ secret: String) -> String {
        let key = SymmetricKey(data: Array(secret.utf8))
        return hex(Array(HMAC<SHA256>.authenticationCode(for: bytes, using: key)))
    }

    private static func hex(_ bytes: [UInt8]) -> String {
        bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }

    private static func laid(_ changes: JSONObject, over members: JSONObject) -> JSONObject {
        var all = members
        for change in changes.members { all[change.name] = change.value }
        return all
    }
}
