import BuiltinWidgets
import Foundation
import Testing
import WidgetAPI

@Suite struct ReplayTests {
    /// A file of `Replays`, by its path there.
    struct Story: Sendable, CustomTestStringConvertible {
        let widget: String
        let path: String

        var testDescription: String { path }
        var address: URL { Self.folder.appending(path: path) }

        private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Replays")

        static let all: [Story] = BuiltinWidgets.all.map(\.manifest.id).flatMap { id in
            let files = try? FileManager.default.contentsOfDirectory(atPath: folder.appending(path: id).path())
            return (files ?? []).filter { $0.hasSuffix(".jsonl") }.sorted().map {
                Story(widget: id, path: "\(id)/\($0)")
            }
        }
    }

    @Test(arguments: Story.all) func `a stream is seen as its story tells`(story: Story) throws {
        let widget = try #require(BuiltinWidgets.all.first { $0.manifest.id == story.widget })
        let file = try ReplayFile(String(contentsOf: story.address, encoding: .utf8), name: story.path)

        for fault in try faults(of: file, with: widget) {
            let place = SourceLocation(
                fileID: "BuiltinWidgetsTests/\(story.path)",
                filePath: story.address.path(),
                line: fault.line,
                column: 1
            )
            Issue.record("\(fault)", sourceLocation: place)
        }
    }

    @Test(arguments: BuiltinWidgets.all.map(\.manifest.id))
    func `every built-in widget has three stories or more`(id: String) {
        #expect(Story.all.count { $0.widget == id } >= 3)
    }

    @Test(
        arguments: [
            (#"{"text":["Nova"]}"#, nil), (#"{"text":["Nova","hello"]}"#, nil),
            (#"{"text":["hello","Nova"]}"#, #""Nova" is not to be read"#),
            (#"{"text":["Kim"]}"#, #""Kim" is not to be read"#),
            (#"{"view":["p",{},["b",{},"Nova"],"hello"]}"#, nil),
            (#"{"view":[["p",{},["b",{},"Nova"],"hello"]]}"#, nil),
            (#"{"view":[]}"#, "another picture"), (#"{"effects":[]}"#, nil),
            (#"{"effects":[{"kind":"log","level":"info","text":"x"}]}"#, "other effects"),
        ] as [(String, String?)]
    )
    func `an expectation that fails names its file and line`(expectation: String, reason: String?) throws {
        let line = #"{"event":{"type":"chat:message","payload":{"messageId":"1","text":"hello","#
        let author = #""user":{"id":"n","displayName":"Nova"}}}}"#
        let file = try ReplayFile("\n\(line)\(author)\n{\"expect\":\(expectation)}\n", name: "nova.jsonl")

        let fault = try faults(of: file, with: LastWords()).first?.description

        #expect(fault?.hasPrefix("nova.jsonl:3: \(reason ?? "-")") ?? (reason == nil), "\(fault ?? "no fault")")
    }

    @Test(arguments: [
        "{", "[]", #"{"expect":{}}"#, #"{"expect":{"texts":["Nova"]}}"#, #"{"expect":{"text":["Nova",1]}}"#,
        #"{"expect":{"text":[]}}"#, #"{"expect":{"effects":{}}}"#,
        #"{"config":{}}"#, #"{"advance":-1}"#, #"{"advance":1,"event":{}}"#, #"{"event":{"payload":{}}}"#,
        #"{"event":{"type":"event:follow","at":"today"}}"#, #"{"wait":1000}"#,
    ])
    func `what is no line of a story is refused with its place`(line: String) {
        let refusal = #expect(throws: ReplayFile.Fault.self) {
            try ReplayFile("{\"advance\":0}\n\(line)", name: "broken.jsonl")
        }

        #expect(refusal?.description.hasPrefix("broken.jsonl:2: ") == true)
    }
}
