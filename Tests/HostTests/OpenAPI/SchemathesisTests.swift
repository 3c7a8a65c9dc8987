import Foundation
import Testing
import WidgetAPI

@testable import Host

/// Whatever the API's description allows is asked, and every answer is one that it describes.
///
/// `schemathesis` makes the requests; `Scripts/install.sh test` brings it.
@Suite(.withProcesses) struct SchemathesisTests {
    /// What every answer is held against.
    private static let checks = [
        "not_a_server_error", "status_code_conformance", "content_type_conformance", "response_schema_conformance",
        "response_headers_conformance",
    ]

    @Test func `a signed-in streamer is never answered what the description does not have`() throws {
        let streamer = try DemoStreamer()
        let objects = try Self.objects(of: streamer)

        let headers = ["Cookie: \(streamer.cookie)", "X-CSRF-Token: \(streamer.csrfToken)"]
        // A session may ask 1,200 times a minute, and the objects cost some.
        let run = try Self.run(streamer.server, headers, objects, examples: 15)

        #expect(run.status == 0, "\(run.output)\(run.errors)")
        #expect(run.output.contains("Selected: \(APIOperation.all.count)/\(APIOperation.all.count)"))
    }

    @Test func `who is not signed in is never answered what the description does not have`() throws {
        let streamer = try DemoStreamer()
        let objects = try Self.objects(of: streamer)

        let run = try Self.run(streamer.server, [], objects, examples: 5)

        #expect(run.status == 0, "\(run.output)\(run.errors)")
    }

    /// Ids that are there, so that requests reach what stands behind them.
    private static func objects(of streamer: DemoStreamer) throws -> [(name: String, value: String)] {
        let layout = try streamer.post("/api/layouts", ["name": "Second"]).data["id"]?.stringValue
        let theme = try streamer.post("/api/themes", ["name": "Second"]).data["id"]?.stringValue
        let file = try streamer.upload(FileSamples.png).data["id"]?.stringValue
        let other = try HTTPExchange.perform("POST", "/auth/demo", port: streamer.server.port)
        #expect(other.status == 303)
        let session = try streamer.get("/api/sessions").items.first { $0["isCurrent"] == false }?["id"]?.stringValue
        let source = try streamer.post("/api/tip-sources", ["service": "kofi", "secret": "a-token-of-kofi"])
            .data["id"]?.stringValue
        let alert = try streamer.send("event:follow").data["seq"]?.integerValue
        return [
            ("layoutId", try #require(layout)), ("themeId", try #require(theme)), ("fileId", try #require(file)),
            ("sessionId", try #require(session)), ("widgetId", try streamer.widget("chat")), ("platform", "kick"),
            ("seq", String(try #require(alert))), ("sourceId", try #require(source)),
        ]
    }

    private static func run(
        _ server: ServerProcess,
        _ headers: [String],
        _ objects: [(name: String, value: String)],
        examples: Int
    ) throws -> CommandResult {
        let folder = try TemporaryFolder()
        let lines = objects.map { "\"path.\($0.name)\" = \"\($0.value)\"" }
        try folder.write("schemathesis.toml", Array(("[parameters]\n" + lines.joined(separator: "\n") + "\n").utf8))
        return try CommandResult.run(
            [
                "run", "http://127.0.0.1:\(server.port)/openapi.json", "--no-color", "--seed", "1",
                "--phases", "examples,fuzzing", "--max-examples", "\(examples)", "--suppress-health-check", "all",
                "--checks", checks.joined(separator: ","),
            ] + headers.flatMap { ["--header", $0] },
            environment: ProcessInfo.processInfo.environment,
            directory: folder.path,
            executable: ServerProcess.root.appendingPathComponent(".build/schemathesis/bin/schemathesis").path
        )
    }
}
