import Testing
import WidgetAPI

@testable import Host

@Suite struct SimulatedStreamTests {
    /// Everything that happens within so many seconds of the caller's clock.
    private func play(
        run: String = "r1",
        seed: UInt64 = 1,
        rate: Double = 1,
        seconds: Int
    ) -> [EventDraft] {
        var stream = SimulatedStream(run: run, seed: seed, rate: rate)
        var elapsed = Duration.zero
        var drafts: [EventDraft] = []
        while elapsed <= .seconds(seconds) {
            let milliseconds =
                elapsed.components.seconds * 1000 + elapsed.components.attoseconds / 1_000_000_000_000_000
            let step = stream.next(now: Timestamp(milliseconds: milliseconds))
            drafts += step.drafts
            elapsed += step.delay
        }
        return drafts
    }

    private func subscriptions(_ drafts: [EventDraft]) -> [Subscription] {
        drafts.filter { $0.type == .subscribe }.compactMap { Subscription(json: $0.payload) }
    }

    @Test func `the same run and seed play the same stream`() {
        #expect(play(seconds: 600) == play(seconds: 600))
    }

    @Test func `another seed plays another stream`() {
        let (first, second) = (play(seconds: 60), play(seed: 2, seconds: 60))
        #expect(first.map(\.payload) != second.map(\.payload))
    }

    @Test func `another run says the same under other ids`() {
        let (first, second) = (play(run: "a", seconds: 600), play(run: "b", seconds: 600))
        #expect(first.map(\.type) == second.map(\.type))
        #expect(Set(first.map(\.id)).isDisjoint(with: second.map(\.id)))
    }

    @Test func `every id comes once in an hour`() {
        let drafts = play(seconds: 3600)
        #expect(Set(drafts.map(\.id)).count == drafts.count)
    }

    @Test(arguments: [1, 2, 3, 42] as [UInt64])
    func `an hour is as busy as a lively channel's`(_ seed: UInt64) {
        let drafts = play(seed: seed, seconds: 3600)
        let counts = Dictionary(drafts.map { ($0.type, 1) }, uniquingKeysWith: +)
        let subscriptions = subscriptions(drafts)
        let single = subscriptions.filter { $0.kind != .gift || $0.isGiftBomb && $0.giftCount == 1 }.count
        let bombs = subscriptions.filter { $0.isGiftBomb && ($0.giftCount ?? 0) >= 3 }.count

        #expect((2600...3500).contains(counts[.chatMessage] ?? 0))
        #expect((140...230).contains(counts[.follow] ?? 0))
        #expect((60...105).contains(single))
        #expect((10...25).contains(bombs))
        #expect((70...115).contains(counts[.tip] ?? 0))
        #expect((8...17).contains(counts[.raid] ?? 0))
        #expect((30...65).contains(counts[.redemption] ?? 0))
        #expect((1...20).contains(counts[.chatDelete] ?? 0))
        #expect((1...20).contains(counts[.chatClear] ?? 0))
        #expect(counts[.streamOnline] == 2)
        #expect(Set(drafts.map(\.platform)) == [.twitch, .kick])
        #expect(drafts.allSatisfy { $0.channelId == "demo-\($0.platform.rawValue)" && !$0.isTest })
    }

    @Test(arguments: 1...20 as ClosedRange<UInt64>)
    func `a visitor sees each kind within the first minute`(_ seed: UInt64) {
        let drafts = play(seed: seed, seconds: 60)
        let types = Set(drafts.map(\.type))
        #expect(types.isSuperset(of: [.streamOnline, .chatMessage, .follow, .subscribe, .tip, .redemption, .raid]))
        #expect(Set(subscriptions(drafts).map(\.kind)).isSuperset(of: [.new, .renewal, .gift]))
        #expect(subscriptions(drafts).contains { $0.isGiftBomb && ($0.giftCount ?? 0) >= 3 })
        #expect(drafts.first?.type == .streamOnline)
    }

