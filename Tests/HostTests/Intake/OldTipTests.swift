import Testing
import WidgetAPI

@testable import Host

/// A tip that its service tells of when the log may have had it and forgotten it.
@Suite(.serialized, .withProcesses) struct OldTipTests {
    private static let secrets: [TipService: String] = [
        .kofi: TipSamples.token, .stripe: TipSamples.stripeSecret, .buymeacoffee: TipSamples.coffeeSecret,
    ]
    /// Those that send again by hand.
    private static let repeating: [TipService] = [.stripe, .buymeacoffee]

    /// A streamer on a host whose log keeps that many days.
    private static func streamer(keeping days: Int) throws -> DemoStreamer {
        try DemoStreamer(environment: ServerProcess.environment.merging(["EVENT_RETENTION_DAYS": "\(days)"]) { $1 })
    }

    private static func address(_ service: TipService, of streamer: DemoStreamer) throws -> String {
        let body: JSONValue = ["service": .string(service.rawValue), "secret": .string(secrets[service] ?? "")]
        return try #require(try streamer.post("/api/tip-sources", body).data["address"]?.stringValue)
    }

    /// One that was given so many days ago, and is sent now.
    private static func tip(_ service: TipService, daysOld days: Int64) -> TipSamples {
        let given = TipSamples.moment.advanced(byMilliseconds: -days * 86_400_000)
        return switch service {
        case .kofi: .kofi(["timestamp": .string(given.iso8601)])
        case .stripe: .stripe(created: given)
        case .buymeacoffee: coffee(days: days)
        }
    }

    private static func coffee(_ type: String = "donation.created", days: Int64, livemode: Bool = true) -> TipSamples {
        let given = TipSamples.moment.milliseconds / 1000 - days * 86_400
        return .coffee(type, ["id": .integer(days), "created_at": .integer(given)], livemode: livemode)
    }

    @Test(arguments: [(30, 29, 31), (1, 3, 5)] as [(Int, Int64, Int64)])
    func `a tip comes in as long as the log remembers and services try, and an older one is answered and not kept`(
        retention: Int,
        young: Int64,
        old: Int64
    ) throws {
        let streamer = try Self.streamer(keeping: retention)
        let (table, port) = (EventTable(of: streamer.server), streamer.server.port)
        for service in Self.repeating {
            let address = try Self.address(service, of: streamer)
            let tips = "SELECT count(*) FROM events WHERE type = 'event:tip' AND platform = '\(service.rawValue)'"

            #expect(try Self.tip(service, daysOld: old).post(to: address, port: port).status == 204)
            #expect(try table.number(tips) == 0, "\(service)")
            let sources = try streamer.get("/api/tip-sources").items
            #expect(sources.allSatisfy { $0["lastDeliveryAt"]?.stringValue != nil })

            #expect(try Self.tip(service, daysOld: young).post(to: address, port: port).status == 204)
            #expect(try table.number(tips) == 1, "\(service)")
        }
        let lines = streamer.server.logLines(with: "a tip is older than the log and was not taken")
        #expect(lines.count == Self.repeating.count)
        for word in ["Finch", "Heron"] { #expect(!lines.contains { $0.contains(word) }) }
    }

    @Test func `where the log keeps everything a tip is never too old`() throws {
        let streamer = try Self.streamer(keeping: 0)
        let address = try Self.address(.stripe, of: streamer)

        let tip = Self.tip(.stripe, daysOld: 400)
        for _ in 1...2 { #expect(try tip.post(to: address, port: streamer.server.port).status == 204) }

        #expect(try EventTable(of: streamer.server).count(ofType: "event:tip") == 1)
    }

    @Test func `a refund, a test and a tip of Ko-fi come in however old they are`() throws {
        let streamer = try Self.streamer(keeping: 30)
        let (kofi, coffee) = (try Self.address(.kofi, of: streamer), try Self.address(.buymeacoffee, of: streamer))
        let port = streamer.server.port

        #expect(try Self.coffee("donation.refunded", days: 400).post(to: coffee, port: port).status == 204)
        #expect(try Self.coffee(days: 500, livemode: false).post(to: coffee, port: port).status == 204)
        #expect(try Self.tip(.kofi, daysOld: 400).post(to: kofi, port: port).status == 200)

        let table = EventTable(of: streamer.server)
        #expect(try table.ids(ofTypes: "tip:refunded") == ["400:refunded"])
        let tips = "SELECT platform, test FROM events WHERE type = 'event:tip' ORDER BY seq"
        #expect(try table.rows(tips) == ["buymeacoffee|1", "kofi|0"])
    }
}
