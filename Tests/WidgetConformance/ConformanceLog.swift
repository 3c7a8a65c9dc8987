import WidgetAPI

/// A stream's evening made of chance, in which every text a viewer wrote can be recognised.
package struct ConformanceLog {
    package enum Step {
        case event(Event)
        case wait(milliseconds: Int64)
    }

    /// A text that occurs nowhere else.
    struct Words {
        let platform: String
        let userId: String?
        /// The chat message that can be deleted, where it is one.
        let messageId: String?
        /// When it was written, as a place in the log.
        let step: Int
    }

    package private(set) var steps: [Step] = []
    /// By the name: of which user of which platform it is.
    private(set) var names: [String: (platform: String, userId: String)] = [:]
    private(set) var words: [String: Words] = [:]
    /// Names that another person's chat line carries, by the line's event: a mention stays when its person is cleared.
    private(set) var mentions: [Event.ID: Set<String>] = [:]

    private var chance: Chance
    private var lines: [(event: Event, name: String, text: String)] = []
    private var alerts: [Event] = []
    private var platform = "twitch"

    package init(seed: UInt64, events: Int = 90) {
        chance = Chance(seed: seed)
        for platform in ["Twitch", "Kick"] {
            for name in ["Ana", "Ben", "Cleo", "Dan", "Eve"] {
                names[name + platform] = (platform.lowercased(), TestEvents.user(name + platform).id)
            }
        }
        add(TestEvents.overlay(open: true))
        for number in 1...events {
            platform = chance.pick(["twitch", "twitch", "kick"])
            addAny(number)
            // Mostly quick, sometimes long enough for an alert to end or a message to fade.
            steps.append(.wait(milliseconds: Int64(chance.pick([0, 40, 400, 900, 2500, 6000]))))
        }
    }

    private mutating func addAny(_ number: Int) {
        let id = "event-\(number)"
        switch chance.next(below: 28) {
        case 0...9: addLine(id)
        case 10: add(alert: TestEvents.follow(id, by: name(), on: platform, isTest: number.isMultiple(of: 4)))
        case 11, 12: addSubscription(id)
        case 13, 14: addBomb(id)
        case 15, 16, 17: addTip(id)
        case 18: addRaid(id)
        case 19:
            let name = name()
            add(alert: TestEvents.redemption(id, of: "A song", by: name, input: say(id, of: name)))
        case 20: add(TestEvents.counts(followers: 100 + number, subscribers: number, on: platform))
        case 21: if let line = lines.randomElement(with: &chance) { delete(line.event) }
        case 22: clear()
        case 23: add(TestEvents.overlay(open: chance.next(below: 3) > 0))
        case 24: if let alert = alerts.randomElement(with: &chance) { add(TestEvents.replay(of: alert)) }
        default:
            add(TestEvents.control(chance.pick([.alertPause, .alertResume, .alertResume, .alertSkip, .alertClear])))
        }
    }

    private mutating func addLine(_ id: String) {
        let name = name()
        let text = "well \"\(say(id, of: name, messageId: id))\" there é\\👋🏽"
        var reply: ChatMessage.Reply?
        let answered = chance.next(below: 3) == 0 ? lines.filter { $0.event.platform == platform }.last : nil
        if let answered {
            mentions[Event.ID(id), default: []].insert(answered.name)
            reply = .init(messageId: answered.event.id.text, displayName: answered.name, text: answered.text)
        }
        let user = TestEvents.user(name, color: "#3DD68C", roles: chance.pick([[], [.moderator], [.subscriber]]))
        let line = TestEvents.chatMessage(id, text, from: user, on: platform, replyTo: reply)
        lines.append((line, name, text))
        add(line)
    }

    /// Now and then with what the platform's chat says of it.
    private mutating func addSubscription(_ id: String) {
        let name = name()
        let isShared = chance.next(below: 2) == 0
        let message = chance.next(below: 2) == 0 ? say(id, of: name) : nil
        var subscription = TestEvents.subscription(id, .renewal, by: name, months: 7, message: message)
        subscription.platform = platform
        add(alert: subscription)
        guard isShared else { return }
        let noticeId = "notice-\(id)"
        let text = say(noticeId, of: name, messageId: noticeId)
        add(TestEvents.notice(noticeId, of: name, message: text, on: platform))
    }

    private mutating func addBomb(_ id: String) {
        var bomb = TestEvents.giftBomb(id, of: 3, by: name(), giftId: chance.pick([nil, id]))
        bomb.platform = platform
        add(alert: bomb)
        for number in 1...chance.pick([1, 3, 4]) {
            add(TestEvents.gift("\(id)-\(number)", to: name(), by: name(), on: platform))
        }
    }

    private mutating func addTip(_ id: String) {
        let (amount, currency) = chance.pick([(500, "USD"), (1200, "EUR"), (99, "USD"), (2500, "CHF")])
        let kind = chance.pick([Tip.Kind.donation, .donation, .bits, .kicks])
        let name: String? = chance.next(below: 6) == 0 ? nil : name()
        add(
            alert: TestEvents.tip(
                id,
                Int64(amount),
                kind == .donation ? currency : kind.rawValue.uppercased(),
                kind: kind,
                by: name,
                message: name.map { say(id, of: $0) },
                rates: ["USD": 1_000_000, "EUR": 1_100_000],
                on: platform
            )
        )
    }

    private mutating func delete(_ line: Event) {
        add(TestEvents.deletion(of: line.id.text, on: line.platform))
    }

    private mutating func clear() {
        let isAll = chance.next(below: 4) == 0
        add(TestEvents.clearing(of: isAll ? nil : TestEvents.user(name()).id, on: platform))
    }

    private mutating func addRaid(_ id: String) {
        var raid = TestEvents.raid(id, of: 0)
        raid.payload = Raid(user: TestEvents.user(name()), viewers: chance.next(below: 40)).json
        add(alert: raid)
    }

    private mutating func add(alert: Event) {
        var alert = alert
        alert.platform = platform
        alerts.append(alert)
        add(alert)
    }

    private mutating func add(_ event: Event) {
        steps.append(.event(event))
    }

    private mutating func name() -> String {
        chance.pick(["Ana", "Ben", "Cleo", "Dan", "Eve"]) + (platform == "kick" ? "Kick" : "Twitch")
    }

    private mutating func say(_ id: String, of name: String? = nil, messageId: String? = nil) -> String {
        let text = "words\(words.count)w"
        words[text] = Words(
            platform: platform,
            userId: name.map { TestEvents.user($0).id },
            messageId: messageId,
            step: steps.count
        )
        return text
    }
}

extension Array {
    fileprivate func randomElement(with chance: inout Chance) -> Element? {
        isEmpty ? nil : chance.pick(self)
    }
}

/// What a viewer reads of a log's texts, and which events the nodes around it name.
struct Sightings {
    private(set) var all: [(text: String, sources: [Event.ID])] = []

    init(of log: ConformanceLog, in view: View) {
        for node in view.children { visit(node, [], log) }
    }

    private mutating func visit(_ node: Node, _ sources: [Event.ID], _ log: ConformanceLog) {
        switch node {
        case .text(let text): note(text, sources, log)
        case .element(let element):
            let inner = sources + [element.source].compactMap(\.self)
            for attribute in element.attributes { note(attribute.value, inner, log) }
            for child in element.children { visit(child, inner, log) }
        }
    }

    private mutating func note(_ text: String, _ sources: [Event.ID], _ log: ConformanceLog) {
        for word in text.split(whereSeparator: { !$0.isLetter && !$0.isNumber }).map(String.init)
        where log.names[word] != nil || log.words[word] != nil {
            all.append((word, sources))
        }
    }
}
