import Testing
import WidgetAPI

@testable import Host

/// Whose word on a clearing is written down.
@Suite struct TwitchClearingsTests {
    private static let ofUser: Set = ["channel.chat.clear_user_messages"]
    private static let both: Set = ["channel.chat.clear_user_messages", "channel.chat.clear"]

    private let clock: HandClock
    private let clearings: TwitchClearings

    init() {
        let clock = HandClock()
        self.clock = clock
        clearings = TwitchClearings { clock.now }
    }

    @Test(arguments: ["77", nil] as [String?])
    func `while EventSub brings it, its word is the one`(userId: String?) {
        #expect(clearings.eventSubBrings(Self.both) == [])

        #expect(!clearings.takes(fromIRC: Self.clearing("irc-1", of: userId)))
        #expect(clearings.leaves(Self.clearing("eventsub-1", of: userId)))
        #expect(clearings.leaves(Self.clearing("eventsub-2", of: userId, at: 10_000)))
        #expect(!clearings.takes(fromIRC: Self.clearing("irc-2", of: userId, at: 10_000)))

        #expect(clearings.eventSubBrings([]) == [], "it owed nothing")
    }

    @Test func `while EventSub is away IRC's word is taken, and what both tell around its return is one`() {
        let (first, second) = (Self.clearing("irc-1", of: "77"), Self.clearing("irc-2", of: "77", at: 20_000))
        #expect(clearings.takes(fromIRC: first))
        #expect(!clearings.takes(fromIRC: first), "a line that comes twice")

        #expect(clearings.eventSubBrings(Self.both) == [])

        #expect(!clearings.leaves(Self.clearing("eventsub-1", of: "77", at: 5000)))
        #expect(!clearings.leaves(Self.clearing("eventsub-1", of: "77", at: 5000)), "said once more")
        #expect(!clearings.takes(fromIRC: second), "it is EventSub's again")
    }

    @Test func `what EventSub told just before it went is not taken from IRC`() {
        _ = clearings.eventSubBrings(Self.both)
        #expect(clearings.leaves(Self.clearing("eventsub-1", of: "77")))
        _ = clearings.eventSubBrings([])

        #expect(!clearings.takes(fromIRC: Self.clearing("irc-1", of: "77", at: -5000)))
        #expect(clearings.takes(fromIRC: Self.clearing("irc-2", of: "77")), "somebody's second one")
        #expect(clearings.takes(fromIRC: Self.clearing("irc-3", of: "78")))
        #expect(clearings.takes(fromIRC: Self.clearing("irc-4", of: nil)))
    }

    @Test func `clearings that are dated further apart are two`() {
        #expect(clearings.takes(fromIRC: Self.clearing("irc-1", of: "77")))
        #expect(clearings.leaves(Self.clearing("eventsub-1", of: "77", at: 5001)))
    }

