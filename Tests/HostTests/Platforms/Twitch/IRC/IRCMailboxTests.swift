import Testing

@testable import Host

@Suite struct IRCMailboxTests {
    private let mailbox = IRCMailbox()

    @Test func `what happened to the channel comes first, then its lines together, then the end`() async throws {
        mailbox.put(try Self.lines("too early"))
        mailbox.reach(.open)
        mailbox.reach(.joined)
        mailbox.reach(.joined)
        mailbox.put(try Self.lines("one", "two"))
        mailbox.put(try Self.lines("three"))
        mailbox.move(alone: true)
        mailbox.end(IRCEnding.closed)
        mailbox.end(IRCEnding.silent)
        mailbox.put(try Self.lines("too late"))

        var words: [String] = []
        for _ in 0..<6 { words.append(Self.text(await mailbox.next())) }
        let end = "ended: Twitch closed it"
        #expect(words == ["open", "joined", "move alone", "one, two, three", end, end])
        #expect(!mailbox.isOpen)
    }

    @Test func `who waits for a word is given it`() async throws {
        mailbox.reach(.joined)
        #expect(Self.text(await mailbox.next()) == "joined")
        async let word = mailbox.next()
        mailbox.put(try Self.lines("one"))
        #expect(Self.text(await word) == "one")
    }

    @Test func `a time that has run out ends only what has not come further`() async {
        mailbox.reach(.open)
        mailbox.expire(at: .outside, IRCEnding.elsewhere)
        #expect(mailbox.isOpen)
        mailbox.reach(.joined)
        mailbox.expire(at: .open, IRCEnding.unanswered)
        #expect(mailbox.isOpen)
        mailbox.expire(at: .joined, IRCEnding.closed)
        #expect(!mailbox.isOpen)
    }

    @Test func `whoever is cancelled while waiting hears of the end`() async {
        let reader = Task { await Self.text(mailbox.next()) }
        reader.cancel()
        #expect(await reader.value == "ended: CancellationError()")
    }

    @Test(arguments: [false, true]) func `who writes waits while much lies unread`(isLetGo: Bool) async throws {
        mailbox.reach(.joined)
        #expect(Self.text(await mailbox.next()) == "joined")
        let line = try Self.lines("one")
        for _ in 0..<IRCMailbox.limit { mailbox.put(line) }
        await mailbox.drained()
        mailbox.put(line)
        let hasRead = Signal()
        let writer = Task {
            await mailbox.drained()
            #expect(hasRead.isGiven)
        }
        // Whoever does not wait is through by then.
        for _ in 0..<1000 { await Task.yield() }
        hasRead.give()
        if isLetGo { mailbox.end(IRCEnding.closed) }
        let lines = Self.text(await mailbox.next())
        #expect(lines.split(separator: ", ").count == IRCMailbox.limit + 1)
        await writer.value
    }

    @Test func `a reader who is cancelled while lines come and a writer do not wait for each other`() async throws {
        let line = try Self.lines("one")
        for _ in 0..<2000 {
            let mailbox = IRCMailbox()
            mailbox.reach(.joined)
            let reader = Task {
                while true { if case .ended = await mailbox.next() { return } }
            }
            let writer = Task {
                for _ in 0..<5 {
                    mailbox.put(line)
                    await Task.yield()
                }
            }
            await Task.yield()
            reader.cancel()
            await reader.value
            await writer.value
        }
    }

    private static func lines(_ texts: String...) throws -> [IRCLine] {
        try IRCFrame(Array(texts.map { ":a!a@a PRIVMSG #alice :\($0)\r\n" }.joined().utf8)).map { try $0.get() }
    }

    private static func text(_ word: IRCMailbox.Word) -> String {
        switch word {
        case .reached(let stage): "\(stage)"
        case .lines(let lines): lines.map { $0.parameter(1) ?? "" }.joined(separator: ", ")
        case .mustMove(let isAlone): isAlone ? "move alone" : "move"
        case .ended(let reason): "ended: \(reason)"
        }
    }
}
