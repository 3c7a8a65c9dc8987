import Testing
import WidgetAPI

@testable import FakePlatforms
@testable import Host

@Suite struct KickDeliveryTests {
    private static let now = Timestamp(milliseconds: 1_772_388_000_000)

    private static func read(_ headers: [String: String]) throws -> KickDelivery {
        try KickDelivery(header: { headers[$0] }, now: now)
    }

    private static func headers(at moment: Timestamp = now) -> [String: String] {
        var delivery = KickSamples.follow()
        delivery.timestamp = moment.iso8601
        return Dictionary(delivery.headers) { first, _ in first }
    }

    @Test(arguments: [
        "Kick-Event-Message-Id", "Kick-Event-Message-Timestamp", "Kick-Event-Signature", "Kick-Event-Type",
        "Kick-Event-Version",
    ])
    func `a missing or empty header is named`(name: String) throws {
        for value in [nil, ""] {
            var headers = Self.headers()
            headers[name] = value
            #expect(throws: KickDeliveryError.missingHeader(name)) { try Self.read(headers) }
        }
    }

    @Test(arguments: [-300_000, 0, 86_400_000] as [Int64])
    func `a delivery of the last 24 hours is taken, and of the next 5 minutes`(age: Int64) throws {
        let delivery = try Self.read(Self.headers(at: Self.now.advanced(byMilliseconds: -age)))
        #expect(delivery.deliveredAt.milliseconds == Self.now.milliseconds - age)
    }

    @Test(arguments: [-300_001, 86_400_001] as [Int64])
    func `an older one is refused, and one from the future`(age: Int64) throws {
        let headers = Self.headers(at: Self.now.advanced(byMilliseconds: -age))
        #expect(throws: KickDeliveryError.staleTimestamp) { try Self.read(headers) }
    }

    @Test(arguments: ["yesterday", "1772388000", "2026-03-01 18:00"])
    func `a time that is no time is refused`(text: String) throws {
        var headers = Self.headers()
        headers["Kick-Event-Message-Timestamp"] = text
        #expect(throws: KickDeliveryError.staleTimestamp) { try Self.read(headers) }
    }

    @Test func `only who has the key can sign, and only what was signed fits`() throws {
        let pem = try #require(KickSamples.publicKey)
        let key = try #require(KickPublicKey(pem: pem))
        let delivery = KickSamples.follow()
        let headers = Dictionary(delivery.headers) { first, _ in first }
        let signature = try #require(headers["Kick-Event-Signature"])
        let signed = Array("\(delivery.messageId).\(delivery.timestamp).".utf8) + delivery.body

        #expect(key.accepts(signature, for: signed))
        #expect(!key.accepts(signature, for: signed + [0]))
        #expect(!key.accepts(signature, for: signed.dropLast()))
        #expect(!key.accepts(String(signature.dropLast(8)), for: signed))
        #expect(!key.accepts("", for: signed))
        #expect(!key.accepts("no base64 ü", for: signed))
        var stranger = delivery
        stranger.signer = KickSamples.signerOfNobody()
        let other = try #require(Dictionary(stranger.headers) { first, _ in first }["Kick-Event-Signature"])
        #expect(!key.accepts(other, for: signed))
    }

    @Test(arguments: ["", "[]", "null", "{}", #"{"broadcaster":{}}"#, #"{"broadcaster":{"user_id":null}}"#, "{\u{7F}}"])
    func `a body of another shape is malformed`(text: String) throws {
        var delivery = KickSamples.follow()
        delivery.body = Array(text.utf8)
        let error = #expect(throws: KickDeliveryError.self) { try delivery.drafts() }
        guard case .malformed = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test func `no key is made of what is none`() {
        #expect(KickPublicKey(pem: "") == nil)
        #expect(KickPublicKey(pem: "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n") == nil)
        #expect(KickPublicKey(path: "/dev/null/nothing") == nil)
    }
}
