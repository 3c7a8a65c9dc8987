import Foundation
import Testing

/// The direction of folders and the homes of vendors (docs/architecture.md, "Folders").
@Suite struct FolderTests {
    /// The lines of the host's folders, highest first.
    ///
    /// A type may be used on its own line and above.
    private static let lines: [[String]] = [
        [
            "HostCommand.swift", "Composition.swift", "Composition+Account.swift", "Composition+Library.swift",
            "Composition+Platforms.swift", "Composition+Server.swift",
            "Routes.swift", "Commands",
        ],
        ["HTTP", "OpenAPI", "Dashboard", "Overlay", "Ops"],
        ["Account", "Auth", "Layouts", "Themes", "Widgets", "Platforms", "Images", "Files", "Preferences"],
        ["Packages"],
        ["Events", "Realtime", "Secrets", "Storage"],
        ["Tenancy", "Configuration", "Metrics", "HostFailure.swift", "InputMembers.swift"],
    ]

    /// Modules that one place alone may import.
    private static let homes: [String: [String]] = [
        "GRDB": ["Sources/Host/Storage/"],
        "AsyncHTTPClient": ["Sources/Host/Images/ImageSources.swift", "Sources/Host/Platforms/PlatformHTTP.swift"],
        "Yams": ["Sources/Host/Configuration/SettingsFile.swift"],
        "Mustache": ["Sources/Host/HTTP/Pages.swift"],
        "CSend": ["Sources/Host/Realtime/"],
        "CryptoExtras": ["Sources/Host/Platforms/Kick/KickPublicKey.swift"],
        "CKernel": ["Sources/Host/Storage/FileStatus.swift", "Sources/Host/Tenancy/Clock.swift"],
        "CWebAssets": ["Sources/Host/HTTP/WebAssets.swift"],
        "CZlib": ["Sources/Host/Packages/Deflate.swift"],
        "ArgumentParser": ["Sources/Host/Commands/", "Sources/Host/HostCommand.swift"],
        "NIOWebSocket": ["Sources/Host/Realtime/"],
        "NIOSSL": ["Sources/Host/Realtime/ClientSocketTarget.swift"],
        "BuiltinWidgets": ["Sources/Host/Composition.swift", "Sources/Host/Commands/MeasureDiffCommand.swift"],
    ]

    /// Files that may say `TenantScope(granting:`; each is a place where somebody proved who they are.
    private static let granting = [
        "Sources/Host/Tenancy/TenantScope.swift", "Sources/Host/Auth/Session.swift",
        "Sources/Host/Overlay/PageSocket.swift", "Sources/Host/Overlay/OverlayRoutes.swift",
        "Sources/Host/Platforms/Twitch/TwitchIntake.swift", "Sources/Host/Platforms/Kick/KickIntake.swift",
        "Sources/Host/Platforms/Tips/TipIntakeRoutes.swift",
        "Sources/Host/Widgets/TenantRuntimes.swift", "Sources/Host/Composition.swift",
        "Sources/Host/Composition+Server.swift",
        "Sources/Host/Platforms/ConnectionKeeper.swift",
    ]

    /// Folders of one platform each.
    private static let platforms = ["twitch": "Sources/Host/Platforms/Twitch/", "kick": "Sources/Host/Platforms/Kick/"]

    /// Who else may know a platform by its name: the list of them, what events say of their origin, made-up streams
    /// and the measurement of chat.
    private static let acquaintances = [
        "Sources/Host/Platforms/PlatformRegistry.swift", "Sources/Host/Tenancy/Platform.swift",
        "Sources/Host/Platforms/Simulator/", "Sources/Host/Commands/MeasureChatCommand.swift",
    ]

    private static let hostFiles = Repository.files("Sources/Host", endings: [".swift"])

