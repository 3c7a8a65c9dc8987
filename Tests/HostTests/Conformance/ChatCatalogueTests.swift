import Testing
import WidgetAPI

@testable import Host

/// What a picker and a form are told of the built-in chat and of its clone in a folder of packages.
@Suite(.withProcesses) struct ChatCatalogueTests {
    /// What two types must not have in common.
    private static let own: Set = ["id", "name", "kind", "author"]

    @Test func `both chats are in the catalogue and their forms are the same`() throws {
        var environment = ServerProcess.environment
        environment["WIDGETS_DIR"] = ChatClone.shelf
        let streamer = try DemoStreamer(environment: environment)

        let types = try streamer.get("/api/widget-types").items

        let chat = try #require(types.first { $0["id"] == "chat" }?.objectValue)
        let clone = try #require(types.first { $0["id"] == "chat-clone" }?.objectValue)
        #expect(chat["kind"] == "builtin" && clone["kind"] == "lua")
        #expect(chat.members.map(\.name) == clone.members.map(\.name))
        for member in chat.members where !Self.own.contains(member.name) {
            #expect(clone[member.name] == member.value, "\(member.name)")
        }
    }

    @Test func `what one chat's form refuses the other one refuses in the same words`() throws {
        var environment = ServerProcess.environment
        environment["WIDGETS_DIR"] = ChatClone.shelf
        let streamer = try DemoStreamer(environment: environment)
        let wrong: [JSONValue] = [
            ["maxMessages": 51], ["direction": "left"], ["badges": ["moderator", "moderator"]], ["mutedUsers": [""]],
            ["font": "a\nb"], ["noSuchSetting": 1], ["platforms": ["myspace"]],
        ]

        for config in wrong {
            let answers = try ["chat", "chat-clone"].map { type in
                try streamer.post("/api/widgets", ["type": .string(type), "config": config])
            }
            #expect(answers.map(\.status) == [400, 400], "\(config.text)")
            #expect(answers[0].message == answers[1].message)
        }
        let placed = try streamer.post("/api/widgets", ["type": "chat-clone", "config": ["maxMessages": 50]])
        #expect(placed.status == 201, "\(placed.message)")
    }
}
