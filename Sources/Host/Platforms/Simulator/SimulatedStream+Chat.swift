import WidgetAPI

extension SimulatedStream {
    /// A line out of the blue, and after which pause the next one comes.
    ///
    /// Chat comes in flurries with pauses between them. The pauses' mean is 1.5 s; with the bursts after raids and
    /// bombs that makes a line every 1.2 s.
    mutating func ordinaryLine() {
        say(in: .everyday, on: anyPlatform())
        let pause =
            switch random.number(in: 1...100) {
            case 1...55: random.number(in: 200...900)
            case 56...90: random.number(in: 900...2900)
            default: random.number(in: 2900...7500)
            }
        plan(.line, in: pause)
    }

    /// 10 to 20 lines within 3 seconds.
    mutating func burst(_ mood: SimulatedLines.Mood, on platform: Platform) {
        for _ in 1...random.number(in: 10...20) {
            plan(.hypeLine(mood, platform), in: random.number(in: 300...3000))
        }
    }

    /// A raid's guests talk fast for half a minute more.
    mutating func afterglow(on platform: Platform) {
        for _ in 1...random.number(in: 15...30) {
            plan(.hypeLine(.welcome, platform), in: random.number(in: 3000...30_000))
        }
    }

    mutating func say(in mood: SimulatedLines.Mood, on platform: Platform) {
        let isAnswer = mood == .everyday && random.happens(percent: 12)
        let answered = isAnswer ? recentLines[platform].flatMap { $0.isEmpty ? nil : random.pick($0) } : nil
        let line = freshLine(of: answered == nil ? SimulatedLines.lines(of: mood) : SimulatedLines.answers)
        // A raid's guests are new here; nobody answers themselves.
        let isGuest = mood == .welcome && random.happens(percent: 50)
        let speaker = isGuest ? cast.newcomer(on: platform, &random) : cast.speaker(on: platform, &random)
        post(line, by: speaker, on: platform, answering: answered?.user == speaker ? nil : answered)
    }

    /// A line that nobody said just now, unless the draw insists.
    private mutating func freshLine(of lines: [String]) -> String {
        var line = random.pick(lines)
        for _ in 0..<3 where saidLately.contains(line) {
            line = random.pick(lines)
        }
        saidLately = saidLately.suffix(15) + [line]
        return line
    }

    /// Somebody cheers: Twitch tells it as a tip and as a line that carries the bits.
    mutating func cheerLine(_ bits: Int, _ message: String?, by user: User) {
        let cheermote = ChatMessage.Fragment(.cheermote, "Cheer\(bits)")
        let said = message.map { [ChatMessage.Fragment(.text, " \($0)")] } ?? []
        post([cheermote] + said, by: user, on: .twitch, bits: bits)
    }

    /// One to three lines nobody asked for; then the line goes on Twitch, which tells deletions, or the person.
    mutating func trouble() {
        let platform = anyPlatform()
        let troublemaker = cast.newcomer(on: platform, &random)
        if platform == .twitch, random.happens(percent: 60) {
            let spam = post(random.pick(SimulatedLines.spam), by: troublemaker, on: platform)
            plan(.delete(messageId: spam, platform), in: random.number(in: 2000...5000))
        } else {
            for index in 0..<random.number(in: 2...3) {
                plan(.spam(troublemaker, platform), in: 900 * index)
            }
            plan(.clear(userId: troublemaker.id, platform), in: random.number(in: 4000...7000))
        }
        plan(.trouble, in: random.number(in: 120_000...360_000))
    }

    mutating func spam(_ troublemaker: User, on platform: Platform) {
        post(random.pick(SimulatedLines.spam), by: troublemaker, on: platform)
    }

    @discardableResult
    private mutating func post(
        _ line: String,
        by user: User,
        on platform: Platform,
        answering answered: ChatMessage? = nil
    ) -> String {
        let isAction = line.hasPrefix("/me ")
        let fragments = fragments(of: isAction ? String(line.dropFirst(4)) : line, on: platform)
        return post(fragments, by: user, on: platform, isAction: isAction, answering: answered)
    }

    @discardableResult
    private mutating func post(
        _ fragments: [ChatMessage.Fragment],
        by user: User,
        on platform: Platform,
        isAction: Bool = false,
        answering answered: ChatMessage? = nil,
        bits: Int? = nil
    ) -> String {
        let message = ChatMessage(
            messageId: makeId(),
            user: user,
            text: fragments.map(\.text).joined(),
            fragments: fragments,
            isAction: isAction,
            replyTo: answered.map {
                ChatMessage.Reply(
                    messageId: $0.messageId,
                    displayName: $0.user?.displayName ?? "",
                    text: $0.text
                )
            },
            bits: bits
        )
        recentLines[platform] = (recentLines[platform] ?? []).suffix(7) + [message]
        emit(.chatMessage, id: message.messageId, on: platform, message.json)
        return message.messageId
    }

    /// The pieces of a line of the script, in which `:name:` is an emote and `@` alone means somebody.
    private mutating func fragments(of line: String, on platform: Platform) -> [ChatMessage.Fragment] {
        var pieces: [ChatMessage.Fragment] = []
        var plain = ""
        func flush() {
            if !plain.isEmpty { pieces.append(splittingLinksOf: plain[...]) }
            plain = ""
        }
        for (index, word) in line.split(separator: " ", omittingEmptySubsequences: false).enumerated() {
            if index > 0 { plain += " " }
            if word == "@" {
                flush()
                pieces.append(ChatMessage.Fragment(.mention, "@\(cast.regular(on: platform, &random).displayName)"))
            } else if let emote = emote(word) {
                flush()
                let name = emote.name
                // An emote's name begins with its channel's, as on Twitch: `demoWave`.
                let shown = "demo" + name.prefix(1).uppercased() + name.dropFirst()
                pieces.append(ChatMessage.Fragment(.emote, shown, emoteId: "demo-\(name)", emoteUrl: emote.path))
            } else {
                plain += word
            }
        }
        flush()
        return pieces
    }

    private func emote(_ word: Substring) -> DemoPicture? {
        guard word.utf8.count > 2, word.first == ":", word.last == ":" else { return nil }
        return DemoPicture(.emote, named: String(word.dropFirst().dropLast()))
    }
}
