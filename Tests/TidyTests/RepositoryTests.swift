import Foundation
import Testing

/// What a reader of the repository counts on and no compiler checks.
@Suite struct RepositoryTests {
    @Test func `no source file has more than 500 lines and none has a line over 120 characters`() throws {
        for path in Repository.sources {
            let lines = try Repository.text(path).split(separator: "\n", omittingEmptySubsequences: false)
            #expect(lines.count <= 500, "\(path) has \(lines.count) lines")
            for (index, line) in lines.enumerated() where line.count > 120 {
                Issue.record("\(path):\(index + 1) has \(line.count) characters")
            }
        }
    }

    @Test func `nothing is left for later or named after nothing`() throws {
        let markers = ["TO" + "DO", "FIX" + "ME", "X" + "XX"]
        for path in Repository.sources {
            let text = try Repository.text(path)
            for marker in markers where text.contains(marker) { Issue.record("\(path) says \(marker)") }
        }
        let vague = ["Utils", "Helper", "Helpers", "Common", "Manager", "Misc", "Extensions"]
        for path in Repository.sources {
            let name = URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent
            let words = name.split(separator: "+").map(String.init)
            #expect(!words.contains { word in vague.contains { word.hasSuffix($0) } }, "\(path)")
        }
    }

    @Test func `no file holds a path of a machine`() throws {
        let homes = ["/ho" + "me/", "/wo" + "rk/", "/ro" + "ot/", "../sha" + "red"]
        for path in Repository.everything {
            // The dashboard has a room of that name.
            let text = try ["..", "dashboard"].reduce(Repository.text(path)) { text, folder in
                text.replacing("\(folder)/ho" + "me/", with: "")
            }
            for home in homes where text.contains(home) { Issue.record("\(path) contains \(home)") }
        }
    }

    @Test func `the program holds every page file`() throws {
        let listed = try Repository.text("Sources/CWebAssets/web_assets.c")
        let files = Repository.files(
            "Sources/Host/Web",
            endings: [".js", ".css", ".svg", ".wav", ".mustache", ".json"]
        )
        .filter { !$0.contains("/tests/") && !$0.hasSuffix("Web/package.json") }

        for path in files {
            let name = path.replacing("Sources/Host/Web/", with: "")
            #expect(listed.contains("\"\(name)\""), "run Scripts/embed-web.sh: \(name) is missing")
        }
        #expect(listed.components(separatedBy: "#embed").count - 1 == files.count, "run Scripts/embed-web.sh")
    }

    @Test func `every example in the widget API's documentation is compiled by a test`() throws {
        let compiled = try Repository.squeezed("Tests/WidgetAPITests/DocumentationExamples.swift")
        for path in Repository.files("Sources/WidgetAPI", endings: [".swift"]) {
            for example in try Repository.examples(in: path) {
                #expect(compiled.contains(example), "\(path): \(example)")
            }
        }
    }

    @Test func `every link between documents leads somewhere`() throws {
        for path in Repository.files("docs", endings: [".md"]) + ["README.md"] {
            let folder = URL(fileURLWithPath: path).deletingLastPathComponent().relativePath
            for match in try Repository.text(path).matches(of: /\]\(([^)#:]+)\)/) {
                let target = Repository.root.appendingPathComponent(folder).appendingPathComponent(String(match.1))
                #expect(FileManager.default.fileExists(atPath: target.path), "\(path) links to \(match.1)")
            }
        }
    }
}

/// Where the files stand, and what they say.
enum Repository {
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// Everything that people write code in.
    static var sources: [String] {
        let endings = [".swift", ".c", ".h", ".js", ".css", ".lua", ".py", ".sh", ".mustache"]
        return ["Sources", "Tests", "Benchmarks", "Scripts"].flatMap { files($0, endings: endings) }
            .filter { !$0.contains("/.build/") && !$0.hasSuffix("web_assets.c") }
    }

    /// Sources and documents.
    static var everything: [String] {
        sources + files("docs", endings: [".md"]) + ["README.md", "Makefile", "Package.swift", ".ci/run"]
    }

    /// Files below a folder with one of these endings, as paths from the root.
    static func files(_ folder: String, endings: [String]) -> [String] {
        let base = root.appendingPathComponent(folder)
        let paths = FileManager.default.enumerator(atPath: base.path)?.allObjects.compactMap { $0 as? String } ?? []
        return paths.filter { path in endings.contains { path.hasSuffix($0) } }.map { "\(folder)/\($0)" }.sorted()
    }

    static func text(_ path: String) throws -> String {
        try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
    }

    /// A file's text with all white space folded.
    static func squeezed(_ path: String) throws -> String {
        try text(path).split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    /// The Swift examples in a file's documentation, white space folded.
    static func examples(in path: String) throws -> [String] {
        var examples: [String] = []
        var current: [String]?
        for line in try text(path).split(separator: "\n") {
            let line = line.trimmingCharacters(in: .whitespaces)
            guard line.hasPrefix("///") else { continue }
            let body = line.dropFirst(3).trimmingCharacters(in: .whitespaces)
            if body == "```swift" {
                current = []
            } else if body == "```", let lines = current {
                let words = lines.joined(separator: " ").split(whereSeparator: \.isWhitespace)
                examples.append(words.joined(separator: " "))
                current = nil
            } else {
                current?.append(body)
            }
        }
        return examples
    }
}
