import Testing
import WidgetAPI

@testable import Host

@Suite struct ChannelStoreTests {
    @Test func `a new streamer starts with the layout Main, the theme Signal and the four core widgets`() async throws {
        let place = try await LogPlace()
        let alice = try await place.streamer("Alice", "1")

        let stages = try await LayoutStore(database: place.database).stages(in: alice)

        let stage = try #require(stages.first)
        #expect(stages.count == 1)
        #expect(stage.layout.name == "Main" && stage.layout.isDefault)
        #expect(stage.theme.name == "Signal" && stage.theme.variables == .signal)
        #expect(
            Dictionary(uniqueKeysWithValues: stage.layout.widgets.map { ($0.type, $0.position) }) == [
                "chat": .init(x: 9, y: 3, width: 3, height: 5),
                "events": .init(x: 3, y: 1, width: 6, height: 3),
                "goals": .init(x: 0, y: 0, width: 3, height: 1),
                "tips": .init(x: 0, y: 8, width: 12, height: 1),
            ]
        )
    }

    @Test func `two streamers have nothing in common`() async throws {
        let place = try await LogPlace()
        let (alice, bob) = (try await place.streamer("alice", "1"), try await place.streamer("bob", "2"))
        let channels = ChannelStore(database: place.database, now: place.now)
        let layouts = LayoutStore(database: place.database)

        #expect(try await channels.channels(in: alice).map(\.name) == ["alice"])
        #expect(try await channels.channels(in: bob).map(\.name) == ["bob"])
        let ids = try await (layouts.stages(in: alice).map(\.layout.id), layouts.stages(in: bob).map(\.layout.id))
        #expect(Set(ids.0).isDisjoint(with: ids.1))
    }

    @Test func `removing the last channel leaves no row of the streamer`() async throws {
        let place = try await LogPlace()
        let alice = try await place.streamer("alice", "1")
        try await place.log.append([draft("a")], in: alice)
        let channels = ChannelStore(database: place.database, now: place.now)

        #expect(try await channels.remove(.twitch, "alice"))

        for table in ["streamers", "channels", "layouts", "widgets", "themes", "events", "checkpoints", "sessions"] {
            let count = try await place.database.hostRead {
                try $0.first("SELECT count(*) FROM \(table)", [])?.integer(0)
            }
            #expect(count == 0, "\(table)")
        }
    }

    @Test func `a channel is found by name whatever its case and not on another platform`() async throws {
        let place = try await LogPlace()
        let alice = try await place.streamer("Alice", "1")
        let channels = ChannelStore(database: place.database, now: place.now)

        #expect(try await channels.channel(named: "ALICE", on: .twitch)?.tenant == alice.tenant)
        #expect(try await channels.channel(named: "alice", on: .kick) == nil)
        #expect(try await channels.channel(ofUser: "1", on: .twitch)?.tenant == alice.tenant)
        #expect(try await channels.channel(ofUser: "1", on: .kick) == nil)
    }
}
