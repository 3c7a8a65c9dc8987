import Logging
import Testing
import WidgetAPI

@testable import FakePlatforms
@testable import Host

/// Many channels over few connections, each with its own lines.
@Suite struct IRCPoolTests {
    /// Whoever is slow here is a busy machine.
    private static let endless = IRCPool.Patience(
        othersLogin: .seconds(600),
        othersJoin: .seconds(600),
        ownJoin: .seconds(600)
    )

    private let irc: FakeIRC
    private let clock = HandClock()
    private let pool: IRCPool

    init() throws {
        irc = try FakeIRC()
        irc.knows { token in token.hasSuffix("-ended") ? nil : token }
        pool = IRCPool(patience: Self.endless)
    }

    @Test func `twenty channels are read over one connection, and the next ones over another`() async throws {
        let names = (0..<25).map { "streamer\($0)" }
        let rooms = try await withThrowingTaskGroup(of: IRCRoom.self) { group in
            for name in names { group.addTask { try await pool.enter(member(name)) } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(irc.visits.map(\.rooms.count).sorted() == [5, 20])
        #expect(Set(irc.visits.flatMap(\.rooms)) == Set(names.map { "#\($0)" }))

        for name in names { #expect(irc.says(["PING :\(name)", line("of \(name)", name)], in: "#\(name)") == 1) }
        for room in rooms { #expect(await text(of: room) == "of \(room.channel.dropFirst())") }
        let isAnswered = await Deadline.comes { irc.visits.map { Self.count("PONG", $0) }.sorted() == [5, 20] }
        #expect(isAnswered)
    }

    @Test func `lines of several channels in one message find theirs, and others are nobody's`() async throws {
        let (alice, bob) = (try await pool.enter(member("alice")), try await pool.enter(member("bob")))
        #expect(irc.visits.count == 1 && !alice.isOthers && bob.isOthers)

        _ = irc.says([line("A", "alice"), line("C", "cleo"), line("B", "bob"), line("a", "alice")], in: "#bob")

        #expect(await text(of: alice) == "A, a")
        #expect(await text(of: bob) == "B")
    }

    @Test func `who leaves takes their login along, and the others move without a gap`() async throws {
        var alice: IRCRoom? = try await pool.enter(member("alice"))
        let bob = try await pool.enter(member("bob"))
        let cleo = try await pool.enter(member("cleo"))
        #expect(irc.visits.map(\.login) == ["alice"])

        alice = nil
        #expect(await word(of: bob) == "move")
        #expect(await word(of: cleo) == "move")
        #expect(await Deadline.comes { irc.visits[0].rooms == ["#bob", "#cleo"] })
        _ = irc.says([line("one", "bob")], in: "#bob")
        let next = try await pool.enter(member("bob"))
        _ = irc.says([line("two", "bob")], in: "#bob")
        bob.part()
        _ = irc.says([line("three", "bob")], in: "#bob")

        #expect(irc.visits.map(\.login) == ["alice", "bob"] && !next.isOthers)
        let old = await rest(of: bob)
        #expect(old.lines.first == "one")
        #expect(old.end == "it is read elsewhere")
        #expect(await text(of: next, "three") == "two, three")
        #expect(irc.visits[0].isOpen, "Cleo is still there")

        let last = try await pool.enter(member("cleo"))
        cleo.part()
        #expect(await word(of: cleo) == "ended: Twitch closed it")
        #expect(await Deadline.comes { irc.visits.map(\.isOpen) == [false, true] })
        #expect(irc.visits[1].rooms == ["#bob", "#cleo"])
        withExtendedLifetime((alice, last)) {}
    }

    @Test func `where Twitch does not say that a channel was left, that is taken for granted`() async throws {
        irc.manners.answersParts = false
        let alice = try await pool.enter(member("alice"))
        let bob = try await pool.enter(member("bob"))
        _ = irc.says([":tmi.twitch.tv RECONNECT"], in: "#alice")
        #expect(await word(of: alice) == "move")
        let next = try await pool.enter(member("alice"))
        alice.part()
        #expect(await word(of: alice) == "ended: it is read elsewhere")
        #expect(irc.visits.map(\.isOpen) == [true, true])
        withExtendedLifetime((bob, next)) {}
    }

    @Test func `a channel that is left and comes back is not ended by what is said of the first time`() async throws {
        let alice = try await pool.enter(member("alice"))
        var bob: IRCRoom? = try await pool.enter(member("bob"))
        irc.manners.answersParts = false
        bob = nil
        #expect(await Deadline.comes { irc.visits[0].heard.last == "PART #bob" })
        let next = try await pool.enter(member("bob"))
        #expect(irc.visits.map(\.login) == ["alice", "bob"])
        irc.sendsOut(irc.visits[0], of: "#bob")
        _ = irc.says([line("one", "bob")], in: "#bob")
        #expect(await text(of: next) == "one")
        withExtendedLifetime((alice, bob)) {}
    }

    @Test func `who is banned in a channel reads it for nobody`() async throws {
        irc.manners.bans = ["#bob": ["alice"]]
        let alice = try await pool.enter(member("alice"))
        let bob = try await pool.enter(member("bob"))
        #expect(irc.visits.map(\.login) == ["alice", "bob"])
        let cleo = try await pool.enter(member("cleo"))
        #expect(irc.visits.map(\.rooms) == [["#alice", "#cleo"], ["#bob"]], "what is read alone stays alone")
        #expect(!bob.isOthers && cleo.isOthers)

        bob.part()
        #expect(await word(of: bob) == "ended: Twitch closed it")
        irc.manners.bans = [:]
        let again = try await pool.enter(member("bob"))
        #expect(!again.isOthers, "as long as nobody says otherwise")
        irc.ends(irc.visits[0])
        #expect(await rest(of: alice).end == "Twitch closed it")
        let next = try await pool.enter(member("alice"))
        pool.forget(Tenant.ID("bob"))
        let shared = try await pool.enter(member("bob"))
        #expect(shared.isOthers)
        withExtendedLifetime(next) {}
    }

    @Test func `who is banned at home is told so, and takes nobody along`() async throws {
        irc.manners.bans = ["#alice": ["alice"]]
        let banned = IRCEnding.refused("the channel: msg_banned")
        for _ in 0..<2 {
            await #expect(throws: banned) { try await pool.enter(member("alice")) }
        }
        let bob = try await pool.enter(member("bob"))
        await #expect(throws: banned) { try await pool.enter(member("alice")) }
        #expect(!bob.isOthers)
        #expect(await Deadline.comes { irc.visits.filter(\.isOpen).map(\.login) == ["bob"] })
    }

    @Test func `a channel where another is silenced moves to its own, and is read meanwhile`() async throws {
        let alice = try await pool.enter(member("alice"))
        let bob = try await pool.enter(member("bob"))
        // That may be about another socket of Alice's.
        _ = irc.says([":alice!alice@alice.tmi.twitch.tv PART #bob", line("one", "bob")], in: "#bob")
        #expect(await text(of: bob) == "one")
        let words = "@room-id=id-bob;target-user-id=1 :tmi.twitch.tv CLEARCHAT #bob :alice"
        _ = irc.says([words, line("two", "bob")], in: "#bob")
        #expect(await word(of: bob) == "move alone")
        #expect(await text(of: bob, "two").hasSuffix("two"))

        _ = irc.says([words.replacing("bob", with: "alice"), line("three", "alice")], in: "#alice")
        #expect(await text(of: alice, "three").hasSuffix("three"), "at home nobody is silenced")
    }

    @Test func `a login that Twitch refuses is its owner's trouble alone`() async throws {
        let door = Signal()
        let alice = Task {
            try await pool.enter(
                member("alice") {
                    _ = await Deadline.comes { door.isGiven }
                    return try await logIn("alice", with: "alice-ended")
                }
            )
        }
        #expect(await Deadline.comes { pool.places == [1] })
        let bob = Task { try await pool.enter(member("bob")) }
        let cleo = Task { try await pool.enter(member("cleo")) }
        #expect(await Deadline.comes { pool.places == [3] })
        door.give()

        await #expect(throws: PlatformFailure.tokenRefused) { try await alice.value }
        let rooms = [try await bob.value, try await cleo.value]
        #expect(irc.visits.filter(\.isOpen).map(\.rooms.count) == [2])
        #expect(rooms.count { $0.isOthers } == 1)
    }

    @Test func `nobody waits for another's login for ever`() async throws {
        var patience = Self.endless
        patience.othersLogin = .milliseconds(200)
        let pool = IRCPool(patience: patience)
        let alice = Task { try await pool.enter(Self.hanging("alice")) }
        #expect(await Deadline.comes { pool.places == [1] })
        let bob = try await pool.enter(member("bob"))
        #expect(!bob.isOthers)
        let cleo = try await pool.enter(member("cleo"))
        #expect(cleo.isOthers && irc.visits.count == 1)
        alice.cancel()
        await #expect(throws: CancellationError.self) { try await alice.value }
        #expect(await Deadline.comes { pool.places == [2] }, "nobody logs in for Alice any more")
        withExtendedLifetime((bob, cleo)) {}
    }

    @Test func `where logins are slow nobody waits for one after the other`() async throws {
        var patience = Self.endless
        patience.othersLogin = .milliseconds(200)
        let pool = IRCPool(patience: patience)
        let door = Signal()
        let members = ["alice", "bob", "cleo", "dora"].map { name in
            member(name) {
                _ = await Deadline.comes { door.isGiven }
                return try await logIn(name, with: name)
            }
        }
        let rooms = try await withThrowingTaskGroup(of: IRCRoom.self) { group in
            for member in members { group.addTask { try await pool.enter(member) } }
            #expect(await Deadline.comes { pool.places == [1, 1, 1, 1] })
            door.give()
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(rooms.allSatisfy { !$0.isOthers })
        let last = try await pool.enter(member("last"))
        #expect(last.isOthers, "what was slow is shared once it stands")
    }

    @Test func `who leaves while logging in sends the others elsewhere at once`() async throws {
        let alice = Task { try await pool.enter(Self.hanging("alice")) }
        #expect(await Deadline.comes { pool.places == [1] })
        let bob = Task { try await pool.enter(member("bob")) }
        #expect(await Deadline.comes { pool.places == [2] })
        alice.cancel()
        #expect(try await !bob.value.isOthers)
        #expect(await Deadline.comes { pool.places == [1] })
    }

    @Test func `where another's account is not heard, one's own is`() async throws {
        var patience = Self.endless
        patience.othersJoin = .milliseconds(200)
        let pool = IRCPool(patience: patience)
        let alice = try await pool.enter(member("alice"))
        irc.manners.answersJoins = false
        let bob = Task { try await pool.enter(member("bob")) }
        #expect(await Deadline.comes { irc.visits.map(\.login) == ["alice", "bob"] })
        #expect(await Deadline.comes { irc.visits.map(\.heard.last) == ["PART #bob", "JOIN #bob"] })
        bob.cancel()
        await #expect(throws: CancellationError.self) { try await bob.value }
        withExtendedLifetime(alice) {}
    }

    @Test func `a Twitch that is away is everybody's trouble, and is asked once`() async throws {
        irc.refuses = true
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
        let member = member(name) {
            // All wait for the same answer.
            _ = await Deadline.comes { pool.places == [3] }
            asked.give()
            return try await logIn(name, with: name)
        }
        do {
            _ = try await pool.enter(member)
            return nil
        } catch {
            return error
        }
    }

    @Test func `an account that has joined twenty channels joins no other for a while`() async throws {
        irc.manners.limitsJoins = false
        let pool = IRCPool(joins: IRCJoins { clock.now }, patience: Self.endless)
        var rooms: [IRCRoom] = []
        for number in 0..<20 { rooms.append(try await pool.enter(member("streamer\(number)"))) }
        rooms.removeLast()
        let next = try await pool.enter(member("next"))
        #expect(!next.isOthers && irc.visits.count == 2)

        clock.goOn(IRCJoins.window)
        let last = try await pool.enter(member("last"))
        #expect(last.isOthers && irc.visits.count == 2)
        #expect(irc.visits[0].rooms.last == "#last")
        withExtendedLifetime(rooms) {}
    }

    @Test func `a connection that ends lets everybody go, and what lay there is read`() async throws {
        let alice = try await pool.enter(member("alice"))
        let bob = try await pool.enter(member("bob"))
        _ = irc.says([line("one", "bob")], in: "#bob")
        irc.ends(irc.visits[0])
        #expect(await text(of: bob) == "one")
        #expect(await word(of: bob) == "ended: Twitch closed it")
        #expect(await word(of: alice) == "ended: Twitch closed it")
        #expect(await Deadline.comes { pool.places.isEmpty })
    }

    // MARK: Steps

    /// Somebody whose token is their name.
    private func member(
        _ name: String,
        _ open: (@Sendable () async throws -> ClientSocket)? = nil
    ) -> IRCPool.Member {
        IRCPool.Member(
            tenant: Tenant.ID(name),
            login: name,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
            open: open ?? { try await logIn(name, with: name) }
        )
    }

    /// Somebody who waits for their token.
    private static func hanging(_ name: String) -> IRCPool.Member {
        IRCPool.Member(
            tenant: Tenant.ID(name),
            login: name,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
            open: {
                try await Task.sleep(for: .seconds(600))
                throw IRCEnding.closed
            }
        )
    }

    private func logIn(_ name: String, with token: String) async throws -> ClientSocket {
        let entrance = IRCEntrance(socket: try await ClientSocket.open(irc.address), login: name)
        try await entrance.logIn(with: Secret(token))
        return entrance.socket
    }

    private func line(_ text: String, _ name: String) -> String {
        FakeIRC.line(text, in: (name, "id-\(name)"))
    }

    /// The next lines; all until that one where it is named.
    private func text(of room: IRCRoom, _ last: String? = nil) async -> String {
        var texts: [String] = []
        while case .lines(let lines) = await room.mailbox.next() {
            texts += lines.map { $0.parameter(1) ?? "" }
            if last == nil || texts.last == last { break }
        }
        return texts.joined(separator: ", ")
    }

    /// All that comes until the end, and that.
    private func rest(of room: IRCRoom) async -> (lines: [String], end: String) {
        var texts: [String] = []
        while true {
            switch await room.mailbox.next() {
            case .lines(let lines): texts += lines.map { $0.parameter(1) ?? "" }
            case .ended(let reason): return (texts, "\(reason)")
            case .reached, .mustMove: break
            }
        }
    }

    private func word(of room: IRCRoom) async -> String {
        switch await room.mailbox.next() {
        case .reached(let stage): "\(stage)"
        case .lines: "lines"
        case .mustMove(let isAlone): isAlone ? "move alone" : "move"
        case .ended(let reason): "ended: \(reason)"
        }
    }

    private static func count(_ command: String, _ visit: FakeIRC.Visit) -> Int {
        visit.heard.count { $0.hasPrefix("\(command) ") }
    }
}
