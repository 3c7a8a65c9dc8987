import Testing
import WidgetAPI

@testable import Host

/// What a line of chat becomes (https://dev.twitch.tv/docs/chat/irc/).
@Suite struct IRCPayloadsTests {
    @Test func `a line has the message's id, its words and everything about who wrote it`() throws {
        let tags = "color=#00c8fA;badges=subscriber/12,vip/1,party/2024/a;display-name=Mira\\sM"
        let draft = try #require(try IRCSamples.draft(IRCSamples.chat("hi", tags)))
        #expect(draft.id == Event.ID("line-1") && draft.type == .chatMessage && draft.platform == .twitch)
        #expect(draft.channelId == "501" && draft.occurredAt == IRCSamples.sentAt)
        let user = User(
            id: "77",
            login: "mira",
            displayName: "Mira M",
            avatarUrl: "/img/twitch/avatar/77",
            color: "#00c8fA",
            badges: [
                User.Badge(set: "subscriber", id: "12", imageUrl: "/img/twitch/badge/501/subscriber/12"),
                User.Badge(set: "vip", id: "1", imageUrl: "/img/twitch/badge/global/vip/1"),
                // What could leave its place in an address has no picture.
                User.Badge(set: "party", id: "2024/a"),
            ],
            roles: [.vip, .subscriber]
        )
        #expect(ChatMessage(json: draft.payload) == ChatMessage(messageId: "line-1", user: user, text: "hi"))
    }

    @Test func `a line is the same event as EventSub's, byte for byte`() throws {
        let event = """
            {\(TwitchSamples.broadcaster),"chatter_user_id":"77","chatter_user_login":"mira","chatter_user_name":"Mira",
            "message_id":"line-1","color":"#1E90FF","badges":[{"set_id":"moderator","id":"1","info":""}],
            "cheer":{"bits":100},"reply":{"parent_message_id":"line-0","parent_message_body":"who; me?",
            "parent_user_name":"Lev"},"message":{"text":"@Lev Hi Cheer100 see www.a.example","fragments":[
            {"type":"mention","text":"@Lev"},{"type":"text","text":" "},
            {"type":"emote","text":"Hi","emote":{"id":"emotesv2_0-aF"}},{"type":"text","text":" "},
            {"type":"cheermote","text":"Cheer100","cheermote":{"prefix":"cheer","bits":100,"tier":100}},
            {"type":"text","text":" see www.a.example"}]}}
            """
        let other = try #require(try TwitchSamples.draft("channel.chat.message", event: event, findsPictures: true))
        let tags =
            "badges=moderator/1;bits=100;color=#1E90FF;emotes=emotesv2_0-aF:5-6;reply-parent-msg-id=line-0;"
            + "reply-parent-msg-body=who\\:\\sme?;reply-parent-display-name=Lev;reply-parent-user-login=lev"

        let draft = try #require(try IRCSamples.draft(IRCSamples.chat("@Lev Hi Cheer100 see www.a.example", tags)))

        #expect(draft.payload.text == other.payload.text)
        #expect(draft.payload.text.contains("/img/twitch/cheermote/501/cheer/100"))
        #expect(draft.id == other.id && draft.type == other.type && draft.channelId == other.channelId)
    }

    @Test func `a badge of no set is none`() throws {
        let user = try #require(try IRCSamples.message("x", #"badges=/1,\/1,vip,,\\/2"#)?.user)
        #expect(user.badges.map(\.set) == [#"\"#])
    }

    @Test(arguments: [
        ("broadcaster", User.Role.broadcaster), ("moderator", .moderator), ("lead_moderator", .moderator),
        ("vip", .vip), ("subscriber", .subscriber), ("founder", .subscriber),
    ])
    func `a badge proves a role, other tags do not`(_ set: String, _ role: User.Role) throws {
        #expect(try IRCSamples.message("x", "badges=\(set)/0")?.user?.roles == [role])
        #expect(try IRCSamples.message("x", "mod=1;vip=1;subscriber=1")?.user?.roles == [])
    }

    @Test(arguments: ["", "red", "#12345", "#12345g", "#1234567", "#\\s23456"])
    func `a colour of another form is none`(_ color: String) throws {
        #expect(try IRCSamples.message("x", "color=\(color)")?.user?.color == nil)
    }

