import Testing
import WidgetAPI

@testable import Host

@Suite struct BuyMeACoffeeDeliveryTests {
    private static let received = TipSamples.moment.advanced(byMilliseconds: 12_000_000)

    private func drafts(_ sample: TipSamples) throws(TipDeliveryError) -> [EventDraft] {
        try BuyMeACoffeeDelivery.drafts(
            in: sample.body,
            signature: sample.headers.first?.1,
            secret: Secret(TipSamples.coffeeSecret),
            receivedAt: Self.received
        )
    }

    private func tip(_ changes: JSONObject) throws -> EventDraft {
        try #require(try drafts(.coffee("donation.created", changes)).first)
    }

    @Test func `a donation is a tip with its name, amount and note, and nothing else`() throws {
        let draft = try tip(["created_at": 1_772_388_000])

        #expect(draft.id == Event.ID("58") && draft.type == .tip && draft.platform == .buymeacoffee && !draft.isTest)
        #expect(draft.channelId == nil && draft.occurredAt.milliseconds == 1_772_388_000_000)
        let user = User(id: "2345", login: "Heron", displayName: "Heron")
        let money = Money(minor: 500, currency: "USD")
        #expect(draft.payload == Tip(user: user, amount: money, kind: .donation, message: "with milk").json)
        for word in TipSamples.privateWords { #expect(!draft.payload.text.contains(word)) }
    }

    @Test(
        arguments: [(5, 500), (5.0, 500), (4.35, 435), ("4.35", 435), ("5", 500), (0.29, 29)] as [(JSONValue, Int64)]
    )
    func `an amount is what was written, as a number or as a text`(amount: JSONValue, minor: Int64) throws {
        #expect(try tip(["amount": amount]).payload["amount"]?["minor"] == .integer(minor))
    }

    @Test(
        arguments: [
            ("amount", 0), ("amount", -5), ("amount", 0.005), ("amount", 1e300), ("amount", "1e3"), ("amount", nil),
            ("amount", true), ("currency", "coffee"), ("id", nil), ("id", ["x"]),
        ] as [(String, JSONValue)]
    )
    func `a donation without what it needs is malformed, and the field is named`(name: String, value: JSONValue) throws
    {
        let error = try #require(
            #expect(throws: TipDeliveryError.self) { try tip(JSONObject(dictionaryLiteral: (name, value))) }
        )
        #expect(error.code == .validation && error.publicMessage.contains("data.\(name)"))
    }

    @Test(arguments: [true, "true"] as [JSONValue])
    func `a note that is hidden is not kept`(hidden: JSONValue) throws {
        #expect(try tip(["note_hidden": hidden]).payload["message"] == .null)
    }

    @Test func `who gives no name is anonymous, and who gives a name without an id goes by it`() throws {
        #expect(try tip(["supporter_name": nil]).payload["user"] == .null)
        #expect(try tip(["supporter_id": nil]).payload["user"]?["id"] == "name:heron")
    }

    @Test func `a donation that is told of again is the same tip`() throws {
        let updated = try drafts(.coffee("donation.updated"))

        #expect(updated.map(\.id) == [Event.ID("58")] && updated.map(\.type) == [.tip])
    }

    @Test(arguments: [("donation.updated", 0), ("donation.created", 1)])
    func `an old donation that is told of again is none, for its row may have left the log`(
        type: String,
        count: Int
    ) throws {
        let day = Self.received.milliseconds - BuyMeACoffeeDelivery.newsMilliseconds
        let old: JSONValue = .integer(day / 1000)
        let young: JSONValue = .integer(day / 1000 + 1)

        #expect(try drafts(.coffee(type, ["created_at": old])).count == count)
        #expect(try drafts(.coffee(type, ["created_at": young])).count == 1)
        #expect(try drafts(.coffee(type, ["created_at": old, "refunded": true])).count == 2)
    }

    @Test func `a donation that was given back leaves the screen, and the amount is told, once`() throws {
        let refunded = try drafts(.coffee("donation.refunded"))

        #expect(refunded.map(\.type) == ["tip:refunded", .chatDelete])
        #expect(refunded.map(\.id) == [Event.ID("58:refunded"), Event.ID("58:deleted")])
        #expect(
            refunded.first?.payload == ["externalId": "58", "money": ["minor": 500, "currency": "USD"]] as JSONValue
        )
        #expect(refunded.last?.payload == ["messageId": "58"] as JSONValue)
        for flag in ["true", true] as [JSONValue] {
            #expect(try drafts(.coffee("donation.updated", ["refunded": flag])) == refunded)
        }
    }

    @Test(arguments: ["membership.started", "extra_purchase.created", "something.new"])
    func `what is no donation is none of ours`(type: String) throws {
        #expect(try drafts(.coffee(type, ["amount": nil])).isEmpty)
    }

    @Test func `the service's test deliveries are shown and not counted`() throws {
        #expect(try drafts(.coffee(livemode: false)).first?.isTest == true)
    }

    @Test func `what the service signed is accepted, and any other byte, digit or secret is not`() throws {
        // Made with Python's hmac: sha256 over the body.
        let golden = "d1e4c4bc81fa82420eaa0682a22c20511067497566eb98571dfb039d0c900de7"
        let body = Array(#"{"type":"x","note":"wörld"}"#.utf8)
        func refusal(_ signature: String?, _ body: [UInt8], _ secret: String = "a-golden-secret") -> TipDeliveryError? {
            do throws(TipDeliveryError) {
                _ = try BuyMeACoffeeDelivery.drafts(
                    in: body,
                    signature: signature,
                    secret: Secret(secret),
                    receivedAt: Self.received
                )
                return nil
            } catch {
                return error
            }
        }

        #expect(refusal(golden, body) == nil)
        for place in body.indices {
            var changed = body
            changed[place] ^= 1
            #expect(refusal(golden, changed) == .badSignature)
        }
        for signature in [golden.uppercased(), "sha256=" + golden, golden + "0", String(golden.dropLast()) + "8"] {
            #expect(refusal(signature, body) == .badSignature)
        }
        #expect(refusal(golden, body, "a-golden-secreT") == .badSignature)
        for missing in [nil, ""] {
            #expect(refusal(missing, body) == .missingHeader("x-signature-sha256"))
        }
    }
}
