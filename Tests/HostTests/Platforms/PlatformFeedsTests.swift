import Testing
import WidgetAPI

@testable import Host

/// When feeds begin and end (SA7).
@Suite struct PlatformFeedsTests {
    private static let alice = Tenant.ID("alice")
    private static let bob = Tenant.ID("bob")

    @Test func `a feed goes on until the last who needs it has gone, be it a page or a stream`() async throws {
        let house = FeedHouse()
        try await house.running {
            house.feeds.pageOpened(Self.alice)
            house.feeds.pageOpened(Self.bob)
            #expect(await Deadline.comes { house.open == [Self.alice, Self.bob] })

            house.feeds.streamBegan(Self.alice)
            house.feeds.pageClosed(Self.alice)
            house.feeds.pageClosed(Self.bob)
            #expect(await Deadline.comes { !house.open.contains(Self.bob) })
            #expect(house.open == [Self.alice])

            house.feeds.streamEnded(Self.alice)
            #expect(await Deadline.comes { house.open.isEmpty })
            #expect(house.begun == 2)
        }
    }

    @Test func `a page that comes back within the time finds the feed as it was`() async throws {
        let house = FeedHouse()
        try await house.running {
            house.feeds.pageOpened(Self.alice)
            house.feeds.pageOpened(Self.bob)
            #expect(await Deadline.comes { house.open == [Self.alice, Self.bob] })

            for tenant in [Self.alice, Self.bob] { house.feeds.pageClosed(tenant) }
            house.feeds.pageOpened(Self.alice)
            #expect(await Deadline.comes { !house.open.contains(Self.bob) })

            #expect(house.open == [Self.alice])
            #expect(house.begun == 2)
        }
    }

    @Test func `where nothing was granted nobody is asked twice, and a login begins the feed`() async throws {
        let house = FeedHouse([:])
        try await house.running {
            for _ in 0..<3 { house.feeds.pageOpened(Self.alice) }
            #expect(await Deadline.comes { house.questions == 1 })
            #expect(house.begun == 0)

            house.grants = FeedHouse.grant(generation: 1)
            house.feeds.connectionChanged(Self.alice)

            #expect(await Deadline.comes { house.open == [Self.alice] })
            #expect(house.begun == 1)
            #expect(house.questions == 2)
        }
    }

    @Test func `a feed that goes on is left alone by new tokens, begun anew by another grant, ended by none`()
        async throws
    {
        let house = FeedHouse()
        try await house.running {
            house.feeds.pageOpened(Self.alice)
            #expect(await Deadline.comes { house.begun == 1 && house.questions == 1 })

            house.grants = FeedHouse.grant(generation: 2)
            house.feeds.connectionChanged(Self.alice)
            #expect(await Deadline.comes { house.questions == 2 })
            house.grants = FeedHouse.grant("chat and more", generation: 3)
            house.feeds.connectionChanged(Self.alice)
            #expect(await Deadline.comes { house.begun == 2 })
            house.grants = [:]
            house.feeds.connectionChanged(Self.alice)
            #expect(await Deadline.comes { house.open.isEmpty })

            #expect(house.begun == 2)
            #expect(house.questions == 4)
        }
    }

    @Test func `a feed that came back is begun anew by a login and by nothing else`() async throws {
        let house = FeedHouse()
        house.comesBack = true
        try await house.running {
            house.feeds.pageOpened(Self.alice)
            // Once before, and once because somebody may have signed in meanwhile.
            #expect(await Deadline.comes { house.questions == 2 })
            house.feeds.connectionChanged(Self.alice)
            #expect(await Deadline.comes { house.questions == 3 })
            #expect(house.begun == 1)

            house.comesBack = false
            house.grants = FeedHouse.grant(generation: 2)
            house.feeds.connectionChanged(Self.alice)

            #expect(await Deadline.comes { house.open == [Self.alice] })
            #expect(house.begun == 2)
        }
    }

    @Test func `what changes on one platform leaves another platform's part alone`() async throws {
        let (first, second) = (FeedHouse(), FeedHouse())
        first.comesBack = true
        let feeds = PlatformFeeds([first.part, second.part])
        let steps = {
            feeds.pageOpened(Self.alice)
            #expect(await Deadline.comes { first.questions == 2 && second.open == [Self.alice] })

            first.comesBack = false
            first.grants = FeedHouse.grant(generation: 2)
            feeds.connectionChanged(Self.alice)
            #expect(await Deadline.comes { first.open == [Self.alice] })
            second.grants = [:]
            feeds.connectionChanged(Self.alice)
            #expect(await Deadline.comes { second.open.isEmpty })

            #expect(first.open == [Self.alice] && first.begun == 2 && second.begun == 1)
            feeds.pageClosed(Self.alice)
            #expect(await Deadline.comes { first.open.isEmpty })
        }
        try await first.running({ try await feeds.run() }, body: steps)
    }

    @Test func `storage that does not answer is asked again`() async throws {
        let house = FeedHouse()
        house.failures = 1
        try await house.running {
            house.feeds.pageOpened(Self.alice)
            #expect(await Deadline.comes { house.open == [Self.alice] })
            #expect(house.questions == 2)
        }
    }
}
