import Testing
import WidgetAPI
import WidgetConformance

@testable import Host

@Suite struct ModerationLedgerTests {
    @Test func `a deleted message is hidden by the id of its event`() {
        var ledger = ModerationLedger()
        _ = ledger.apply(line("a", by: "1"))

        let changed = ledger.apply(event("x", .chatDelete, ChatDeletion(messageId: "a").json))

        #expect(changed)
        #expect(ledger.hidden == [Event.ID("a")])
    }

    @Test func `a tip that was given back is hidden by its own id, on its own platform`() {
        var ledger = ModerationLedger()
        let tip = Tip(user: user("1"), amount: Money(minor: 5, currency: "USD"), kind: .donation, message: nil)
        _ = ledger.apply(event("t", .tip, tip.json))
        _ = ledger.apply(event("other", .tip, tip.json))

        let changed = ledger.apply(event("t:deleted", .chatDelete, ChatDeletion(messageId: "t").json))

        #expect(changed)
        #expect(ledger.hidden == [Event.ID("t")])
    }

    @Test func `a tip that was given back before it came is hidden when it comes, on its own platform`() {
        var ledger = ModerationLedger()
        let tip = Tip(user: user("1"), amount: Money(minor: 5, currency: "USD"), kind: .donation, message: nil)
        _ = ledger.apply(event("t:deleted", .chatDelete, ChatDeletion(messageId: "t").json))

        let changed = ledger.apply(event("t", .tip, tip.json))
        let other = ledger.apply(event("other", .tip, tip.json))

        #expect(changed && !other)
        #expect(ledger.hidden == [Event.ID("t")])
    }

    @Test func `clearing a user hides what they wrote anywhere and nobody else's`() {
        var ledger = ModerationLedger()
        _ = ledger.apply(line("a", by: "1"))
        _ = ledger.apply(line("b", by: "2"))
        let tip = Tip(user: user("1"), amount: Money(minor: 5, currency: "USD"), kind: .donation, message: "rude")
        _ = ledger.apply(event("t", .tip, tip.json))

        _ = ledger.apply(event("x", .chatClear, ChatClearing(userId: "1").json))

        #expect(ledger.hidden == [Event.ID("a"), Event.ID("t")])
    }

    @Test(arguments: [false, true])
    func `a cheer is hidden with its line of chat, whichever is told first`(lineIsLast: Bool) {
        var ledger = ModerationLedger()
        func cheer(_ id: String, by userId: String, _ kind: Tip.Kind, _ text: String) -> Event {
            let amount = Money(minor: 5, currency: "BITS")
            return event(id, .tip, Tip(user: user(userId), amount: amount, kind: kind, message: text).json)
        }
        let line = line("a", by: "1", "Cheer5 rude")
        let rows = [cheer("t", by: "1", .bits, "Cheer5 rude"), line]
        for row in lineIsLast ? rows : rows.reversed() { _ = ledger.apply(row) }
        _ = ledger.apply(cheer("other words", by: "1", .bits, "Cheer5 kind"))
        _ = ledger.apply(cheer("other user", by: "2", .bits, "Cheer5 rude"))
        _ = ledger.apply(cheer("donation", by: "1", .donation, "Cheer5 rude"))

        let changed = ledger.apply(event("x", .chatDelete, ChatDeletion(messageId: "a").json))
        let late = ledger.apply(cheer("late", by: "1", .bits, "Cheer5 rude"))

        #expect(changed && late)
        #expect(ledger.hidden == [Event.ID("a"), Event.ID("t"), Event.ID("late")])
    }

    @Test func `clearing the chat hides the cheers whose words stood in it`() {
        var ledger = ModerationLedger()
        func tip(_ id: String, _ kind: Tip.Kind, _ text: String?) -> Event {
            let amount = Money(minor: 5, currency: "BITS")
            return event(id, .tip, Tip(user: user("1"), amount: amount, kind: kind, message: text).json)
        }
        for row in [tip("bits", .bits, "x"), tip("silent", .kicks, nil), tip("donation", .donation, "x")] {
            _ = ledger.apply(row)
        }

        _ = ledger.apply(event("x", .chatClear, ChatClearing(userId: nil).json))

        #expect(ledger.hidden == [Event.ID("bits")])
    }

    @Test func `clearing a user hides the gifts they gave`() {
        var ledger = ModerationLedger()
        let bomb = Subscription(user: nil, kind: .gift, gifter: user("1"), giftCount: 5)
        _ = ledger.apply(event("b", .subscribe, bomb.json))

        _ = ledger.apply(event("x", .chatClear, ChatClearing(userId: "1").json))

        #expect(ledger.hidden == [Event.ID("b")])
    }

    @Test func `an alert that is shown again long after can be hidden all the same`() {
        var ledger = ModerationLedger()
        let follow = event("f", .follow, Follow(user: user("1")).json)
        _ = ledger.apply(follow)
        for number in 0..<5000 { _ = ledger.apply(event("\(number)", .follow, Follow(user: user("2")).json)) }
        _ = ledger.apply(event("r", .alertReplay, AlertReplay(follow).json))

        _ = ledger.apply(event("x", .chatClear, ChatClearing(userId: "1").json))

        #expect(ledger.hidden == [Event.ID("f")])
    }

    @Test func `clearing the chat of one platform leaves the other's`() {
        var ledger = ModerationLedger()
        _ = ledger.apply(line("a", by: "1"))
        _ = ledger.apply(line("b", by: "1", on: "kick"))

        _ = ledger.apply(event("x", .chatClear, ChatClearing(userId: nil).json))

        #expect(ledger.hidden == [Event.ID("a")])
    }

    @Test func `it remembers the last 2,000 texts at least and never grows without end`() {
        var ledger = ModerationLedger()
        for number in 0..<10_000 { _ = ledger.apply(line("\(number)", by: "1")) }

        _ = ledger.apply(event("x", .chatClear, ChatClearing(userId: "1").json))

        #expect(ledger.hidden.contains(Event.ID("8000")))
        #expect(ledger.hidden.count < 4000)
    }

    @Test func `a message that comes after its deletion is hidden at once`() {
        var ledger = ModerationLedger()
        _ = ledger.apply(event("x", .chatDelete, ChatDeletion(messageId: "a").json))

        let changed = ledger.apply(line("a", by: "1"))

        #expect(changed)
        #expect(ledger.hidden == [Event.ID("a")])
    }

    @Test func `however fast chat is it does not bring a hidden tip back`() {
        var ledger = ModerationLedger()
        let tip = Tip(user: user("7"), amount: Money(minor: 5, currency: "USD"), kind: .donation, message: "rude")
        _ = ledger.apply(event("t", .tip, tip.json))
        _ = ledger.apply(event("x", .chatClear, ChatClearing(userId: "7").json))

        for number in 0..<20_000 { _ = ledger.apply(line("\(number)", by: "1")) }

        #expect(ledger.hidden.contains(Event.ID("t")))
    }

    private func line(
        _ id: String,
        by userId: String,
        _ text: String = "x",
        on platform: String = "twitch"
    ) -> Event {
        event(id, .chatMessage, ChatMessage(messageId: id, user: user(userId), text: text).json, on: platform)
    }

    private func user(_ id: String) -> User {
        User(id: id, login: "u\(id)", displayName: "U\(id)")
    }

    private func event(_ id: String, _ type: EventType, _ payload: JSONValue, on platform: String = "twitch") -> Event {
        TestEvents.event(type, payload, id: id, on: platform)
    }
}
