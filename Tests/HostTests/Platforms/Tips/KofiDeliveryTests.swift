import Testing
import WidgetAPI

@testable import Host

@Suite struct KofiDeliveryTests {
    private static let received = Timestamp(milliseconds: 1_772_400_000_000)

    private func drafts(_ sample: TipSamples) throws(TipDeliveryError) -> [EventDraft] {
        try KofiDelivery.drafts(in: sample.body, token: Secret(TipSamples.token), receivedAt: Self.received)
    }

    private func tip(_ changes: JSONObject) throws -> EventDraft {
        try #require(try drafts(.kofi(changes)).first)
    }

    @Test func `a donation is a tip with its name, amount and message, and nothing else`() throws {
        let draft = try tip(["message_id": "m-1", "timestamp": "2026-03-01T18:00:00Z"])

        #expect(draft.id == Event.ID("m-1") && draft.type == .tip && draft.platform == .kofi && !draft.isTest)
        #expect(draft.channelId == nil && draft.occurredAt.iso8601 == "2026-03-01T18:00:00.000Z")
        let user = User(id: "name:wren", login: "Wren", displayName: "Wren")
        let tip = Tip(
            user: user,
            amount: Money(minor: 300, currency: "USD"),
            kind: .donation,
            message: "for the kettle & more"
        )
        #expect(draft.payload == tip.json)
        for word in TipSamples.privateWords { #expect(!draft.payload.text.contains(word)) }
    }

    @Test(arguments: ["State", "max", "Kofi", "id"])
    func `a giver without an id has one that is no word of ours, however they are called`(name: String) throws {
        let user = try tip(["from_name": .string(name)]).payload["user"]
        #expect(user?["id"]?.stringValue == "name:\(name.lowercased())")
        #expect(user?["login"]?.stringValue == name)
    }

    @Test(arguments: ["a", "İ", "👩‍🚀"])
    func `the id of a giver with a long name is short enough to be erased`(letter: String) throws {
        let name = String(repeating: letter, count: 200)
        let user = try tip(["from_name": .string(name)]).payload["user"]
        let id = try #require(user?["id"]?.stringValue)
        #expect(id.unicodeScalars.count <= 100)
        #expect(name.lowercased().hasPrefix(id.dropFirst("name:".count)) || letter.unicodeScalars.count > 1)
        #expect(user?["displayName"]?.stringValue == name)
    }

    @Test func `monthly money is a tip, and what was bought is none`() throws {
        #expect(try drafts(.kofi(["type": "Subscription"])).count == 1)
        for type in ["Shop Order", "Commission", "Something New"] {
            #expect(try drafts(.kofi(["type": .string(type), "amount": nil])).isEmpty, "\(type)")
        }
    }

    @Test(arguments: [false, nil, "true"] as [JSONValue])
    func `a message that is not public is not kept`(isPublic: JSONValue) throws {
        let draft = try tip(["is_public": isPublic])

        #expect(draft.payload["message"] == .null)
        #expect(draft.payload["user"]?["displayName"] == "Wren")
    }

    @Test(arguments: [nil, "", " \u{2003}"] as [JSONValue])
    func `who gives no name is anonymous`(name: JSONValue) throws {
        #expect(try tip(["from_name": name]).payload["user"] == .null)
    }

    @Test func `a time that cannot be read is the moment it came`() throws {
        #expect(try tip(["timestamp": "yesterday"]).occurredAt == Self.received)
    }

    @Test(arguments: ["amount", "currency", "message_id", "type"])
    func `a donation without what it needs is malformed, and the field is named`(name: String) throws {
        let error = try #require(
            #expect(throws: TipDeliveryError.self) { try drafts(.kofi(JSONObject(dictionaryLiteral: (name, .null)))) }
        )
        #expect(error.code == .validation && error.publicMessage.contains("data.\(name)"))
    }

    @Test(
        arguments: [
            ("amount", "0.005"), ("amount", "1e3"), ("amount", "-1"), ("currency", "US"), ("currency", "BITS"),
            ("currency", "€"), ("message_id", "with a blank"), ("message_id", "nul\0"),
        ] as [(String, JSONValue)]
    )
    func `a value that is none is malformed, and the field is named`(name: String, value: JSONValue) throws {
        let error = try #require(
            #expect(throws: TipDeliveryError.self) { try drafts(.kofi(JSONObject(dictionaryLiteral: (name, value)))) }
        )
        #expect(error.code == .validation && error.publicMessage.contains("data.\(name)"))
    }

    @Test func `yen have no decimals, and a currency that nobody knows has two`() throws {
        #expect(try tip(["amount": "500", "currency": "JPY"]).payload["amount"] == ["minor": 500, "currency": "JPY"])
        #expect(try tip(["amount": "1.5", "currency": "xqq"]).payload["amount"] == ["minor": 150, "currency": "XQQ"])
    }

    @Test(arguments: ["", "another", TipSamples.token + "x", String(TipSamples.token.dropLast())])
    func `another token is refused`(token: String) {
        #expect(throws: TipDeliveryError.badToken) { try drafts(.kofi(token: token)) }
    }

    @Test func `a token that is missing or no text is refused before anything else is read`() {
        #expect(throws: TipDeliveryError.badToken) { try drafts(.kofi(text: "{}")) }
        #expect(throws: TipDeliveryError.badToken) { try drafts(.kofi(["verification_token": 7, "amount": nil])) }
    }

    @Test(arguments: ["", "data", "other=1", "data={}&data={}", "data=%7B", "data=[]", "data=%ff"])
    func `a body that is no form with one object in it is malformed`(body: String) throws {
        let sample = TipSamples(service: .kofi, body: Array(body.utf8))
        let error = try #require(#expect(throws: TipDeliveryError.self) { try drafts(sample) })
        #expect(error.code == .validation && error.publicMessage.contains("data"))
    }

    @Test func `a field is read as browsers write it`() {
        let body = Array("a=1&data=x+y%2B%c3%A9%zz%4&b=data".utf8)

        #expect(FormBody.field("data", in: body) == Array("x y+é%zz%4".utf8))
        #expect(FormBody.field("d%61ta", in: body) == nil)
        #expect(FormBody.field("data", in: Array("d%61ta=1".utf8)) == Array("1".utf8))
    }
}
