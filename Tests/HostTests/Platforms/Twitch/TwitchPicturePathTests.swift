import Testing
import WidgetAPI

@testable import Host

/// Which pictures of Twitch an event names.
@Suite struct TwitchPicturePathTests {
    private func line(_ members: String, findsPictures: Bool) throws -> ChatMessage {
        let event = """
            {\(TwitchSamples.broadcaster),"chatter_user_id":"77","chatter_user_login":"mira",
            "chatter_user_name":"Mira","message_id":"line-1",\(members)}
            """
        let draft = try TwitchSamples.draft("channel.chat.message", event: event, findsPictures: findsPictures)
        let said = try #require(draft)
        return try #require(ChatMessage(json: said.payload))
    }

    @Test func `where pictures can be looked up, badges, cheermotes and people have one`() throws {
        let members = """
            "message":{"text":"Cheer700","fragments":[
            {"type":"cheermote","text":"Cheer700","cheermote":{"prefix":"Cheer","bits":700,"tier":500}}]},
            "badges":[{"set_id":"subscriber","id":"12"},{"set_id":"vip","id":"1"},{"set_id":"a/b","id":"1"}]
            """

        let message = try line(members, findsPictures: true)

        let cheermote = ChatMessage.Fragment(
            .cheermote,
            "Cheer700",
            emoteId: "cheer500",
            emoteUrl: "/img/twitch/cheermote/501/cheer/500"
        )
        #expect(message.fragments == [cheermote])
        #expect(message.user?.avatarUrl == "/img/twitch/avatar/77")
        let badges = ["/img/twitch/badge/501/subscriber/12", "/img/twitch/badge/global/vip/1", nil]
        #expect(message.user?.badges.map(\.imageUrl) == badges)
        // Elsewhere none of them is named: nobody could answer.
        let plain = try line(members, findsPictures: false)
        #expect(plain.user?.avatarUrl == nil && plain.user?.badges.map(\.imageUrl) == [nil, nil, nil])
        #expect(plain.fragments == [ChatMessage.Fragment(.cheermote, "Cheer700")])
    }

    @Test(arguments: [
        "null", "{}", #"{"prefix":"a/b","bits":100}"#, #"{"prefix":"cheer"}"#, #"{"prefix":"cheer","bits":0}"#,
        #"{"prefix":"cheer","bits":-1}"#, #"{"prefix":7,"bits":"x"}"#,
    ])
    func `a cheermote that is told otherwise is its text`(_ told: String) throws {
        let message = try line(
            #""message":{"text":"Cheer1","fragments":[{"type":"cheermote","text":"Cheer1","cheermote":\#(told)}]}"#,
            findsPictures: true
        )

        #expect(message.fragments == [ChatMessage.Fragment(.cheermote, "Cheer1")])
    }

    @Test(arguments: [
        ("channel.follow", "2", TwitchSamples.user),
        ("channel.subscribe", "1", TwitchSamples.user + #","tier":"1000""#),
        ("channel.cheer", "1", TwitchSamples.user + #","is_anonymous":false,"bits":5"#),
    ])
    func `who does something has a picture where it can be looked up`(
        type: String,
        version: String,
        members: String
    ) throws {
        let event = "{\(members)}"
        let pictures = try [true, false].map { findsPictures in
            let draft = try TwitchSamples.draft(type, version: version, event: event, findsPictures: findsPictures)
            return try #require(draft).payload["user"]?["avatarUrl"]?.stringValue
        }

        #expect(pictures == ["/img/twitch/avatar/77", nil])
    }
}
