import Foundation
import Testing
import WidgetAPI

@testable import Host

/// What tip services are answered, over real HTTP, and what comes of it.
@Suite(.serialized, .withProcesses) struct TipIntakeTests {
    private let streamer: DemoStreamer
    private var port: Int { streamer.server.port }
    private var table: EventTable { EventTable(of: streamer.server) }

    init() throws {
        var environment = ServerProcess.environment
        environment["CURRENCY_RATES"] = "EUR=1,USD=0.92"
        streamer = try DemoStreamer(environment: environment)
    }

    private func address(_ service: TipService, of owner: DemoStreamer? = nil) throws -> String {
        let secret =
            switch service {
            case .kofi: TipSamples.token
            case .stripe: TipSamples.stripeSecret
            case .buymeacoffee: TipSamples.coffeeSecret
            }
        let body: JSONValue = ["service": .string(service.rawValue), "secret": .string(secret)]
        let answer = try (owner ?? streamer).post("/api/tip-sources", body)
        return try #require(answer.data["address"]?.stringValue)
    }

    private static func sample(_ service: TipService) -> TipSamples {
        switch service {
        case .kofi: .kofi()
        case .stripe: .stripe()
        case .buymeacoffee: .coffee()
        }
    }

    private static func accepted(_ service: TipService) -> Int { service == .kofi ? 200 : 204 }

    private func expect(
        _ answer: HTTPExchange,
        _ status: Int,
        _ code: String,
        _ location: SourceLocation = #_sourceLocation
    ) {
        #expect(answer.status == status && answer.failureCode == code, "\(answer.body)", sourceLocation: location)
    }

    // MARK: Into the log

    @Test(arguments: TipService.allCases)
    func `a tip is answered once it is in the log with the day's rates, and again it is the same tip`(
        service: TipService
    ) throws {
        let address = try address(service)
        let tip = Self.sample(service)

        let answers = try (0..<3).map { _ in try tip.post(to: address, port: port) }

        let status = Self.accepted(service)
        #expect(answers.map(\.status) == [status, status, status])
        #expect(answers.allSatisfy { $0.body.isEmpty })
        #expect(try table.count(ofType: "event:tip") == 1)
        let row = try #require(try table.rows("SELECT payload FROM events WHERE type = 'event:tip'").first)
        #expect(try JSONValue(parsing: row)["rates"] == ["EUR": 1_000_000, "USD": 920_000])
        let facts = "SELECT platform, channel_id IS NULL, test FROM events WHERE type = 'event:tip'"
        #expect(try table.rows(facts) == ["\(service.rawValue)|1|0"])
    }

