import Testing
import WidgetAPI

@testable import Host

/// A streamer's tip services, as their dashboard handles them.
@Suite(.withProcesses) struct TipSourceTests {
    private static let path = "/api/tip-sources"

    private static func add(_ service: String, _ secret: String, to streamer: DemoStreamer) throws -> JSONValue {
        let answer = try streamer.post(path, ["service": .string(service), "secret": .string(secret)])
        #expect(answer.status == 201, "\(answer.message)")
        return answer.data
    }

    @Test func `a service gets an address that nobody can guess, shown as often as it is asked for`() throws {
        let streamer = try DemoStreamer()
        #expect(try streamer.get(Self.path).items == [])

        let kofi = try Self.add("kofi", TipSamples.token, to: streamer)
        let other = try Self.add("kofi", "another-token", to: streamer)

        let beginning = "http://127.0.0.1:\(streamer.server.port)/api/webhooks/kofi/"
        let address = try #require(kofi["address"]?.stringValue)
        #expect(address.hasPrefix(beginning) && address.utf8.count == beginning.utf8.count + 43)
        #expect(Set(kofi.objectValue?.members.map(\.name) ?? []) == ["id", "service", "address", "lastDeliveryAt"])
        #expect(kofi["service"] == "kofi" && kofi["lastDeliveryAt"] == .null)
        #expect(other["address"] != kofi["address"])
        #expect(try streamer.get(Self.path).items == [kofi, other])
    }

    @Test func `a source that is removed takes no delivery any more, and is removed once`() throws {
        let streamer = try DemoStreamer()
        let source = try Self.add("kofi", TipSamples.token, to: streamer)
        let (id, address) = (source["id"]?.stringValue ?? "", source["address"]?.stringValue ?? "")
        #expect(try TipSamples.kofi().post(to: address, port: streamer.server.port).status == 200)

        #expect(try streamer.delete("\(Self.path)/\(id)").status == 204)

        #expect(try streamer.get(Self.path).items == [])
        #expect(try TipSamples.kofi().post(to: address, port: streamer.server.port).status == 404)
        #expect(try streamer.delete("\(Self.path)/\(id)").status == 404)
        #expect(try EventTable(of: streamer.server).count(ofType: "event:tip") == 1)
    }

    @Test func `the eleventh is one too many, and the tenth is not`() throws {
        let streamer = try DemoStreamer()
        for number in 1...10 { _ = try Self.add("kofi", "token-number-\(number)", to: streamer) }

        let answer = try streamer.post(Self.path, ["service": "kofi", "secret": "one-too-many"])

        #expect(answer.status == 409 && answer.code == "CONFLICT")
        #expect(try streamer.get(Self.path).items.count == 10)
        let bob = try DemoStreamer(besides: streamer)
        _ = try Self.add("kofi", "token-of-bob", to: bob)
    }

    @Test func `a secret has its length and signs to the edge, and what is refused is not repeated`() throws {
        let streamer = try DemoStreamer()
        func answer(_ service: String, _ secret: JSONValue) throws -> DemoStreamer.Answer {
            try streamer.post(Self.path, ["service": .string(service), "secret": secret])
        }
        func word(_ count: Int) -> String { String(repeating: "k", count: count) }

        for secret in [word(10), word(200), "!~!~!~!~!~"] {
            #expect(try answer("kofi", .string(secret)).status == 201)
            #expect(try answer("buymeacoffee", .string(secret)).status == 201)
        }
        #expect(try answer("stripe", .string("whsec_" + word(194))).status == 201)
        for (service, secret) in [
            ("kofi", word(9)), ("kofi", word(201)), ("kofi", "with a blank in it"), ("kofi", "Schlüssel-zum-Haus"),
            ("kofi", "line-end-of-a-paste\n"), ("buymeacoffee", word(9)), ("stripe", word(20)),
            ("stripe", "whsec_" + word(3)), ("stripe", "whsec_" + word(195)), ("stripe", "WHSEC_" + word(20)),
        ] {
            let refused = try answer(service, .string(secret))
            #expect(refused.status == 400 && refused.code == "VALIDATION_ERROR")
            #expect(refused.message.hasPrefix("secret: a text of \(secret.count) characters given"))
            #expect(refused.message.contains("10 to 200") && !refused.message.contains(secret))
        }
        for value in [7, nil, ["a-secret-in-a-list"]] as [JSONValue] {
            let refused = try answer("kofi", value)
            #expect(refused.status == 400 && refused.message.hasPrefix("secret: no text given"))
        }
    }

    @Test func `an unknown service, a missing member and one too many are refused by name`() throws {
        let streamer = try DemoStreamer()
        let bodies: [(JSONValue, String)] = [
            (["service": "paypal", "secret": "a-secret-of-it"], "service"), (["secret": "a-secret-of-it"], "service"),
            (["service": "kofi"], "secret"), (["service": "kofi", "secret": "a-secret-of-it", "key": "x"], "key"),
        ]
        for (body, name) in bodies {
            let answer = try streamer.post(Self.path, body)
            #expect(answer.status == 400 && answer.message.hasPrefix(name), "\(answer.message)")
        }
    }

    @Test func `the last delivery is the last one that was believed`() throws {
        let streamer = try DemoStreamer()
        let source = try Self.add("kofi", TipSamples.token, to: streamer)
        let address = source["address"]?.stringValue ?? ""
        func lastDelivery() throws -> JSONValue? { try streamer.get(Self.path).items.first?["lastDeliveryAt"] }

        #expect(try TipSamples.kofi(token: "a-guess").post(to: address, port: streamer.server.port).status == 403)
        #expect(try TipSamples.kofi(["amount": "x"]).post(to: address, port: streamer.server.port).status == 400)
        #expect(try lastDelivery() == .null)

        let sale = TipSamples.kofi(["type": "Shop Order"])
        #expect(try sale.post(to: address, port: streamer.server.port).status == 200)
        let moment = try #require(try lastDelivery()?.stringValue.flatMap { Timestamp(rfc3339: $0) })
        #expect(abs(moment.milliseconds - Timestamp.now.milliseconds) < 60_000)
    }

    @Test func `addresses and secrets are the same after the keys that seal them have been changed`() throws {
        let streamer = try DemoStreamer()
        let source = try Self.add("stripe", TipSamples.stripeSecret, to: streamer)
        let table = EventTable(of: streamer.server)
        let sealed = try table.rows("SELECT sealed_key, sealed_secret FROM tip_sources")

        let rotated = try streamer.server.command("rotate-keys")

        #expect(rotated.status == 0, "\(rotated.errors)")
        #expect(Set(sealed).isDisjoint(with: try table.rows("SELECT sealed_key, sealed_secret FROM tip_sources")))
        #expect(try streamer.get(Self.path).items == [source])
        let address = source["address"]?.stringValue ?? ""
        #expect(try TipSamples.stripe().post(to: address, port: streamer.server.port).status == 204)
    }

    @Test func `a list of addresses is never packed`() throws {
        let streamer = try DemoStreamer()
        for number in 1...10 { _ = try Self.add("kofi", "token-number-\(number)", to: streamer) }

        let socket = try Socket(port: streamer.server.port)
        let headers = [("Cookie", streamer.cookie), ("Accept-Encoding", "gzip")]
        let answer = try HTTPExchange.perform("GET", Self.path, headers: headers, on: socket)

        #expect(answer.status == 200 && answer.headers["content-encoding"] == nil)
        #expect(answer.bytes.count > 1000)
    }
}
