import Testing
import WidgetAPI

@testable import FakePlatforms
@testable import Host

/// Many channels over few connections, each with its own lines.
@Suite struct IRCPoolTests {
    private let place: IRCPoolPlace
    private let clock = HandClock()
    private var pool: IRCPool { place.pool }

    init() throws {
        place = try IRCPoolPlace()
    }

    @Test func `twenty channels are read over one connection, and the next ones over another`() async throws {
        let names = (0..<25).map { "streamer\($0)" }
        let rooms = try await withThrowingTaskGroup(of: IRCRoom.self) { group in
            for name in names { group.addTask { try await pool.enter(place.member(name)) } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(place.irc.visits.map(\.rooms.count).sorted() == [5, 20])
        #expect(Set(place.irc.visits.flatMap(\.rooms)) == Set(names.map { "#\($0)" }))

        for name in names {
            #expect(place.irc.says(["PING :\(name)", place.line("of \(name)", name)], in: "#\(name)") == 1)
        }
        for room in rooms { #expect(await place.text(of: room) == "of \(room.channel.dropFirst())") }
        let isAnswered = await Deadline.comes {
            place.irc.visits.map { IRCPoolPlace.count("PONG", $0) }.sorted() == [5, 20]
        }
        #expect(isAnswered)
    }

    @Test func `lines of several channels in one message find theirs, and others are nobody's`() async throws {
        let (alice, bob) = (try await pool.enter(place.member("alice")), try await pool.enter(place.member("bob")))
        #expect(place.irc.visits.count == 1 && !alice.isOthers && bob.isOthers)

        _ = place.irc.says(
            [place.line("A", "alice"), place.line("C", "cleo"), place.line("B", "bob"), place.line("a", "alice")],
            in: "#bob"
        )

        #expect(await place.text(of: alice) == "A, a")
        #expect(await place.text(of: bob) == "B")
    }

    @Test func `who leaves takes their login along, and the others move without a gap`() async throws {
        var alice: IRCRoom? = try await pool.enter(place.member("alice"))
        let bob = try await pool.enter(place.member("bob"))
        let cleo = try await pool.enter(place.member("cleo"))
        #expect(place.irc.visits.map(\.login) == ["alice"])

        alice = nil
        #expect(await place.word(of: bob) == "move")
        #expect(await place.word(of: cleo) == "move")
        #expect(await Deadline.comes { place.irc.visits[0].rooms == ["#bob", "#cleo"] })
        _ = place.irc.says([place.line("one", "bob")], in: "#bob")
        let next = try await pool.enter(place.member("bob"))
        _ = place.irc.says([place.line("two", "bob")], in: "#bob")
        bob.part()
        _ = place.irc.says([place.line("three", "bob")], in: "#bob")

        #expect(place.irc.visits.map(\.login) == ["alice", "bob"] && !next.isOthers)
        let old = await place.rest(of: bob)
        #expect(old.lines.first == "one")
        #expect(old.end == "it is read elsewhere")
        #expect(await place.text(of: next, "three") == "two, three")
        #expect(place.irc.visits[0].isOpen, "Cleo is still there")

        let last = try await pool.enter(place.member("cleo"))
        cleo.part()
        #expect(await place.word(of: cleo) == "ended: Twitch closed it")
        #expect(await Deadline.comes { place.irc.visits.map(\.isOpen) == [false, true] })
        #expect(place.irc.visits[1].rooms == ["#bob", "#cleo"])
        withExtendedLifetime((alice, last)) {}
    }

    @Test func `where Twitch does not say that a channel was left, that is taken for granted`() async throws {
        place.irc.manners.answersParts = false
        let alice = try await pool.enter(place.member("alice"))
        let bob = try await pool.enter(place.member("bob"))
        _ = place.irc.says([":tmi.twitch.tv RECONNECT"], in: "#alice")
        #expect(await place.word(of: alice) == "move")
        let next = try await pool.enter(place.member("alice"))
        alice.part()
        #expect(await place.word(of: alice) == "ended: it is read elsewhere")
        #expect(place.irc.visits.map(\.isOpen) == [true, true])
        withExtendedLifetime((bob, next)) {}
    }

    @Test func `a channel that is left and comes back is not ended by what is said of the first time`() async throws {
        let alice = try await pool.enter(place.member("alice"))
        var bob: IRCRoom? = try await pool.enter(place.member("bob"))
        place.irc.manners.answersParts = false
        bob = nil
        #expect(await Deadline.comes { place.irc.visits[0].heard.last == "PART #bob" })
        let next = try await pool.enter(place.member("bob"))
        #expect(place.irc.visits.map(\.login) == ["alice", "bob"])
        place.irc.sendsOut(place.irc.visits[0], of: "#bob")
        _ = place.irc.says([place.line("one", "bob")], in: "#bob")
        #expect(await place.text(of: next) == "one")
        withExtendedLifetime((alice, bob)) {}
    }

    @Test func `an account that has joined twenty channels joins no other for a while`() async throws {
        place.irc.manners.limitsJoins = false
        let pool = IRCPool(joins: IRCJoins { clock.now }, patience: IRCPoolPlace.endless)
        var rooms: [IRCRoom] = []
        for number in 0..<20 { rooms.append(try await pool.enter(place.member("streamer\(number)"))) }
        rooms.removeLast()
        let next = try await pool.enter(place.member("next"))
        #expect(!next.isOthers && place.irc.visits.count == 2)

        clock.goOn(IRCJoins.window)
        let last = try await pool.enter(place.member("last"))
        #expect(last.isOthers && place.irc.visits.count == 2)
        #expect(place.irc.visits[0].rooms.last == "#last")
        withExtendedLifetime(rooms) {}
    }

    @Test func `one's own join waits until the account may join again`() async throws {
        let window = Duration.milliseconds(500)
        let joins = IRCJoins(window: window)
        let pool = IRCPool(joins: joins, patience: IRCPoolPlace.endless)
        let begun = ContinuousClock.now
        for _ in 0..<IRCJoins.limit { #expect(joins.claim("alice") == nil) }

        let alice = try await pool.enter(place.member("alice"))

        #expect(ContinuousClock.now - begun >= window)
        #expect(!alice.isOthers && place.irc.visits.map(\.rooms) == [["#alice"]])
    }

    @Test func `what nobody reads holds the socket back, and nothing of it is lost`() async throws {
        let alice = try await pool.enter(place.member("alice"))
        let (count, together) = (20_000, 10)
        for first in stride(from: 0, to: count, by: together) {
            _ = place.irc.says((first..<first + together).map { place.line("\($0)", "alice") }, in: "#alice")
        }
        // Long enough for all of them to be there if nothing held them back.
        try await Task.sleep(for: .seconds(1))

        var texts: [String] = []
        while texts.count < count, case .lines(let lines) = await alice.mailbox.next() {
            // What is taken in one go may be too much.
            #expect(lines.count <= IRCMailbox.limit + 64 * together)
            texts += lines.map { $0.parameter(1) ?? "" }
        }
        #expect(texts == (0..<count).map { "\($0)" })
    }
}
