import Testing
import WidgetAPI

@testable import FakePlatforms
@testable import Host

/// What befalls one account or channel costs the others that share its connection nothing.
@Suite struct IRCPoolTroubleTests {
    private let place: IRCPoolPlace
    private var pool: IRCPool { place.pool }

    init() throws {
        place = try IRCPoolPlace()
    }

    @Test func `who is banned in a channel reads it for nobody`() async throws {
        place.irc.manners.bans = ["#bob": ["alice"]]
        let alice = try await pool.enter(place.member("alice"))
        let bob = try await pool.enter(place.member("bob"))
        #expect(place.irc.visits.map(\.login) == ["alice", "bob"])
        let cleo = try await pool.enter(place.member("cleo"))
        #expect(place.irc.visits.map(\.rooms) == [["#alice", "#cleo"], ["#bob"]], "what is read alone stays alone")
        #expect(!bob.isOthers && cleo.isOthers)

        bob.part()
        #expect(await place.word(of: bob) == "ended: Twitch closed it")
        place.irc.manners.bans = [:]
        let again = try await pool.enter(place.member("bob"))
        #expect(!again.isOthers, "as long as nobody says otherwise")
        place.irc.ends(place.irc.visits[0])
        #expect(await place.rest(of: alice).end == "Twitch closed it")
        let next = try await pool.enter(place.member("alice"))
        pool.forget(Tenant.ID("bob"))
        let shared = try await pool.enter(place.member("bob"))
        #expect(shared.isOthers)
        withExtendedLifetime(next) {}
    }

    @Test func `who is banned at home is told so, and takes nobody along`() async throws {
        place.irc.manners.bans = ["#alice": ["alice"]]
        let banned = IRCEnding.refused("the channel: msg_banned")
        for _ in 0..<2 {
            await #expect(throws: banned) { try await pool.enter(place.member("alice")) }
        }
        let bob = try await pool.enter(place.member("bob"))
        await #expect(throws: banned) { try await pool.enter(place.member("alice")) }
        #expect(!bob.isOthers)
        #expect(await Deadline.comes { place.irc.visits.filter(\.isOpen).map(\.login) == ["bob"] })
    }

    @Test func `a channel where another is silenced moves to its own, and is read meanwhile`() async throws {
        let alice = try await pool.enter(place.member("alice"))
        let bob = try await pool.enter(place.member("bob"))
        // That may be about another socket of Alice's.
        _ = place.irc.says([":alice!alice@alice.tmi.twitch.tv PART #bob", place.line("one", "bob")], in: "#bob")
        #expect(await place.text(of: bob) == "one")
        let words = "@room-id=id-bob;target-user-id=1 :tmi.twitch.tv CLEARCHAT #bob :alice"
        _ = place.irc.says([words, place.line("two", "bob")], in: "#bob")
        #expect(await place.word(of: bob) == "move alone")
        #expect(await place.text(of: bob, "two").hasSuffix("two"))

        _ = place.irc.says([words.replacing("bob", with: "alice"), place.line("three", "alice")], in: "#alice")
        #expect(await place.text(of: alice, "three").hasSuffix("three"), "at home nobody is silenced")
    }

    @Test func `a login that Twitch refuses is its owner's trouble alone`() async throws {
        let door = Signal()
        let alice = Task {
            try await pool.enter(
                place.member("alice") {
                    _ = await Deadline.comes { door.isGiven }
                    return try await place.logIn("alice", with: "alice-ended")
                }
            )
        }
        #expect(await Deadline.comes { pool.places == [1] })
        let bob = Task { try await pool.enter(place.member("bob")) }
        let cleo = Task { try await pool.enter(place.member("cleo")) }
        #expect(await Deadline.comes { pool.places == [3] })
        door.give()

        await #expect(throws: PlatformFailure.tokenRefused) { try await alice.value }
        let rooms = [try await bob.value, try await cleo.value]
        #expect(place.irc.visits.filter(\.isOpen).map(\.rooms.count) == [2])
        #expect(rooms.count { $0.isOthers } == 1)
    }

    @Test func `nobody waits for another's login for ever`() async throws {
        var patience = IRCPoolPlace.endless
        patience.othersLogin = .milliseconds(200)
        let pool = IRCPool(patience: patience)
        let alice = Task { try await pool.enter(place.hanging("alice")) }
        #expect(await Deadline.comes { pool.places == [1] })
        let bob = try await pool.enter(place.member("bob"))
        #expect(!bob.isOthers)
        let cleo = try await pool.enter(place.member("cleo"))
        #expect(cleo.isOthers && place.irc.visits.count == 1)
        alice.cancel()
        await #expect(throws: CancellationError.self) { try await alice.value }
        #expect(await Deadline.comes { pool.places == [2] }, "nobody logs in for Alice any more")
        withExtendedLifetime((bob, cleo)) {}
    }

