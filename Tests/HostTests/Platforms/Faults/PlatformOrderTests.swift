import Testing
import WidgetAPI

@testable import FakePlatforms

/// What the fake platforms can be told to do.
@Suite struct PlatformOrderTests {
    @Test(arguments: [
        "reach 8080", "twitch says 3 lines", "twitch online", "twitch offline", "twitch follow Wren",
        "twitch cheer 100", "twitch subscribe Wren", "twitch redeem Wren", "twitch raid", "twitch raid 7",
        "twitch gifts 50", "twitch notices", "twitch settings", "twitch timeout Wren", "twitch ban Wren",
        "twitch delete", "twitch clear", "twitch tokens end", "twitch tokens refused", "twitch tokens accepted",
        "kick says 2 lines", "kick online", "kick offline", "kick follow Wren", "kick subscribe Wren", "kick gifts 3",
        "kick kicks 10", "kick ban Wren", "kick tokens end", "fault twitch /helix/users 500",
        "fault twitch /helix/users 429 2", "fault kick /oauth/token slow 3", "fault kick /oauth/token truncated",
        "fault kick /oauth/token silent", "duplicate on", "duplicate off", "reorder on", "reorder off",
        "revoke channel.follow", "revoke channel.follow user_removed", "drop events", "drop chat 4000", "storm 20",
        "rotate-key", "retry", "look", "  wait   2  ",
    ])
    func `every order that is written down is understood`(line: String) throws {
        #expect(try PlatformOrder(line) != nil)
    }

    @Test func `empty lines and remarks are no orders`() throws {
        for line in ["", "   ", "# look", "  # look"] { #expect(try PlatformOrder(line) == nil) }
    }

    @Test(arguments: [
        ("dance", "reach, twitch, kick, fault", "'dance'"),
        ("twitch", "'twitch' wants one of says", "nothing is there"),
        ("twitch sings", "online, offline", "'sings'"), ("kick raid", "'kick' wants one of says", "'raid'"),
        ("twitch says many lines", "COUNT, a whole number from 1 to 100000", "'many'"),
        ("twitch says 3 words", "lines", "'words'"), ("reach 0", "PORT, a whole number from 1 to 65535", "'0'"),
        ("fault twitch helix 500", "PATH begins with '/'", "'helix'"),
        ("fault twitch /helix/users 200", "a status from 400 to 599", "'200'"),
        ("fault twitch /helix/users", "truncated or silent", "nothing is there"),
        ("look around", "'look' wants nothing more", "'around'"), ("drop everything", "events, chat", "'everything'"),
        ("duplicate", "on, off", "nothing is there"),
    ])
    func `who orders something else hears what was wrong and what is wanted`(
        line: String,
        wanted: String,
        seen: String
    ) throws {
        let answer = try PlatformDesk().obey(line)
        let error = answer?["error"]?.stringValue ?? ""
        #expect(error.contains(wanted) && error.contains(seen), "\(error)")
        #expect(answer?["done"] == nil)
    }

    @Test func `what nobody hears is said to nobody, and told so`() throws {
        let desk = try PlatformDesk()

        let lines = desk.obey("twitch says 2 lines")?["said"]?.arrayValue ?? []
        #expect(lines.map { $0["by"] } == ["irc", "irc", "socket", "socket"])
        #expect(lines.allSatisfy { $0["heard"] == 0 })
        #expect(lines[0]["id"] == lines[2]["id"] && lines[1]["id"] == lines[3]["id"], "one line has one id")
        #expect(desk.obey("kick says 1 lines")?["said"]?.arrayValue?.map { $0["heard"] } == [0])
        #expect(desk.obey("storm 1")?["error"] == "'storm': no socket is open.")
        #expect(desk.obey("revoke channel.follow")?["error"] != nil)
        #expect(desk.obey("look")?["sockets"] == .array([]))
    }

    @Test func `what is said twice has the same ids, and what is turned round comes last first`() throws {
        let desk = try PlatformDesk()
        func ids(_ line: String) -> [JSONValue] {
            (desk.obey(line)?["said"]?.arrayValue ?? []).filter { $0["by"] == "socket" }.compactMap { $0["id"] }
        }
        _ = desk.obey("duplicate on")
        let twice = ids("twitch says 2 lines")
        #expect(twice.count == 4 && twice[0] == twice[1] && twice[2] == twice[3] && twice[0] != twice[2])
        _ = desk.obey("duplicate off")
        let types = { (line: String) in
            (desk.obey(line)?["said"]?.arrayValue ?? []).filter { $0["by"] == "socket" }.compactMap { $0["type"] }
        }
        #expect(types("twitch raid") == ["channel.raid", "channel.chat.notification"])
        _ = desk.obey("reorder on")
        #expect(types("twitch raid") == ["channel.chat.notification", "channel.raid"])
    }

    @Test func `lines of every kind say the same by IRC as by EventSub`() throws {
        let room = FakePlatform.User(id: "1234", login: "alice", name: "Alice")
        for number in 0..<TwitchLine.kinds {
            let line = TwitchLine(number: number, in: room)
            let saying = line.saying
            let event = try JSONValue(parsing: saying.delivery?.body ?? [])["event"]
            let pieces = event?["message"]?["fragments"]?.arrayValue ?? []
            let text = pieces.compactMap { $0["text"]?.stringValue }.joined()
            #expect(saying.line?.text.contains(text) == true, "\(number)")
            #expect(saying.line?.text.contains("id=\(line.id);") == true)
            #expect(event?["message_id"]?.stringValue == line.id)
        }
    }
}

/// The fake platforms as a program.
@Suite(.withProcesses) struct FakePlatformsProcessTests {
    @Test func `it says where it is, obeys, and answers each order with one line`() throws {
        let platforms = try FakePlatformsProcess()
        let environment = platforms.environment
        for name in ["TWITCH_API_URL", "TWITCH_IRC_URL", "TWITCH_EVENTSUB_WS_URL", "KICK_API_URL"] {
            #expect(environment[name]?.contains("://127.0.0.1:") == true, "\(environment)")
        }

        #expect(try platforms.order("twitch online")["done"] == "twitch online")
        #expect(try platforms.told("dance")["error"]?.stringValue?.contains("wants one of reach") == true)
        #expect(try platforms.order("look")["rooms"] == 0)
    }

    @Test func `a script is obeyed first, and ends the program where it is wrong`() throws {
        let folder = try TemporaryFolder()
        try folder.write("right", Array("# once\nrotate-key\n\nlook\n".utf8))
        let right = try FakePlatformsProcess(arguments: ["--script", folder.path + "/right"])
        #expect(try right.answer()["done"] == "rotate-key")
        #expect(try right.answer()["done"] == "look")
        #expect(try right.order("twitch clear")["done"] == "twitch clear")

        try folder.write("wrong", Array("look\ndance\nlook\n".utf8))
        let wrong = try FakePlatformsProcess(arguments: ["--script", folder.path + "/wrong"])
        #expect(try wrong.answer()["done"] == "look")
        #expect(try wrong.answer()["error"] != nil)
        #expect(wrong.status(withinSeconds: 30) == 65)
    }
}