    @Test func `every folder of the host stands on a line`() {
        for path in Self.hostFiles { #expect(Self.line(of: path) != nil, "\(path) stands on no line") }
    }

    @Test func `no code uses what stands above it`() throws {
        var homes: [String: (path: String, line: Int)] = [:]
        for path in Self.hostFiles {
            guard let line = Self.line(of: path) else { continue }
            for match in try Repository.text(path).matches(of: Self.topLevelType) {
                homes[String(match.1)] = (path, line)
            }
        }
        for path in Self.hostFiles {
            guard let line = Self.line(of: path) else { continue }
            let code = try Self.code(path)
            let words = Set(code.matches(of: /\b[A-Z][A-Za-z0-9]+\b/).map { String($0.0) })
            for word in words {
                guard let home = homes[word], home.path != path else { continue }
                #expect(home.line >= line, "\(path) uses \(word) of \(home.path), which stands above it")
            }
        }
    }

    @Test(arguments: platforms.keys) func `a platform is one folder`(_ platform: String) throws {
        let home = try #require(Self.platforms[platform])
        let own = try Self.hostFiles.filter { $0.hasPrefix(home) }.flatMap { path in
            try Repository.text(path).matches(of: Self.topLevelType).map { String($0.1) }
        }
        #expect(own.count > 5)
        let names = Set(own)
        for path in Self.hostFiles where !([home] + Self.acquaintances).contains(where: path.hasPrefix) {
            let code = try Self.code(path)
            let words = Set(code.matches(of: /\b[A-Za-z][A-Za-z0-9]*\b/).map { String($0.0) })
            #expect(words.isDisjoint(with: names), "\(path) uses \(words.intersection(names))")
            let named = words.filter { $0.lowercased().hasPrefix(platform) }
            #expect(named == [], "\(path) knows \(platform)")
        }
    }

    @Test func `each vendor has one home`() throws {
        for path in Repository.files("Sources", endings: [".swift"]) {
            for match in try Repository.text(path).matches(of: /(?m)^(?:@testable )?import ([A-Za-z]+)$/) {
                guard let homes = Self.homes[String(match.1)] else { continue }
                #expect(homes.contains { path.hasPrefix($0) }, "\(path) imports \(match.1)")
            }
        }
    }

    @Test func `the widget API depends on nothing and built-in widgets on it alone`() throws {
        for path in Repository.files("Sources/WidgetAPI", endings: [".swift"]) {
            #expect(try Repository.text(path).firstMatch(of: #/(?m)^import [A-Z]/#) == nil, "\(path)")
        }
        for path in Repository.files("Sources/BuiltinWidgets", endings: [".swift"]) {
            for match in try Repository.text(path).matches(of: /(?m)^import (.+)$/) {
                #expect(match.1 == "WidgetAPI", "\(path) imports \(match.1)")
            }
        }
    }

    @Test func `only where somebody was recognised is a scope made`() throws {
        for path in Self.hostFiles where try Repository.text(path).contains("TenantScope(granting:") {
            #expect(Self.granting.contains(path), "\(path) makes a scope")
        }
    }

    @Test func `routes are written down in one file`() throws {
        for path in Self.hostFiles where path != "Sources/Host/Routes.swift" {
            #expect(try Self.code(path).firstMatch(of: /router\.(get|post|put|delete|on)\(/) == nil, "\(path)")
        }
    }

    @Test func `statements stand in stores and migrations and are never put together from parts`() throws {
        for path in Self.hostFiles {
            let text = try Repository.text(path)
            #expect(Self.assembledStatements(in: text) == [], "\(path)")
        }
    }

    @Test func `a statement that is put together from parts is found, however it is written`() {
        for text in [
            #"sql.run("SELECT \(columns) FROM x", [])"#, #"let part = " WHERE name = '\(name)'""#,
            "sql.run(\"\"\"\n    DELETE FROM x\n    WHERE a = '\\(a)'\n\"\"\", [])",
            #"let part = "x" + " ORDER BY a""#, #"sql.run("DELETE FROM " + table)"#,
            #"sql.rows(statement.replacing("$1", with: name), [])"#, #"sql.first(parts.joined(), [])"#,
            #"String(format: "SELECT %@ FROM x", name)"#,
        ] {
            #expect(!Self.assembledStatements(in: text).isEmpty, "\(text)")
        }
    }

    /// What looks like a statement, or a part of one, that is not written down in one piece.
    private static func assembledStatements(in text: String) -> [String] {
        let words =
            /\b(SELECT [a-z$*%]|INSERT INTO|UPDATE [a-z_]+ SET|DELETE FROM|WHERE [a-z]|VALUES \(|ORDER BY [a-z])/
        let short = text.replacing(/(?s)"""\n.*?"""/, with: "")
        let blocks = text.matches(of: /(?s)"""\n(.*?)"""/).map { (String($0.1), isJoined($0.range, in: text)) }
        let lines = short.matches(of: /"((?:[^"\\\n]|\\.)*)"/).map { (String($0.1), isJoined($0.range, in: short)) }
        let built = (blocks + lines).filter { literal, isJoined in
            let isOpen = isJoined || literal.contains("\\(") || literal.contains("%@")
            return isOpen && (literal.firstMatch(of: words) != nil || literal.hasPrefix("SELECT \\("))
        }.map(\.0)
        // A call gets a literal, or a constant by its name.
        let calls = text.matches(of: /\bsql\.(?:run|rows|first)\(\s*([^",\[\])]*)/).map { String($0.1) }
            .filter { $0.contains("(") || $0.contains("+") }
        return built + calls
    }

    private static func isJoined(_ range: Range<String.Index>, in text: String) -> Bool {
        text[..<range.lowerBound].last { !$0.isWhitespace } == "+"
            || text[range.upperBound...].first { !$0.isWhitespace } == "+"
    }

    private static var topLevelType: Regex<(Substring, Substring)> {
        /(?m)^(?:final class|class|struct|enum|actor|protocol) ([A-Z][A-Za-z0-9]+)/
    }

    /// Routes of a feature count as edge.
    private static func line(of path: String) -> Int? {
        let rest = path.replacing("Sources/Host/", with: "")
        if rest.hasSuffix("Routes.swift"), rest != "Routes.swift" { return 1 }
        let first = rest.split(separator: "/").first.map(String.init) ?? ""
        return lines.firstIndex { $0.contains(first) }
    }

    /// A file's text without comments and strings.
    private static func code(_ path: String) throws -> String {
        try Repository.text(path).split(separator: "\n").map { line in
            line.replacing(/\/\/.*$/, with: "").replacing(/"[^"]*"/, with: "\"\"")
        }.joined(separator: "\n")
    }
}
