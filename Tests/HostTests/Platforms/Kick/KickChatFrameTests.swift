import Testing
import WidgetAPI

@testable import Host

/// Messages of Kick's unofficial socket, and what its codes ask for.
@Suite struct KickChatFrameTests {
    @Test(arguments: [
        (#""{\"socket_id\":\"1.2\",\"activity_timeout\":90}""#, 90), (#"{"activity_timeout":30}"#, 30),
        (#""{\"socket_id\":\"1.2\"}""#, 120), (#"{"activity_timeout":0}"#, 1), (#"{"activity_timeout":86400}"#, 600),
        (#"{"activity_timeout":"soon"}"#, 120), ("null", 120),
    ])
    func `a greeting says after how long to ask, within bounds`(data: String, seconds: Int64) throws {
        let frame = try Self.frame(#"{"event":"pusher:connection_established","data":\#(data)}"#)

        #expect(frame == .established(activitySeconds: seconds))
    }

    @Test func `an event is told by its own name, its data read once more where it is a text`() throws {
        let asText = try Self.frame(
            #"{"event":"App\\Events\\ChatMessageEvent","data":"{\"id\":\"1\"}","channel":"chatrooms.7.v2"}"#
        )
        let asObject = try Self.frame(
            #"{"event":"KicksGifted","data":{"id":"1"},"channel":"chatrooms.7.v2","user_id":"x","tomorrow":[1]}"#
        )

        let placeless = try Self.frame(#"{"event":"App\\Events\\ChatMessageEvent","data":"{\"id\":\"1\"}"}"#)

        #expect(placeless == .event(name: "ChatMessageEvent", channel: nil, data: ["id": "1"]))
        #expect(asText == .event(name: "ChatMessageEvent", channel: "chatrooms.7.v2", data: ["id": "1"]))
        #expect(asObject == .event(name: "KicksGifted", channel: "chatrooms.7.v2", data: ["id": "1"]))
    }

    @Test func `the rest of the protocol is understood, and what nobody knows is let by`() throws {
        #expect(try Self.frame(#"{"event":"pusher:ping","data":{}}"#) == .ping)
        #expect(try Self.frame(#"{"event":"pusher:pong"}"#) == .other("pusher:pong"))
        #expect(
            try Self.frame(#"{"event":"pusher_internal:subscription_succeeded","channel":"chatrooms.7.v2"}"#)
                == .subscribed(channel: "chatrooms.7.v2")
        )
        #expect(
            try Self.frame(#"{"event":"pusher:error","data":{"code":4201,"message":"Pong late"}}"#)
                == .refused(code: 4201, message: "Pong late")
        )
        #expect(
            try Self.frame(#"{"event":"pusher:error","data":{"code":null}}"#) == .refused(code: nil, message: "")
        )
        #expect(try Self.frame(#"{"event":"pusher:of_tomorrow","data":7}"#) == .other("pusher:of_tomorrow"))
    }

    @Test(arguments: [
        "", "[]", "{}", #"{"event":""}"#, #"{"event":7.5}"#, #"{"event":"pusher_internal:subscription_succeeded"}"#,
        #"{"event":"ChatMessageEvent","channel":"chatrooms.7.v2","data":"{"}"#,
        #"{"event":"pusher:connection_established","data":"soon"}"#,
    ])
    func `what is none of the protocol's is malformed`(text: String) {
        #expect(throws: MalformedDelivery.self) { try Self.frame(text) }
    }

    @Test func `what is asked for is what the protocol wants`() throws {
        #expect(
            try JSONValue(parsing: KickChatFrame.subscribe(to: "chatrooms.7.v2"))
                == ["event": "pusher:subscribe", "data": ["auth": "", "channel": "chatrooms.7.v2"]]
        )
        #expect(try JSONValue(parsing: KickChatFrame.pingText) == ["event": "pusher:ping", "data": [:]])
        #expect(try JSONValue(parsing: KickChatFrame.pongText) == ["event": "pusher:pong", "data": [:]])
    }

    @Test(
        arguments: [
            (3999, .pause), (4000, .later), (4099, .later), (4100, .pause), (4199, .pause), (4200, .hurry),
            (4299, .hurry), (4300, .pause), (1006, .pause), (nil, .pause),
        ] as [(Int64?, KickChatEnding.Advice)]
    )
    func `a code says whether to come again, and when`(code: Int64?, advice: KickChatEnding.Advice) {
        #expect(KickChatEnding.closed(code).advice == advice)
        #expect(KickChatEnding.refused(code, "Not today").advice == advice)
    }

    private static func frame(_ text: String) throws(MalformedDelivery) -> KickChatFrame {
        try KickChatFrame(Array(text.utf8))
    }
}
