import WidgetAPI

@testable import Host

/// Who makes up what happens in a scripted stream: raids with a crowd of followers, gift bombs, a ban, quiet chat.
struct StreamAuthor {
    private static let viewers = 400
    private static let currencies = ["EUR", "USD", "GBP"]
    /// Minutes at which raids come; a crowd of followers comes with each of the large ones.
    private static let raids: [(minute: Int, viewers: Int)] = [(8, 3), (21, 120), (52, 9), (64, 25), (97, 400)]
    private static let followersOfRaid = 70

    private var random: SplitMix64
    private var entries: [(at: Int64, number: Int, draft: JSONValue)] = []
    /// Tips and lines, for what happens to them later.
    private var tips: [(at: Int64, id: String)] = []
    private var said: [(at: Int64, id: String, platform: String)] = []

    init(seed: UInt64) {
        random = SplitMix64(seed: seed)
    }

    /// The whole script.
    mutating func write() -> String {
        writeChat()
        writeFollows()
        writeSubscriptions()
        writeBombs()
        writeTips()
        writeTheRest()
        writeEdges()
        writeModeration()
        writeControls()
        entries.sort { ($0.at, $0.number) < ($1.at, $1.number) }
        return entries.map { "{\"at\":\($0.at),\"draft\":\($0.draft.text)}\n" }.joined()
    }

    // MARK: What viewers do

    private mutating func writeChat() {
        let words = ["hello", "gg", "LUL", "nice one", "what a game", "größer 👩‍👩‍👧‍👦", "!command", "<b>&amp;", "kek"]
        for group in 0..<(StreamScript.chatLines / 5) {
            let at = moment()
            for number in 0..<5 {
                let platform = random.happens(percent: 30) ? "kick" : "twitch"
                let id = "line-\(group)-\(number)"
                let text = "\(random.pick(words)) \(random.number(in: 0...99_999))"
                let message = ChatMessage(messageId: id, user: viewer(), text: text)
                add(at, .chatMessage, message.json, id: id, platform: platform)
                said.append((at, id, platform))
            }
        }
    }

    private mutating func writeFollows() {
        var left = StreamScript.follows
        for raid in Self.raids where raid.viewers > 20 {
            for _ in 0..<Self.followersOfRaid {
                let at = Int64(raid.minute) * 60_000 + Int64(random.number(in: 2000...70_000))
                add(at, .follow, Follow(user: viewer()).json)
            }
            left -= Self.followersOfRaid
        }
        for _ in 0..<left { add(moment(), .follow, Follow(user: viewer()).json) }
    }

    /// Half of the new ones tell of it in chat, before or after; some send a renewal's message on top.
    private mutating func writeSubscriptions() {
        for number in 0..<StreamScript.subscriptions {
            let user = User(id: "sub-\(number)", login: "sub\(number)", displayName: "Sub\(number)")
            let at = moment()
            let isRenewal = number % 4 == 3
            let subscription = Subscription(
                user: user,
                kind: isRenewal ? .renewal : .new,
                tier: random.pick(["1000", "3000"]),
                months: isRenewal ? random.number(in: 2...40) : nil,
                message: isRenewal ? "month again" : nil
            )
            add(at, .subscribe, subscription.json)
            switch number % 4 {
            case 0:
                let wait = Int64(random.number(in: -50_000...50_000))
                let notice = ChatNotice(
                    messageId: "notice-\(number)",
                    user: user,
                    kind: number % 8 == 0 ? "resub" : "sub",
                    systemText: "They subscribed.",
                    message: "shared \(number)"
                )
                add(max(at + wait, 0), .chatNotice, notice.json)
            case 1:
                let shared = Subscription(user: user, kind: .renewal, tier: "1000", months: 2, message: "once more")
                add(at + Int64(random.number(in: 1...55_000)), .subscribe, shared.json)
            default: break
            }
        }
    }

    /// The one of 5 has no id and is known by its tier; of the others some recipients come before the bomb.
    private mutating func writeBombs() {
        for (size, (minute, early)) in zip(StreamScript.bombs, [(15, 0), (44, 20), (79, 10)]) {
            let at = Int64(minute) * 60_000
            let giver = User(id: "giver-\(size)", login: "giver\(size)", displayName: "Giver\(size)")
            let (giftId, tier) = size == 5 ? (nil, "2000") : ("bomb-\(size)", "1000")
            let bomb = Subscription(
                user: nil,
                kind: .gift,
                tier: tier,
                gifter: giver,
                giftId: giftId,
                giftCount: size
            )
            add(at, .subscribe, bomb.json)
            for number in 0..<size {
                let wait = number < early ? random.number(in: -20_000 ... -1) : random.number(in: 0...40_000)
                let name = "Lucky\(size)x\(number)"
                let gift = Subscription(
                    user: User(id: name, login: name.lowercased(), displayName: name),
                    kind: .gift,
                    tier: tier,
                    gifter: giver,
                    giftId: giftId,
                    giftCount: 1
                )
                add(at + Int64(wait), .subscribe, gift.json)
            }
        }
    }

    private mutating func writeTips() {
        for number in 0..<StreamScript.tips {
            let amount = Money(
                minor: Int64(number % 12 == 0 ? random.number(in: 10...99) : random.number(in: 100...5000)),
                currency: Self.currencies[number % 3]
            )
            let at = moment()
            let id = "tip-\(number)"
            add(at, .tip, Tip(user: viewer(), amount: amount, kind: .donation, message: "take \(number)").json, id: id)
            tips.append((at, id))
        }
    }

