import Glibc
import Testing
import WidgetAPI

@testable import FakePlatforms

/// `streamvibes serve` with one channel, `twitch/alice` of user 1234, started for a suite and stopped after it.
struct RunningHost: SuiteTrait, TestScoping {
    @TaskLocal static var port = 0
    @TaskLocal static var processId: Int32 = 0

    func provideScope(
        for test: Test,
        testCase: Test.Case?,
        performing function: @Sendable () async throws -> Void
    ) async throws {
        let server = try ServerProcess.withAlice()
        try await Self.$port.withValue(server.port) {
            try await Self.$processId.withValue(server.processId) { try await function() }
        }
        withExtendedLifetime(server) {}
    }
}

extension Trait where Self == RunningHost {
    /// Gives the suite a host of its own.
    static var host: Self { RunningHost() }
}

extension ServerProcess {
    /// A server that has started with one channel, `twitch/alice` of user 1234.
    static func withAlice() throws -> ServerProcess {
        let server = try ServerProcess()
        try server.command("channel", "add", "twitch", "alice", "--user-id", "1234")
        try server.showFastChat()
        try server.start()
        return server
    }

    /// Lets the chat show as many lines a second as it can, before the server starts: tests speak faster than people.
    func showFastChat() throws {
        try EventTable(of: self).configure("chat", #"{"maxPerSecond":50}"#)
    }
}

/// A healthy overlay that notices when somebody else's attack reaches it.
struct Witness {
    private let page: WebSocketClient

    init() throws {
        page = try WebSocketClient(port: RunningHost.port)
        _ = try #require(try page.subscribe("alice", view: "chat"))
    }

    /// The next chat line still arrives, from the process that has always been there.
    func expectNothingHappened(_ location: SourceLocation = #_sourceLocation) throws {
        let text = "still here \(UInt64.random(in: 0...UInt64.max))"

        let status = try SignedDelivery.chat(text).post(port: RunningHost.port)

        #expect(status == 204, sourceLocation: location)
        let patch = try page.message("overlay:patch")
        #expect(patch?.text.contains(text) == true, sourceLocation: location)
        #expect(kill(RunningHost.processId, 0) == 0, "the server has ended", sourceLocation: location)
    }
}
