import Foundation
import WidgetAPI

@testable import Host

/// A package in which nothing is wrong, and what becomes of it when something is.
enum PackageExample {
    static let manifest = """
        {
          "apiVersion": 1,
          "id": "hype-meter",
          "name": "Hype meter",
          "version": "1.2.3",
          "description": "Rises with every hype message.",
          "author": "Ann",
          "license": "MIT",
          "category": "chat",
          "defaultSize": {"width": 3, "height": 2},
          "events": ["chat:message", "event:*"],
          "permissions": ["timers"],
          "configSchema": {
            "type": "object",
            "properties": {
              "word": {"type": "string", "default": "hype", "maxLength": 20},
              "step": {"type": "number", "minimum": 0, "maximum": 1, "default": 0.1}
            }
          },
          "samples": [{"type": "chat:message", "payload": {"text": "hype"}}]
        }
        """

    static let program = """
        widget.init(function(config) return { level = 0 } end)
        widget.on("chat:message", function(state, event, config)
          timer.after(5, "fall")
        end)
        widget.render(function(state, config) return ui.div { class = "meter" } end)
        """

    static let style = """
        @font-face { font-family: "Big Shoulders"; src: url("assets/big.woff2") format("woff2"); font-weight: 700 }
        .meter { color: var(--th-text); background: url('assets/flame.png') }
        @media (min-width: 400px) { .meter > p { font: 700 24px Big Shoulders, serif } }
        @keyframes enter-rise { from { opacity: 0 } 50% { opacity: .5 } to { opacity: 1 } }
        """

    static let replay = """
        {"config": {"word": "hype"}}
        {"event": {"type": "chat:message", "payload": {"text": "hype"}}}

        {"advance": 1000}
        {"expect": {"text": ["hype"]}}
        """

    /// The files by their paths.
    static let files: [String: [UInt8]] = [
        "widget.json": Array(manifest.utf8),
        "main.lua": Array(program.utf8),
        "style.css": Array(style.utf8),
        "assets/flame.png": [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 1, 2, 3],
        "assets/big.woff2": Array("wOF2....".utf8),
        "locales/en.json": Array(#"{"title": "Hype"}"#.utf8),
        "replays/first.jsonl": Array(replay.utf8),
        "README.md": Array("# Hype meter\n".utf8),
    ]

    /// The example with these files changed, added or, where `nil`, taken away.
    static func files(_ changes: [String: String?]) -> PackageFiles {
        var contents = files
        for (path, text) in changes { contents[path] = text.map { Array($0.utf8) } }
        return PackageFiles(folder: "hype-meter", contents: contents)
    }

    /// The example with a part of its manifest written otherwise.
    static func files(manifest part: String, _ other: String) throws -> PackageFiles {
        guard manifest.contains(part) else { throw CocoaError(.coderInvalidValue) }
        return files(["widget.json": manifest.replacing(part, with: other)])
    }

    /// The faults of files, each as it is shown.
    static func faults(_ files: PackageFiles) -> [String] {
        do throws(PackageError) {
            _ = try WidgetPackage(files)
            return []
        } catch {
            return error.faults.map(\.description)
        }
    }

    static func archive() -> [UInt8] {
        ZipWriter.archive(of: files([:]), folder: "hype-meter")
    }
}
