import Testing
import WidgetAPI

@testable import Host

/// What Twitch itself says in chat (https://dev.twitch.tv/docs/chat/irc/#usernotice).
@Suite struct IRCNoticeTests {
    private static func notice(_ kind: String, _ tags: String = "", said: String? = nil) throws -> ChatNotice? {
        try IRCSamples.draft(IRCSamples.notice(kind, tags, said: said)).flatMap { ChatNotice(json: $0.payload) }
    }

    @Test func `a notice is the platform's sentence, what was added, and who it is about`() throws {
        let line = IRCSamples.notice("resub", "badges=subscriber/6;msg-param-sub-plan=Prime", said: "six already")
        let draft = try #require(try IRCSamples.draft(line))
        #expect(draft.type == .chatNotice && draft.id == Event.ID("n-1") && draft.occurredAt == IRCSamples.sentAt)
        let user = User(
            id: "77",
            login: "mira",
            displayName: "Mira",
            avatarUrl: "/img/twitch/avatar/77",
            badges: [User.Badge(set: "subscriber", id: "6", imageUrl: "/img/twitch/badge/501/subscriber/6")],
            roles: [.subscriber]
        )
        let wanted = ChatNotice(
            messageId: "n-1",
            user: user,
            kind: "resub",
            systemText: "Mira did it",
            message: "six already",
            prime: true
        )
        #expect(ChatNotice(json: draft.payload) == wanted)
    }

    @Test(
        arguments: [
            ("sub", "sub"), ("resub", "resub"), ("subgift", "sub_gift"), ("submysterygift", "community_sub_gift"),
            ("giftpaidupgrade", "gift_paid_upgrade"), ("anongiftpaidupgrade", "gift_paid_upgrade"),
            ("primepaidupgrade", "prime_paid_upgrade"), ("raid", "raid"), ("unraid", "unraid"),
            ("bitsbadgetier", "bits_badge_tier"), ("announcement", "announcement"), ("hologram", "hologram"),
            ("viewermilestone", "viewermilestone"),
        ]
    )
    func `a kind has EventSub's name, and one of tomorrow its own`(_ word: String, _ name: String) throws {
        #expect(try Self.notice(word)?.kind == name)
        let shared = try Self.notice("sharedchatnotice", "source-msg-id=\(word);source-room-id=502")
        #expect(shared?.kind == "shared_chat_\(name)")
    }

    @Test func `another channel's notice that does not say what it is stays what it is called`() throws {
        #expect(try Self.notice("sharedchatnotice")?.kind == "sharedchatnotice")
    }

    @Test(
        arguments: [
            ("sub", "msg-param-sub-plan=Prime", true), ("resub", "msg-param-sub-plan=1000", false), ("sub", "", nil),
            ("subgift", "msg-param-sub-plan=1000", nil), ("raid", "", nil),
        ] as [(String, String, Bool?)]
    )
    func `only a subscription of one's own is by Prime or not`(_ kind: String, _ tags: String, _ prime: Bool?) throws {
        #expect(try Self.notice(kind, tags)?.prime == prime)
    }

    @Test func `a bomb and its gifts share an id`() throws {
        for kind in ["subgift", "submysterygift"] {
            #expect(try Self.notice(kind, "msg-param-community-gift-id=16548")?.giftId == "16548")
        }
        #expect(try Self.notice("subgift")?.giftId == nil)
    }

    @Test func `who wants to stay unknown is not named`() throws {
        let names = "display-name=AnAnonymousGifter;login=ananonymousgifter;user-id=274598607"
        #expect(try Self.notice("submysterygift", names)?.user == nil)
        for kind in ["anonsubgift", "anonsubmysterygift"] { #expect(try Self.notice(kind)?.user == nil) }
        #expect(try Self.notice("anongiftpaidupgrade")?.user?.id == "77", "whose gift goes on")
    }

    @Test func `nothing said is no message`() throws {
        #expect(try Self.notice("resub")?.message == nil)
        #expect(try Self.notice("resub", said: "")?.message == nil)
    }

    @Test(arguments: ["id", "msg-id", "user-id"])
    func `a notice that lacks what it cannot do without is refused`(_ tag: String) {
        #expect(throws: MalformedDelivery("\(tag) is missing or empty")) {
            try IRCSamples.draft(IRCSamples.notice("raid", "\(tag)="))
        }
    }
}
