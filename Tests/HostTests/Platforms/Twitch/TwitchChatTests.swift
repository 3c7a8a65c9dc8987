import Testing
import WidgetAPI

@testable import Host

@Suite struct TwitchChatTests {
    private func line(_ members: String) throws -> (draft: EventDraft, message: ChatMessage) {
        let event = """
            {\(TwitchSamples.broadcaster),"chatter_user_id":"77","chatter_user_login":"mira",
            "chatter_user_name":"Mira","message_id":"line-1",\(members)}
            """
        let draft = try #require(try TwitchSamples.draft("channel.chat.message", event: event))
        return (draft, try #require(ChatMessage(json: draft.payload)))
    }

    private func words(_ text: String, _ fragments: String) throws -> ChatMessage {
        try line(#""message":{"text":\#(JSONValue.string(text).text),"fragments":\#(fragments)}"#).message
    }

    @Test func `a line has the message's id, its words and everything about who wrote it`() throws {
        let (draft, message) = try line(
            """
            "message":{"text":"hi","fragments":[{"type":"text","text":"hi","emote":null}]},"color":"#00c8fA",
            "badges":[{"set_id":"subscriber","id":"12","info":"13"},{"set_id":"vip","id":"1","info":null},
            {"set_id":"party","id":"2"}],"message_type":"text","cheer":null,"reply":null
            """
        )
        #expect(draft.id.text == "line-1")
        #expect(draft.type == .chatMessage)
        #expect(draft.channelId == "501")
        let user = User(
            id: "77",
            login: "mira",
            displayName: "Mira",
            color: "#00c8fA",
            badges: [
                User.Badge(set: "subscriber", id: "12"), User.Badge(set: "vip", id: "1"),
                User.Badge(set: "party", id: "2"),
            ],
            roles: [.vip, .subscriber]
        )
        #expect(message == ChatMessage(messageId: "line-1", user: user, text: "hi"))
    }

    @Test(
        arguments: [
            (#""notice_type":"resub","message":{"text":"hi"},"resub":{"is_prime":true}"#, "resub", "hi", true, nil),
            (#""notice_type":"sub","message":{"text":""},"sub":{"is_prime":false}"#, "sub", nil, false, nil),
            (#""notice_type":"resub","resub":{"is_prime":null}"#, "resub", nil, nil, nil),
            (#""notice_type":"sub_gift","sub_gift":{"community_gift_id":"g1"}"#, "sub_gift", nil, nil, "g1"),
            (
                #""notice_type":"community_sub_gift","community_sub_gift":{"id":"g1"}"#, "community_sub_gift", nil, nil,
                "g1"
            ), (#""notice_type":"announcement","announcement":null"#, "announcement", nil, nil, nil),
        ] as [(String, String, String?, Bool?, String?)]
    )
    func `what Twitch says in chat is a notice`(
        _ members: String,
        kind: String,
        message: String?,
        prime: Bool?,
        giftId: String?
    ) throws {
        let event = """
            {\(TwitchSamples.broadcaster),"chatter_user_id":"77","chatter_user_login":"mira","chatter_user_name":"Mira",
            "chatter_is_anonymous":false,"message_id":"n-1","system_message":"Mira did it",\(members)}
            """

        let draft = try #require(try TwitchSamples.draft("channel.chat.notification", event: event))

        #expect(draft.type == .chatNotice && draft.id.text == TwitchSamples.deliveryId)
        let notice = try #require(ChatNotice(json: draft.payload))
        #expect(notice.user?.id == "77" && notice.messageId == "n-1" && notice.systemText == "Mira did it")
        #expect(notice.kind == kind && notice.message == message && notice.prime == prime && notice.giftId == giftId)
    }

    @Test func `a notice about somebody who stays unknown names nobody`() throws {
        let event = """
            {\(TwitchSamples.broadcaster),"chatter_user_id":"274598607","chatter_user_login":"ananonymousgifter",
            "chatter_user_name":"AnAnonymousGifter","chatter_is_anonymous":true,"message_id":"n-1",
            "notice_type":"sub_gift"}
            """

        let draft = try #require(try TwitchSamples.draft("channel.chat.notification", event: event))

        #expect(ChatNotice(json: draft.payload)?.user == nil)
    }

    @Test(arguments: [
        ("broadcaster", User.Role.broadcaster), ("moderator", .moderator), ("lead_moderator", .moderator),
        ("vip", .vip), ("subscriber", .subscriber), ("founder", .subscriber),
    ])
    func `a badge proves a role`(_ set: String, _ role: User.Role) throws {
        let message = try line(#""message":{"text":"x"},"badges":[{"set_id":"\#(set)","id":"0"}]"#).message
        #expect(message.user?.roles == [role])
    }

    @Test func `a badge of no set is none`() throws {
        let badges = #"[{"set_id":"","id":"1"},{"set_id":null,"id":"1"},{"id":"1"},{"set_id":"vip"},7,null]"#
        let user = try line(#""message":{"text":"x"},"badges":\#(badges)"#).message.user
        #expect(user?.badges == [] && user?.roles == [])
    }

    @Test(arguments: [#""""#, "null", #""red""#, ##""#12345""##, ##""#12345g""##, ##""#１２３４５６""##, ##""#1234567""##])
    func `a colour of another form is none`(_ color: String) throws {
        #expect(try line(#""message":{"text":"x"},"color":\#(color)"#).message.user?.color == nil)
    }

    @Test func `emotes, mentions and cheermotes are pieces`() throws {
        let (_, message) = try line(
            """
            "message":{"text":"@Lev harbourHi Cheer100","fragments":[
            {"type":"mention","text":"@Lev","mention":{"user_id":"5","user_login":"lev","user_name":"Lev"}},
            {"type":"text","text":" "},
            {"type":"emote","text":"harbourHi","emote":{"id":"emotesv2_0-aF","emote_set_id":"3","format":["static"]}},
            {"type":"text","text":" "},
            {"type":"cheermote","text":"Cheer100","cheermote":{"prefix":"cheer","bits":100,"tier":100}}]},
            "cheer":{"bits":100}
            """
        )
        let expected = [
            ChatMessage.Fragment(.mention, "@Lev"), ChatMessage.Fragment(.text, " "),
            ChatMessage.Fragment(
                .emote,
                "harbourHi",
                emoteId: "emotesv2_0-aF",
                emoteUrl: "/img/twitch/emote/emotesv2_0-aF"
            ),
            ChatMessage.Fragment(.text, " "), ChatMessage.Fragment(.cheermote, "Cheer100"),
        ]
        #expect(message.fragments == expected)
        #expect(message.bits == 100)
    }

    @Test(arguments: ["../../api", "a/b", "a.b", "a%2Fb", "é", "a b", "", String(repeating: "a", count: 101)])
    func `an emote whose id could leave its path has no picture`(_ id: String) throws {
        let fragment = #"[{"type":"emote","text":"Hi","emote":{"id":\#(JSONValue.string(id).text)}}]"#
        let message = try words("Hi", fragment)
        #expect(message.fragments == [ChatMessage.Fragment(.emote, "Hi", emoteId: id)])
    }

    @Test func `a GIF and kinds of tomorrow are text`() throws {
        let gif = #"{"type":"gif","text":"[A boat GIF]","gif":{"gif_id":"g","url":"https://gifs.example/g"}}"#
        let hologram = #"{"type":"hologram","text":" and more"}"#
        let message = try words("[A boat GIF] and more", "[\(gif),\(hologram)]")
        #expect(message.fragments.map(\.kind) == [.text, .text])
        #expect(message.fragments.map(\.text).joined() == "[A boat GIF] and more")
    }

    @Test(arguments: ["null", "[]", #"[{"type":"text"}]"#, #"[{"type":"text","text":"only half"}]"#, #""x""#])
    func `a line is whole even where its pieces are not`(_ fragments: String) throws {
        let message = try words("only half of it", fragments)
        #expect(message.text == "only half of it")
        #expect(message.fragments == [ChatMessage.Fragment(.text, "only half of it")])
    }

    /// To Swift both are the same text.
    @Test func `pieces that only look like the text are not it`() throws {
        let message = try words("caf\u{E9}", #"[{"type":"text","text":"cafe\u0301"}]"#)
        #expect(message.fragments.map { Array($0.text.utf8) } == [Array("caf\u{E9}".utf8)])
    }

    @Test func `a line without fragments at all is one piece`() throws {
        #expect(try line(#""message":{"text":"plain"}"#).message.fragments == [ChatMessage.Fragment(.text, "plain")])
        #expect(try line(#""message":{"text":""}"#).message.fragments == [ChatMessage.Fragment(.text, "")])
    }

    @Test func `what slash me says stands without its wrapping`() throws {
        let fragments = #"[{"type":"text","text":"waves "},{"type":"emote","text":"Hi","emote":{"id":"25"}}]"#
        let message = try words("\u{1}ACTION waves Hi\u{1}", fragments)
        #expect(message.isAction)
        #expect(message.text == "waves Hi")
        #expect(message.fragments.map(\.kind) == [.text, .emote])
        #expect(try !words("ACTION waves", "null").isAction)
        #expect(try words("\u{1}ACTION \u{301}x", "null").text == "\u{301}x")
    }

    @Test func `a reply tells what it answers`() throws {
        let reply = #"{"parent_message_id":"line-0","parent_message_body":"who?","parent_user_name":"Lev"}"#
        let message = try line(#""message":{"text":"me"},"reply":\#(reply)"#).message
        #expect(message.replyTo == ChatMessage.Reply(messageId: "line-0", displayName: "Lev", text: "who?"))
    }

    @Test func `a line of another channel in a shared chat stands in this one`() throws {
        let (draft, message) = try line(
            """
            "message":{"text":"hi from next door"},"source_broadcaster_user_id":"502","source_message_id":"line-9",
            "source_badges":[{"set_id":"moderator","id":"1","info":""}],"badges":[],"is_source_only":false
            """
        )
        #expect(draft.channelId == "501")
        #expect(draft.id.text == "line-1")
        #expect(message.user?.roles == [])
    }

    @Test func `500 emoji arrive byte for byte`() throws {
        let text = String(repeating: "👩🏽‍🚀", count: 500)
        let message = try words(text, #"[{"type":"text","text":"\#(text)"}]"#)
        #expect(message.text.unicodeScalars.elementsEqual(text.unicodeScalars))
        #expect(message.fragments.map(\.text) == [text])
    }

    @Test func `lines, people and the whole chat can be taken away`() throws {
        let target = #""target_user_id":"66","target_user_login":"rude","target_user_name":"Rude""#
        let deletion = try TwitchSamples.draft(
            "channel.chat.message_delete",
            event: #"{\#(target),"message_id":"line-1"}"#
        )
        let person = try TwitchSamples.draft("channel.chat.clear_user_messages", event: "{\(target)}")
        let everything = try TwitchSamples.draft("channel.chat.clear", event: "{\(TwitchSamples.broadcaster)}")

        #expect(deletion?.type == .chatDelete)
        #expect(deletion?.payload == ["messageId": "line-1"])
        #expect(deletion?.id == Event.ID(TwitchSamples.deliveryId))
        #expect(person?.type == .chatClear)
        #expect(person?.payload == ["userId": "66"])
        #expect(everything?.payload == ["userId": nil])
    }
}

@Suite struct LinkFragmentsTests {
    @Test(arguments: [
        ("no link here", ["t:no link here"]),
        ("", ["t:"]),
        ("https://a.example/x?y=1#z", ["l:https://a.example/x?y=1#z"]),
        ("see www.a.example now", ["t:see ", "l:www.a.example", "t: now"]),
        ("HTTP://A.example\u{3000}WWW.B.example", ["l:HTTP://A.example", "t:\u{3000}", "l:WWW.B.example"]),
        ("(https://a.example)", ["t:(", "l:https://a.example)"]),
        ("www.é.example\u{A0}www.日本 é", ["l:www.é.example", "t:\u{A0}", "l:www.日本", "t: é"]),
        ("www.a.example\twww.b.example\u{85}", ["l:www.a.example", "t:\t", "l:www.b.example", "t:\u{85}"]),
        ("http://\u{2003}www.a.example", ["t:http://\u{2003}", "l:www.a.example"]),
        ("見てhttps://a.example", ["t:見て", "l:https://a.example"]),
        ("awww. so cute", ["t:awww. so cute"]),
        ("www. and http:// alone", ["t:www. and http:// alone"]),
        ("xhttps://a.example", ["t:xhttps://a.example"]),
        ("https:/a.example ww.a", ["t:https:/a.example ww.a"]),
        ("www.a.example\u{301} \u{301}x", ["l:www.a.example\u{301}", "t: \u{301}x"]),
    ])
    func `links stand apart and the text stays whole`(_ text: String, _ expected: [String]) {
        let pieces = ChatMessage.Fragment.splittingLinks(of: text[...])
        #expect(pieces.map { ($0.kind == .link ? "l:" : "t:") + $0.text } == expected)
        #expect(pieces.map(\.text).joined().unicodeScalars.elementsEqual(text.unicodeScalars))
    }
}