    @Test func `a bomb has exactly as many recipients as it says`() {
        // The last bomb's gifts must have arrived, so only bombs of the first hour are counted.
        let drafts = play(seconds: 3620)
        let all = subscriptions(drafts).filter { $0.kind == .gift }
        let received = Dictionary(grouping: all.filter { !$0.isGiftBomb }, by: \.giftId).mapValues(\.count)
        let bombs = subscriptions(drafts.filter { $0.occurredAt.milliseconds < 3_600_000 }).filter(\.isGiftBomb)

        #expect(bombs.count > 10)
        for bomb in bombs {
            #expect(received[bomb.giftId] == bomb.giftCount)
        }
        #expect(all.allSatisfy { $0.isGiftBomb || $0.giftCount == 1 })
    }

    @Test func `gifts come at once on Kick and one by one on Twitch`() throws {
        var stream = SimulatedStream(run: "r1", seed: 1, rate: 1)
        var seen: Set<Platform> = []
        for _ in 0..<20_000 where seen.count < 2 {
            let gifts = stream.next(now: Timestamp(milliseconds: 0)).drafts.filter {
                $0.type == .subscribe && Subscription(json: $0.payload)?.kind == .gift
            }
            guard let bomb = gifts.first, let first = Subscription(json: bomb.payload), first.isGiftBomb else {
                continue
            }
            seen.insert(bomb.platform)
            guard bomb.platform == .kick else {
                #expect(gifts.count == 1)
                continue
            }
            let count = try #require(first.giftCount)
            #expect(gifts.map(\.id.text) == [bomb.id.text] + (1...count).map { "\(bomb.id.text):\($0)" })
            #expect(first.recipients.count == count)
        }
        #expect(seen == [.twitch, .kick])
    }

    @Test func `a raid and a bomb are followed by a burst of chat`() {
        let drafts = play(seconds: 3600)
        let lines = drafts.filter { $0.type == .chatMessage }.map(\.occurredAt.milliseconds)
        let raids = drafts.filter { $0.type == .raid && $0.occurredAt.milliseconds < 3_590_000 }
        for raid in raids {
            let start = raid.occurredAt.milliseconds
            #expect(lines.count { (start...start + 3000).contains($0) } >= 10)
        }
    }

    @Test func `what is taken away was there shortly before`() throws {
        let drafts = play(seconds: 7200)
        for (index, draft) in drafts.enumerated() where draft.type == .chatDelete || draft.type == .chatClear {
            let before = drafts[..<index].suffix(60).filter { $0.platform == draft.platform }
            let messages = before.compactMap { $0.type == .chatMessage ? ChatMessage(json: $0.payload) : nil }
            let deleted = draft.payload["messageId"]?.stringValue
            let cleared = draft.payload["userId"]?.stringValue
            #expect(messages.contains { $0.messageId == deleted || $0.user?.id == cleared })
        }
    }

    @Test func `whatever happens in an hour has the shape of what platforms tell`() {
        let faults = play(seed: 7, seconds: 3600).flatMap { CanonicalShape.faults(of: $0.type, $0.payload) }
        #expect(faults.prefix(5) == [])
    }

    @Test func `payloads are canonical and pieces add up to the text`() throws {
        var kinds: Set<ChatMessage.Fragment.Kind> = []
        var (replies, actions, colorless) = (0, 0, 0)
        for draft in play(seconds: 3600) where draft.type == .chatMessage {
            let message = try #require(ChatMessage(json: draft.payload))
            #expect(message.fragments.map(\.text).joined() == message.text)
            #expect(message.messageId == draft.id.text)
            #expect(!message.text.isEmpty)
            kinds.formUnion(message.fragments.map(\.kind))
            replies += message.replyTo == nil ? 0 : 1
            actions += message.isAction ? 1 : 0
            colorless += message.user?.color == nil ? 1 : 0
        }
        #expect(kinds == [.text, .emote, .mention, .cheermote, .link])
        #expect(replies > 50 && actions > 20 && colorless > 100)
    }

