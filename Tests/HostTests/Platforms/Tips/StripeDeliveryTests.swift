import Testing
import WidgetAPI

@testable import Host

@Suite struct StripeDeliveryTests {
    private static let now = Timestamp(milliseconds: 1_772_388_000_000)

    private func drafts(_ sample: TipSamples, at now: Timestamp = now) throws(TipDeliveryError) -> [EventDraft] {
        try StripeDelivery.drafts(
            in: sample.body,
            signature: sample.headers.first?.1,
            secret: Secret(TipSamples.stripeSecret),
            now: now
        )
    }

    private func drafts(_ type: String, _ changes: JSONObject) throws(TipDeliveryError) -> [EventDraft] {
        try drafts(.stripe(type, changes, at: Self.now))
    }

    private func tip(_ changes: JSONObject) throws -> EventDraft {
        try #require(try drafts("checkout.session.completed", changes).first)
    }

    @Test func `a paid session is a tip with what its giver wrote for the stream, and nothing else`() throws {
        let draft = try tip(["id": "cs_1"])

        #expect(draft.id == Event.ID("cs_1") && draft.type == .tip && draft.platform == .stripe && !draft.isTest)
        #expect(draft.channelId == nil && draft.occurredAt == Self.now)
        let user = User(id: "name:finch", login: "Finch", displayName: "Finch")
        let money = Money(minor: 500, currency: "USD")
        #expect(draft.payload == Tip(user: user, amount: money, kind: .donation, message: "good luck").json)
        for word in TipSamples.privateWords { #expect(!draft.payload.text.contains(word)) }
    }

    @Test func `the name on a card is no name for a stream`() throws {
        #expect(try tip(["metadata": [:]]).payload["user"] == .null)
        #expect(try tip(["metadata": nil, "custom_fields": nil]).payload["message"] == .null)
    }

    @Test func `name and message may stand in fields of the payment page`() throws {
        let fields: JSONValue = [
            ["key": "size", "type": "dropdown", "dropdown": ["value": "large"]],
            ["key": "nickname", "type": "text", "text": ["value": "Plover"]],
            ["key": "message", "type": "text", "text": ["value": "well played"]],
        ]
        let draft = try tip(["metadata": [:], "custom_fields": fields])

        #expect(draft.payload["user"]?["displayName"] == "Plover")
        #expect(draft.payload["message"] == "well played")
    }

    @Test func `a payment in test mode is shown and not counted`() throws {
        #expect(try drafts(.stripe(livemode: false, at: Self.now)).first?.isTest == true)
    }

    @Test(arguments: ["unpaid", "no_payment_required", "something_new"])
    func `a session that is not paid is no tip`(status: JSONValue) throws {
        #expect(try drafts("checkout.session.completed", ["payment_status": status, "amount_total": nil]).isEmpty)
    }

    @Test func `a session that is paid later is one tip, whichever of its events comes first`() throws {
        let late = try drafts("checkout.session.async_payment_succeeded", ["id": "cs_2"])

        #expect(late.map(\.id) == [Event.ID("cs_2")])
        #expect(try drafts("checkout.session.completed", ["id": "cs_2"]).map(\.id) == late.map(\.id))
    }

    @Test(arguments: ["charge.refunded", "checkout.session.expired", "payment_intent.succeeded"])
    func `other events are none of ours`(type: String) throws {
        #expect(try drafts(type, ["payment_status": nil]).isEmpty)
    }

    @Test(
        arguments: [
            (500, "jpy", 500), (500, "usd", 500), (5120, "kwd", 5120), (500, "isk", 5), (500, "ugx", 5),
            (5, "mga", 500),
            (150, "xqq", 150), (9_007_199_254_740_991, "usd", 9_007_199_254_740_991),
        ] as [(Int64, String, Int64)]
    )
    func `Stripe's smallest units become the currency's`(amount: Int64, currency: String, minor: Int64) throws {
        let draft = try tip(["amount_total": .integer(amount), "currency": .string(currency)])

        #expect(draft.payload["amount"] == Money(minor: minor, currency: currency.uppercased()).json)
    }

    @Test(
        arguments: [
            ("amount_total", 0), ("amount_total", -500), ("amount_total", nil), ("amount_total", 4.5),
            ("amount_total", "500"), ("amount_total", 9_007_199_254_740_992), ("currency", "us"), ("currency", nil),
            ("id", nil), ("id", ""), ("payment_status", nil),
        ] as [(String, JSONValue)]
    )
    func `a session without what it needs is malformed, and the field is named`(name: String, value: JSONValue) throws {
        let error = try #require(
            #expect(throws: TipDeliveryError.self) {
                try drafts("checkout.session.completed", JSONObject(dictionaryLiteral: (name, value)))
            }
        )
        #expect(error.code == .validation && error.publicMessage.contains("data.object.\(name)"))
    }

    @Test func `half a króna is malformed`() throws {
        #expect(throws: TipDeliveryError.self) { try tip(["amount_total": 550, "currency": "isk"]) }
    }

    @Test(arguments: ["", "[]", "null", "{}", "{\"type\":\"checkout.session.completed\"}"])
    func `a signed body of another shape is malformed`(text: String) throws {
        let error = try #require(
            #expect(throws: TipDeliveryError.self) { try drafts(.stripe(text: text, at: Self.now)) }
        )
        #expect(error.code == .validation)
    }
}