    @Test func `a session that is told of by two events is one tip`() throws {
        let address = try address(.stripe)
        let unpaid = TipSamples.stripe("checkout.session.completed", ["id": "cs_late", "payment_status": "unpaid"])
        let paid = TipSamples.stripe("checkout.session.async_payment_succeeded", ["id": "cs_late"])
        let completed = TipSamples.stripe("checkout.session.completed", ["id": "cs_late"])

        #expect(try unpaid.post(to: address, port: port).status == 204)
        #expect(try table.count(ofType: "event:tip") == 0)
        for delivery in [paid, completed, paid] { #expect(try delivery.post(to: address, port: port).status == 204) }

        #expect(try table.ids(ofTypes: "event:tip") == ["cs_late"])
    }

    @Test func `ids of one service are nothing to another`() throws {
        let (kofi, coffee) = (try address(.kofi), try address(.buymeacoffee))

        #expect(try TipSamples.kofi(["message_id": "58"]).post(to: kofi, port: port).status == 200)
        #expect(try TipSamples.coffee().post(to: coffee, port: port).status == 204)

        let rows = try table.rows("SELECT platform, source_id FROM events WHERE type = 'event:tip' ORDER BY platform")
        #expect(rows == ["buymeacoffee|58", "kofi|58"])
    }

    @Test func `two streamers with one service are told of their own tips alone`() throws {
        let bob = try DemoStreamer(besides: streamer)
        let (own, theirs) = (try address(.kofi), try address(.kofi, of: bob))
        let tip = TipSamples.kofi(["message_id": "m-1"])

        #expect(try tip.post(to: theirs, port: port).status == 200)
        func tips(_ streamer: DemoStreamer) throws -> [JSONValue] {
            try streamer.get("/api/events?types=event:tip").items
        }

        #expect(try tips(bob).map { $0["id"] } == ["m-1"])
        #expect(try tips(streamer).isEmpty)
        #expect(try streamer.get("/api/tip-sources").items.first?["lastDeliveryAt"] == .null)
        #expect(try tip.post(to: own, port: port).status == 200, "the same id is another streamer's other tip")
        #expect(try tips(streamer).count == 1)
    }

    @Test func `what is no tip is taken and not kept`() throws {
        let (kofi, stripe, coffee) = (try address(.kofi), try address(.stripe), try address(.buymeacoffee))

        #expect(try TipSamples.kofi(["type": "Shop Order"]).post(to: kofi, port: port).status == 200)
        #expect(try TipSamples.stripe("charge.refunded").post(to: stripe, port: port).status == 204)
        #expect(try TipSamples.coffee("membership.started").post(to: coffee, port: port).status == 204)

        #expect(try table.number("SELECT count(*) FROM events WHERE platform <> 'streamvibes'") == 0)
    }

    // MARK: Refused

    @Test(arguments: TipService.allCases)
    func `an address that was guessed, cut or is another service's is nobody's`(service: TipService) throws {
        let address = try address(service)
        let other = try #require(TipService.allCases.first { $0 != service }).rawValue
        let foreign = address.replacing("/\(service.rawValue)/", with: "/\(other)/")

        for wrong in [String(address.dropLast()), address + "x", foreign] {
            expect(try Self.sample(service).post(to: wrong, port: port), 404, "NOT_FOUND")
        }
        #expect(try table.number("SELECT count(*) FROM events WHERE platform <> 'streamvibes'") == 0)
    }

    @Test func `who does not know the secret is refused`() throws {
        let (kofi, stripe, coffee) = (try address(.kofi), try address(.stripe), try address(.buymeacoffee))
        var unsigned = [TipSamples.stripe(), TipSamples.coffee()]
        for index in unsigned.indices { unsigned[index].headers = [] }
        var tampered = [TipSamples.stripe(), TipSamples.coffee()]
        for index in tampered.indices { tampered[index].body[20] ^= 1 }
        let old = TipSamples.stripe(at: Timestamp.now.advanced(byMilliseconds: -302_000))

        expect(try TipSamples.kofi(token: "a-guess").post(to: kofi, port: port), 403, "FORBIDDEN")
        for delivery in [unsigned[0], tampered[0], old, .stripe(secret: "whsec_a-guess")] {
            expect(try delivery.post(to: stripe, port: port), 403, "FORBIDDEN")
        }
        for delivery in [unsigned[1], tampered[1], .coffee(secret: "a-guess-of-it")] {
            expect(try delivery.post(to: coffee, port: port), 403, "FORBIDDEN")
        }
        let almostOld = TipSamples.stripe(at: Timestamp.now.advanced(byMilliseconds: -240_000))
        #expect(try almostOld.post(to: stripe, port: port).status == 204)
        #expect(try table.count(ofType: "event:tip") == 1)
    }

    @Test func `what is proven and malformed is refused with the field`() throws {
        let (kofi, stripe, coffee) = (try address(.kofi), try address(.stripe), try address(.buymeacoffee))
        let answers = [
            (try TipSamples.kofi(["amount": "0.005"]).post(to: kofi, port: port), "data.amount"),
            (
                try TipSamples.stripe("checkout.session.completed", ["amount_total": -1]).post(to: stripe, port: port),
                "data.object.amount_total"
            ), (try TipSamples.coffee("donation.created", ["id": nil]).post(to: coffee, port: port), "data.id"),
        ]

        for (answer, field) in answers {
            expect(answer, 400, "VALIDATION_ERROR")
            #expect(answer.body.contains(field))
        }
    }

    @Test func `while the log cannot be written a tip is to be sent again, and then it is one tip`() throws {
        let address = try address(.stripe)
        let tip = TipSamples.stripe()
        let writer = try EndlessWriter(on: table.path)

        let answer = try tip.post(to: address, port: port)
        writer.end()

        expect(answer, 503, "UNAVAILABLE")
        #expect(try streamer.get("/api/tip-sources").items.first?["lastDeliveryAt"] == .null)
        #expect(try tip.post(to: address, port: port).status == 204)
        #expect(try table.count(ofType: "event:tip") == 1)
    }

    @Test func `a body of 1 MiB is read, and one byte more is refused`() throws {
        let address = try address(.buymeacoffee)
        let text = String(decoding: TipSamples.coffee().body, as: UTF8.self)
        let blanks = String(repeating: " ", count: (1 << 20) - text.utf8.count)

        expect(
            try TipSamples.coffee(text: text + blanks + " ").post(to: address, port: port),
            413,
            "PAYLOAD_TOO_LARGE"
        )
        #expect(try TipSamples.coffee(text: text + blanks).post(to: address, port: port).status == 204)
    }

    // MARK: On screen

    @Test(arguments: TipService.allCases)
    func `a tip is on the overlay with its name, amount and message`(service: TipService) throws {
        try streamer.configure("tips", ["mode": "donations"])
        let address = try address(service)
        let page = try streamer.page(view: "tips")
        _ = try #require(try page.snapshot())

        #expect(try Self.sample(service).post(to: address, port: port).status == Self.accepted(service))

        let shown =
            switch service {
            case .kofi: ["Wren", "$3.00", "for the kettle & more"]
            case .stripe: ["Finch", "$5.00", "good luck"]
            case .buymeacoffee: ["Heron", "$5.00", "with milk"]
            }
        let patch = try page.message("overlay:patch") { patch in shown.allSatisfy(patch.text.contains) }
        #expect(patch != nil)
    }

    @Test func `a tip that was given back leaves the screen`() throws {
        try streamer.configure("tips", ["mode": "donations"])
        let address = try address(.buymeacoffee)
        #expect(try TipSamples.coffee().post(to: address, port: port).status == 204)
        #expect(try #require(try streamer.page(view: "tips").snapshot()).text.contains("Heron"))

        #expect(try TipSamples.coffee("donation.refunded").post(to: address, port: port).status == 204)

        let isGone = try Deadline.wait(seconds: 60) {
            try streamer.page(view: "tips").snapshot()?.text.contains("Heron") == false
        }
        #expect(isGone)
        #expect(try table.ids(ofTypes: "tip:refunded") == ["58:refunded"])
    }

    @Test func `a tip that comes after its refund is no tip`() throws {
        let address = try address(.buymeacoffee)
        #expect(try TipSamples.coffee("donation.refunded").post(to: address, port: port).status == 204)

        #expect(try TipSamples.coffee().post(to: address, port: port).status == 204)
        #expect(try TipSamples.coffee("donation.created", ["id": 59]).post(to: address, port: port).status == 204)

        #expect(try table.ids(ofTypes: "event:tip") == ["59"])
    }

    // MARK: What goes no further

    @Test func `e-mail, address and secrets are in no row, line, frame or answer`() throws {
        try streamer.configure("tips", ["mode": "donations"])
        let addresses = try TipService.allCases.map { try address($0) }
        let page = try streamer.page()
        _ = try #require(try page.snapshot())
        let raw = try WebSocketClient(port: port, headers: [("Cookie", streamer.cookie)])
        try raw.send("events:subscribe", [:])
        _ = try #require(try raw.message("events:ready"))
        let secretNote = "between the two of us"
        let samples = [
            TipSamples.kofi(), .kofi(["is_public": false, "message": .string(secretNote)]),
            .kofi(["type": "Shop Order"]),
            .kofi(["amount": "x"]), .kofi(token: "a-guess"), .stripe(), .stripe("charge.refunded"),
            .stripe("checkout.session.completed", ["amount_total": nil]), .stripe(secret: "whsec_a-guess"), .coffee(),
            .coffee("membership.started"), .coffee("donation.refunded"), .coffee("donation.created", ["id": nil]),
        ]
        var said: [String] = []

        for sample in samples {
            let address = try #require(addresses.first { $0.contains("/\(sample.service.rawValue)/") })
            said.append(try sample.post(to: address, port: port).body)
        }

        said.append(try #require(try page.message("overlay:patch")).text)
        for _ in 0..<4 { said.append(try #require(try raw.message("event:tip")).text) }
        said.append(try streamer.exchange("GET", "/api/events?limit=500").body)
        said.append(try streamer.download("/api/account/export").body)
        #expect(streamer.server.logLines(with: "delivery was refused").count == 5)
        let keys = addresses.compactMap { $0.split(separator: "/").last.map(String.init) }
        let secrets = [TipSamples.token, TipSamples.stripeSecret, TipSamples.coffeeSecret]
        let hidden = TipSamples.privateWords + [secretNote] + keys + secrets
        for word in hidden {
            #expect(!said.contains { $0.contains(word) }, "\(word) was said")
            #expect(!streamer.server.log.contains(word), "\(word) is in the log")
        }
        #expect(said.contains { $0.contains("Wren") } && said.contains { $0.contains("Heron") })
        let kept = Self.database(of: streamer.server)
        for word in hidden { #expect(kept.range(of: Data(word.utf8)) == nil, "\(word) is kept") }
        #expect(kept.range(of: Data("Wren".utf8)) != nil)
    }

    /// Every byte of the database, what it has not yet moved out of its journal among them.
    private static func database(of server: ServerProcess) -> Data {
        ["", "-wal"].reduce(into: Data()) { bytes, ending in
            let path = server.dataDirectory + "/streamvibes.sqlite" + ending
            bytes += FileManager.default.contents(atPath: path) ?? Data()
        }
    }
}