    @Test func `what EventSub owes when it goes is taken then, and once`() {
        _ = clearings.eventSubBrings(Self.both)
        let (told, owed) = (Self.clearing("irc-1", of: "77"), Self.clearing("irc-2", of: "78"))
        for draft in [told, owed] { #expect(!clearings.takes(fromIRC: draft)) }
        #expect(clearings.leaves(Self.clearing("eventsub-1", of: "77")))

        #expect(clearings.eventSubBrings([]) == [owed])
        #expect(clearings.eventSubBrings([]) == [])
        #expect(!clearings.takes(fromIRC: owed))
        #expect(!clearings.leaves(Self.clearing("eventsub-2", of: "78")))
    }

    @Test func `each type goes and comes by itself`() {
        _ = clearings.eventSubBrings(Self.both)
        let (ofUser, ofAll) = (Self.clearing("irc-1", of: "77"), Self.clearing("irc-2", of: nil))
        for draft in [ofUser, ofAll] { #expect(!clearings.takes(fromIRC: draft)) }

        #expect(clearings.eventSubBrings(Self.ofUser) == [ofAll])

        #expect(clearings.takes(fromIRC: Self.clearing("irc-3", of: nil, at: 20_000)))
        #expect(!clearings.takes(fromIRC: Self.clearing("irc-4", of: "77", at: 20_000)))
    }

    @Test func `a type that has ended is IRC's again, with what EventSub owed of it`() {
        _ = clearings.eventSubBrings(Self.both)
        let (ofUser, ofAll) = (Self.clearing("irc-1", of: "77"), Self.clearing("irc-2", of: nil))
        for draft in [ofUser, ofAll] { #expect(!clearings.takes(fromIRC: draft)) }

        #expect(clearings.eventSubEnds("channel.chat.clear") == [ofAll])
        #expect(clearings.eventSubEnds("channel.chat.clear") == [])

        #expect(clearings.takes(fromIRC: Self.clearing("irc-3", of: nil, at: 20_000)))
        #expect(!clearings.takes(fromIRC: Self.clearing("irc-4", of: "77", at: 20_000)))
    }

    @Test func `a post that comes again is taken as it was before, for storage may have refused it`() {
        let (own, known) = (Self.clearing("post-1", of: "77"), Self.clearing("post-2", of: "78"))
        #expect(clearings.takes(fromIRC: Self.clearing("irc-1", of: "78")))

        for _ in 1...2 {
            #expect(clearings.written(fromEventSub: own) == own)
            #expect(clearings.written(fromEventSub: known).id == Event.ID("irc-1"), "the log takes it once")
        }
    }

    @Test func `what a round no longer finds is owed until Twitch says that it has ended`() {
        clearings.eventSubPosts(Self.both)
        let owed = Self.clearing("irc-1", of: "77")
        #expect(!clearings.takes(fromIRC: owed))

        clearings.eventSubPosts([])

        #expect(clearings.takes(fromIRC: Self.clearing("irc-2", of: "78")))
        #expect(clearings.eventSubEnds("channel.follow") == [owed])
        #expect(clearings.written(fromEventSub: Self.clearing("post-1", of: "77")).id == owed.id)
    }

    @Test func `what EventSub has not told for half a minute is nobody's any more`() {
        _ = clearings.eventSubBrings(Self.both)
        let (old, young) = (Self.clearing("irc-1", of: "77"), Self.clearing("irc-2", of: "78"))
        #expect(!clearings.takes(fromIRC: old))
        clock.goOn(.seconds(30))
        #expect(!clearings.takes(fromIRC: young))
        clock.goOn(.milliseconds(1))

        #expect(clearings.eventSubBrings([]) == [young])
    }

    @Test func `a flood pushes out what came first`() {
        _ = clearings.eventSubBrings(Self.both)
        let flood = (0...500).map { Self.clearing("irc-\($0)", of: "\($0)") }
        for draft in flood { #expect(!clearings.takes(fromIRC: draft)) }

        #expect(clearings.eventSubBrings([]) == Array(flood.dropFirst()))
    }

    @Test func `all that is no clearing is taken from EventSub as it comes`() {
        var draft = Self.clearing("line-1", of: "77")
        draft.type = .chatMessage

        for _ in 1...2 { #expect(clearings.leaves(draft)) }
    }

    @Test func `what is known of a channel's clearings lasts until the channel has left`() {
        let all = PostedClearings()
        let (alice, bob) = (all.of("501"), all.of("502"))

        all.keep(only: ["501"])

        #expect(all.of("501") === alice)
        #expect(all.of("502") !== bob)
    }

    /// One that Twitch dates at that moment.
    private static func clearing(_ id: String, of userId: String?, at milliseconds: Int64 = 0) -> EventDraft {
        EventDraft(
            id: Event.ID(id),
            type: .chatClear,
            platform: .twitch,
            channelId: "501",
            occurredAt: Timestamp(milliseconds: 1_772_388_000_000 + milliseconds),
            payload: ChatClearing(userId: userId).json
        )
    }
}

extension TwitchClearings {
    /// Whether what EventSub says keeps its own id, so that the log takes it.
    fileprivate func leaves(_ draft: EventDraft) -> Bool { written(fromEventSub: draft) == draft }
}