    @Test func `who has no name to show is called by their login`() throws {
        let user = try #require(try IRCSamples.message("x", "display-name=")?.user)
        #expect(user.displayName == "mira" && user.login == "mira")
        #expect(try IRCSamples.message("x", "display-name=테스트")?.user?.displayName == "테스트")
    }

    @Test func `a line of another channel in a shared chat stands in this one`() throws {
        let tags = "source-room-id=502;source-id=line-9;source-badges=moderator/1;source-only=0"
        let draft = try #require(try IRCSamples.draft(IRCSamples.chat("hi from next door", tags)))
        #expect(draft.id == Event.ID("line-1") && draft.channelId == "501")
        #expect(ChatMessage(json: draft.payload)?.user?.roles == [])
    }

    @Test func `a line without a time of its own has the one at which it came`() throws {
        let draft = try IRCSamples.draft(IRCSamples.chat("x", "tmi-sent-ts=soon"))
        #expect(draft?.occurredAt == IRCSamples.receivedAt)
    }

    @Test(arguments: ["id", "user-id"])
    func `a line that lacks what it cannot do without is refused`(_ tag: String) {
        #expect(throws: MalformedDelivery("\(tag) is missing or empty")) {
            try IRCSamples.draft(IRCSamples.chat("x", "\(tag)="))
        }
    }

    @Test func `a line that is another channel's, or has no text, is refused`() {
        let elsewhere = MalformedDelivery("it belongs to another channel")
        #expect(throws: elsewhere) { try IRCSamples.draft(IRCSamples.chat("x", "room-id=502")) }
        let other = IRCSamples.chat("x").replacing("#harbour", with: "#harbours")
        #expect(throws: elsewhere) { try IRCSamples.draft(other) }
        let joined = IRCSamples.chat("x").replacing("#harbour :x", with: "#harbour:x")
        #expect(throws: elsewhere) { try IRCSamples.draft(joined) }
        let mute = IRCSamples.chat("x").replacing(" :x", with: "")
        #expect(throws: MalformedDelivery("there is no text")) { try IRCSamples.draft(mute) }
    }

    @Test(arguments: [
        "PING :tmi.twitch.tv", ":tmi.twitch.tv RECONNECT", ":mira!mira@mira.tmi.twitch.tv JOIN #harbour",
        ":mira!mira@mira.tmi.twitch.tv PART #harbour", "@msg-id=slow_on :tmi.twitch.tv NOTICE #harbour :Slow.",
        "@room-id=501;slow=10 :tmi.twitch.tv ROOMSTATE #harbour",
    ])
    func `what tells of nothing is no event`(_ line: String) throws {
        #expect(try IRCSamples.draft(line) == nil)
    }

    // MARK: Taking away

    @Test func `lines, people and the whole chat can be taken away`() throws {
        let sent = "tmi-sent-ts=1772388000123"
        let deletion = try IRCSamples.draft(
            "@login=rude;room-id=;target-msg-id=line-1;\(sent) :tmi.twitch.tv CLEARMSG #harbour :what"
        )
        let timeout = try IRCSamples.draft(
            "@ban-duration=1;room-id=501;target-user-id=66;\(sent) :tmi.twitch.tv CLEARCHAT #harbour :rude"
        )
        let everything = try IRCSamples.draft("@room-id=501;\(sent) :tmi.twitch.tv CLEARCHAT #harbour")

        #expect(deletion?.type == .chatDelete && deletion?.payload == ["messageId": "line-1"])
        #expect(timeout?.type == .chatClear && timeout?.payload == ["userId": "66"])
        #expect(everything?.type == .chatClear && everything?.payload == ["userId": nil])
        // Told again, they are the same; told of the line or of another moment, they are others.
        let ids = [deletion, timeout, everything].compactMap { $0?.id.text }
        #expect(ids == ["delete:line-1", "clear:66:1772388000123", "clear:all:1772388000123"])
    }

    @Test func `a line that names somebody and not by an id does not take away everything`() {
        #expect(throws: MalformedDelivery("target-user-id is missing or empty")) {
            try IRCSamples.draft("@room-id=501 :tmi.twitch.tv CLEARCHAT #harbour :rude")
        }
        #expect(throws: MalformedDelivery("target-msg-id is missing or empty")) {
            try IRCSamples.draft("@login=rude;room-id= :tmi.twitch.tv CLEARMSG #harbour :what")
        }
    }
}