    @Test func `where logins are slow nobody waits for one after the other`() async throws {
        var patience = IRCPoolPlace.endless
        patience.othersLogin = .milliseconds(200)
        let pool = IRCPool(patience: patience)
        let door = Signal()
        let members = ["alice", "bob", "cleo", "dora"].map { name in
            place.member(name) {
                _ = await Deadline.comes { door.isGiven }
                return try await place.logIn(name, with: name)
            }
        }
        let rooms = try await withThrowingTaskGroup(of: IRCRoom.self) { group in
            for member in members { group.addTask { try await pool.enter(member) } }
            #expect(await Deadline.comes { pool.places == [1, 1, 1, 1] })
            door.give()
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(rooms.allSatisfy { !$0.isOthers })
        let last = try await pool.enter(place.member("last"))
        #expect(last.isOthers, "what was slow is shared once it stands")
    }

    @Test func `who leaves while logging in sends the others elsewhere at once`() async throws {
        let alice = Task { try await pool.enter(place.hanging("alice")) }
        #expect(await Deadline.comes { pool.places == [1] })
        let bob = Task { try await pool.enter(place.member("bob")) }
        #expect(await Deadline.comes { pool.places == [2] })
        alice.cancel()
        #expect(try await !bob.value.isOthers)
        #expect(await Deadline.comes { pool.places == [1] })
    }

    @Test func `where another's account is not heard, one's own is`() async throws {
        var patience = IRCPoolPlace.endless
        patience.othersJoin = .milliseconds(200)
        let pool = IRCPool(patience: patience)
        let alice = try await pool.enter(place.member("alice"))
        place.irc.manners.answersJoins = false
        let bob = Task { try await pool.enter(place.member("bob")) }
        #expect(await Deadline.comes { place.irc.visits.map(\.login) == ["alice", "bob"] })
        #expect(await Deadline.comes { place.irc.visits.map(\.heard.last) == ["PART #bob", "JOIN #bob"] })
        bob.cancel()
        await #expect(throws: CancellationError.self) { try await bob.value }
        withExtendedLifetime(alice) {}
    }

    @Test func `a Twitch that is away is everybody's trouble, and is asked once`() async throws {
        place.irc.refuses = true
        let asked = Signal()
        await withTaskGroup(of: (any Error)?.self) { group in
            for name in ["alice", "bob", "cleo"] {
                group.addTask { await failure(of: name, asked) }
            }
            for await error in group { #expect(error is ClientSocketError) }
        }
        #expect(asked.count == 1)
        #expect(await Deadline.comes { pool.places.isEmpty })
    }

    /// Why somebody does not get in.
    private func failure(of name: String, _ asked: Signal) async -> (any Error)? {
        let member = place.member(name) {
            // All wait for the same answer.
            _ = await Deadline.comes { pool.places == [3] }
            asked.give()
            return try await place.logIn(name, with: name)
        }
        do {
            _ = try await pool.enter(member)
            return nil
        } catch {
            return error
        }
    }

    @Test func `a connection that ends lets everybody go, and what lay there is read`() async throws {
        let alice = try await pool.enter(place.member("alice"))
        let bob = try await pool.enter(place.member("bob"))
        _ = place.irc.says([place.line("one", "bob")], in: "#bob")
        place.irc.ends(place.irc.visits[0])
        #expect(await place.text(of: bob) == "one")
        #expect(await place.word(of: bob) == "ended: Twitch closed it")
        #expect(await place.word(of: alice) == "ended: Twitch closed it")
        #expect(await Deadline.comes { pool.places.isEmpty })
    }

    @Test func `who does not move from a connection that is being left is sent away after a while`() async throws {
        var patience = IRCPoolPlace.endless
        patience.moving = .milliseconds(200)
        let pool = IRCPool(patience: patience)
        var alice: IRCRoom? = try await pool.enter(place.member("alice"))
        let bob = try await pool.enter(place.member("bob"))
        alice = nil
        #expect(await place.word(of: bob) == "move")
        #expect(await place.word(of: bob) == "ended: Twitch closed it")
        #expect(await Deadline.comes { place.irc.visits.map(\.isOpen) == [false] })
        withExtendedLifetime(alice) {}
    }
}