@Suite struct StripeSignatureTests {
    /// Made with Python's hmac: sha256 over "1772388000.", then the body.
    private let golden = "f4f53dc964c1106a29c58c22dd5ae5ef1d84154f405f881e354356e82b66a15c"
    private let body = Array(#"{"type":"x","note":"wörld"}"#.utf8)
    private let secret = Secret("whsec_golden-0123456789")

    private func accepts(_ header: String, _ body: [UInt8]? = nil, secret: Secret? = nil) -> Bool {
        StripeSignature(header)?.accepts(body ?? self.body, secret: secret ?? self.secret) == true
    }

    @Test func `what Stripe signed is accepted, by whichever code fits`() {
        let other = String(repeating: "0", count: 64)
        #expect(accepts("t=1772388000,v1=\(golden)"))
        #expect(accepts("t=1772388000,v1=\(other),v1=\(golden),v0=\(other)"))
        #expect(accepts("v1=\(golden),v2=x,t=1772388000"))
        #expect(accepts("t=1772388000,v1=short,v1=\(golden)"))
    }

    @Test func `any byte, time or secret that is another refuses it`() {
        for place in body.indices {
            var changed = body
            changed[place] ^= 1
            #expect(!accepts("t=1772388000,v1=\(golden)", changed))
        }
        #expect(!accepts("t=1772388001,v1=\(golden)"))
        #expect(!accepts("t=01772388000,v1=\(golden)"))
        #expect(!accepts("t=1772388000,v1=\(golden)", secret: Secret("whsec_golden-0123456780")))
        #expect(!accepts("t=1772388000,v1=\(golden.dropLast())0"))
    }

    @Test(arguments: [
        "", "t=1772388000", "v1=@", "t=1772388000,v0=@", "t=1772388000,V1=@", "t=,v1=@", "t=-1,v1=@", "t=+1,v1=@",
        "t=1772388000,t=1772388000,v1=@", "t=1772388000;v1=@", "t=1772388000,v1=@0", "t=1234567890123,v1=@",
        "t=17e8,v1=@", "t=1772388000,v1",
    ])
    func `a header of another form is refused`(form: String) {
        #expect(!accepts(form.replacing("@", with: golden)))
    }

    @Test func `upper-case digits are refused`() {
        #expect(!accepts("t=1772388000,v1=\(golden.uppercased())"))
    }

    @Test func `a signature is fresh for 300 seconds to the millisecond, and one from the future is`() throws {
        let signature = try #require(StripeSignature("t=1772388000,v1=\(golden)"))
        let made = Timestamp(milliseconds: 1_772_388_000_000)

        #expect(signature.isFresh(at: made.advanced(byMilliseconds: 300_000)))
        #expect(!signature.isFresh(at: made.advanced(byMilliseconds: 300_001)))
        #expect(!signature.isFresh(at: made.advanced(byMilliseconds: 301_000)))
        #expect(signature.isFresh(at: made.advanced(byMilliseconds: -86_400_000)))
    }

    @Test func `a delivery says what is wrong with its proof`() {
        let moment = Timestamp(milliseconds: 1_772_388_000_000)
        func refusal(_ header: String?, at now: Timestamp) -> TipDeliveryError? {
            do throws(TipDeliveryError) {
                _ = try StripeDelivery.drafts(in: body, signature: header, secret: secret, now: now)
                return nil
            } catch {
                return error
            }
        }
        let late = moment.advanced(byMilliseconds: 301_000)
        #expect(refusal(nil, at: moment) == .missingHeader("Stripe-Signature"))
        #expect(refusal("", at: moment) == .missingHeader("Stripe-Signature"))
        #expect(refusal("nonsense", at: moment) == .badSignature)
        #expect(refusal("t=1772388000,v1=\(golden)", at: late) == .staleTimestamp)
        #expect(refusal("t=1772388000,v1=\(golden)", at: moment) == nil)
    }
}