    private mutating func writeTheRest() {
        for _ in 0..<80 {
            let bits = Money(minor: Int64(random.number(in: 1...300)), currency: "BITS")
            add(moment(), .tip, Tip(user: viewer(), amount: bits, kind: .bits).json)
        }
        for raid in Self.raids {
            add(Int64(raid.minute) * 60_000, .raid, Raid(user: viewer(), viewers: raid.viewers).json)
        }
        for number in 0..<10 {
            let redemption = Redemption(
                user: viewer(),
                rewardId: "song",
                rewardTitle: "A song",
                rewardCost: 100,
                input: "song \(number)",
                status: "unfulfilled"
            )
            add(moment(), .redemption, redemption.json)
        }
        // Also while the queue is full; none of these may be counted.
        for minute in [22, 40, 65, 98, 110] {
            add(Int64(minute) * 60_000, .follow, Follow(user: viewer()).json, isTest: true)
            let tip = Tip(user: viewer(), amount: Money(minor: 700_000, currency: "EUR"), kind: .donation)
            add(Int64(minute) * 60_000 + 1, .tip, tip.json, isTest: true)
        }
    }

    /// What just is important, or just is not, while a raid's followers wait.
    private mutating func writeEdges() {
        for (number, minute) in [22, 65, 98].enumerated() {
            let at = Int64(minute) * 60_000 + 10_000
            for viewers in [9, 10] {
                add(at + Int64(viewers) * 100, .raid, Raid(user: viewer(), viewers: viewers).json)
            }
            for minor: Int64 in [99, 100] {
                let bits = Money(minor: minor, currency: "BITS")
                add(at + minor, .tip, Tip(user: viewer(), amount: bits, kind: .bits).json)
            }
            for minor: Int64 in [99, 100, 999, 1000] {
                let amount = Money(minor: minor, currency: Self.currencies[number])
                add(at + 2 * minor, .tip, Tip(user: viewer(), amount: amount, kind: .donation).json)
            }
        }
    }

    // MARK: What happens to it

    private mutating func writeModeration() {
        for _ in 0..<200 {
            let line = random.pick(said)
            let at = line.at + Int64(random.number(in: 1...5000))
            add(at, .chatDelete, ChatDeletion(messageId: line.id).json, platform: line.platform)
        }
        // The banned one has alerts waiting behind a raid's followers, and has just been talking.
        let banned = User(id: "banned", login: "banned", displayName: "Banned")
        let ban: Int64 = 22 * 60_000
        let spam = ChatMessage(messageId: "spam", user: banned, text: "spam spam spam")
        add(ban - 4000, .chatMessage, spam.json, id: "spam")
        add(ban - 3000, .follow, Follow(user: banned).json)
        let tip = Tip(user: banned, amount: Money(minor: 300, currency: "USD"), kind: .donation, message: "rude")
        add(ban - 2000, .tip, tip.json, id: "tip-rude")
        add(ban, .chatClear, ChatClearing(userId: "banned").json)
        add(70 * 60_000, .chatClear, ChatClearing(userId: nil).json)
    }

    /// What the streamer does to the queue, also while it is overfull; `of` names the alert that shall come again.
    private mutating func writeControls() {
        let byHand: [(Int64, EventType)] = [
            (30 * 60_000, .alertPause), (31 * 60_000 + 30_000, .alertResume), (64 * 60_000 + 50_000, .alertPause),
            (64 * 60_000 + 90_000, .alertResume), (98 * 60_000 + 30_000, .alertClear),
        ]
        for (at, type) in byHand { add(at, type, [:], platform: "streamvibes") }
        for minute in [12, 21, 33, 53, 80, 97] {
            add(Int64(minute) * 60_000 + 40_000, .alertSkip, [:], platform: "streamvibes")
        }
        for minute in [35, 65, 98, 115] {
            guard let tip = tips.filter({ $0.at < Int64(minute) * 60_000 }).max(by: { $0.at < $1.at }) else { continue }
            add(Int64(minute) * 60_000 + 7000, .alertReplay, ["of": .string(tip.id)], platform: "streamvibes")
        }
    }

    // MARK: Steps

    /// The last ten seconds are quiet, so that the last alert may end.
    private mutating func moment() -> Int64 {
        Int64(random.number(in: 0...Int(StreamScript.milliseconds) - 10_000))
    }

    private mutating func viewer() -> User {
        let number = random.number(in: 1...Self.viewers)
        return User(id: "\(number)", login: "viewer\(number)", displayName: "Viewer\(number)")
    }

    private mutating func add(
        _ at: Int64,
        _ type: EventType,
        _ payload: JSONValue,
        id: String? = nil,
        platform: String = "twitch",
        isTest: Bool = false
    ) {
        let number = entries.count
        var draft: JSONObject = [
            "id": .string(id ?? "event-\(number)"), "type": .string(type.name), "platform": .string(platform),
        ]
        if platform != "streamvibes" { draft["channelId"] = "1" }
        if isTest { draft["test"] = true }
        draft["payload"] = payload
        entries.append((at, number, .object(draft)))
    }
}