    @Test func `emotes and faces are drawings of ours, all of them in use`() throws {
        var (emotes, faces): (Set<String>, Set<String>) = ([], [])
        for draft in play(seconds: 3600) where draft.type == .chatMessage {
            let message = try #require(ChatMessage(json: draft.payload))
            for fragment in message.fragments where fragment.kind == .emote {
                emotes.insert("\(fragment.text) \(fragment.emoteUrl ?? "-")")
            }
            faces.insert(message.user?.avatarUrl ?? "-")
        }

        let names = ["wave", "heart", "laugh", "wow", "gg", "cozy", "hype", "think"]
        #expect(emotes == Set(names.map { "demo\($0.prefix(1).uppercased())\($0.dropFirst()) /img/demo/emote/\($0)" }))
        #expect(faces == Set((1...12).map { "/img/demo/avatar/\($0)" }))
    }

    @Test func `everybody has a face, and a regular always the same`() {
        var faces: [String: Set<String?>] = [:]
        for draft in play(seconds: 600) + play(seed: 2, seconds: 600) {
            for key in ["user", "gifter"] {
                guard let user = draft.payload[key].flatMap({ User(json: $0) }) else { continue }
                // A second run's newcomers are other people.
                guard !user.id.contains("-r1-") else { continue }
                faces[user.id, default: []].insert(user.avatarUrl)
            }
        }

        #expect(faces.count > 50)
        #expect(faces.values.allSatisfy { $0.count == 1 && !$0.contains(nil) })
    }

    @Test func `a rate of 0 is a stream on which nothing happens`() {
        var stream = SimulatedStream(run: "r1", seed: 1, rate: 0)
        let steps = (0..<5).map { _ in stream.next(now: Timestamp(milliseconds: 0)) }
        #expect(steps.allSatisfy { $0.drafts.isEmpty && $0.delay >= .seconds(60) })
    }

    @Test func `a rate of 100 plays the same in a hundredth of the time`() {
        let (slow, fast) = (play(seconds: 600), play(rate: 100, seconds: 6))
        #expect(slow.map(\.payload).dropFirst(2) == fast.map(\.payload).dropFirst(2))
    }

    @Test(arguments: [.leastNonzeroMagnitude, 0.001, 100, .infinity] as [Double])
    func `no step waits longer than an hour`(_ rate: Double) {
        var stream = SimulatedStream(run: "r1", seed: 1, rate: rate)
        let steps = (0..<50).map { _ in stream.next(now: Timestamp(milliseconds: 0)) }
        #expect(steps.allSatisfy { $0.delay <= .seconds(3600) && $0.delay > .zero })
    }

    @Test(arguments: [-1, .nan, -.infinity] as [Double]) func `a rate that is none is 0`(_ rate: Double) {
        var stream = SimulatedStream(run: "r1", seed: 1, rate: rate)
        #expect(stream.next(now: Timestamp(milliseconds: 0)).drafts.isEmpty)
    }
}

@Suite struct SimulatedScriptTests {
    @Test func `there is enough to say and nothing twice`() {
        let everyday = SimulatedLines.everyday
        #expect(everyday.count >= 80)
        #expect(Set(everyday).count == everyday.count)
        for lines in [everyday, SimulatedLines.gifts, SimulatedLines.welcome, SimulatedLines.answers] {
            #expect(lines.allSatisfy { !$0.isEmpty && $0.count <= 500 })
        }
    }

    @Test func `60 to 80 regulars with names, roles and colours of their own`() {
        var random = SplitMix64(seed: 5)
        let cast = SimulatedCast(run: "r1")
        var regulars: [String: User] = [:]
        for _ in 0..<4000 {
            for platform in Platform.ofChannels {
                let user = cast.regular(on: platform, &random)
                regulars[user.id] = user
            }
        }
        #expect((60...80).contains(regulars.count))
        #expect(Set(regulars.values.map(\.login)).count == regulars.count)
        #expect(regulars.values.contains { $0.color == nil } && regulars.values.contains { $0.color != nil })
        #expect(Set(regulars.values.flatMap(\.roles)) == [.moderator, .vip, .subscriber])
    }
}
