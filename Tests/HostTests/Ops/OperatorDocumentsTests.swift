import Foundation
import Testing

@testable import Host

/// What operators copy from docs/operators and from the unit has to be there.
@Suite(.serialized, .withProcesses) struct OperatorDocumentsTests {
    private static let pages = ["README.md", "platforms.md", "upkeep.md"].map { "docs/operators/\($0)" }
    private static let unit = "Scripts/dist/streamvibes.service"
    private static let settings = Set(Settings.used + Settings.reserved)

    @Test func `every setting that is named exists`() throws {
        for path in Self.pages + ["Scripts/dist/README.md"] {
            let names = try Self.text(path).matches(of: /\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\b/).map { String($0.0) }
            for name in names { #expect(Self.settings.contains(name), "\(path) names \(name)") }
        }
        let twitch = try Self.text("docs/operators/platforms.md")
        #expect(twitch.contains("TWITCH_CLIENT_ID=") && twitch.contains("KICK_CLIENT_SECRET="))
    }

    @Test func `every command that is named exists`() throws {
        let help = try CommandResult.run(["help"], environment: ServerProcess.environment).output
        let commands = Set(help.matches(of: /(?m)^  ([a-z][a-z-]+)/).map { String($0.1) })
        #expect(commands.isSuperset(of: ["serve", "doctor", "migrate", "backup"]))
        var named: Set<String> = []
        for path in Self.pages + ["Scripts/dist/README.md", Self.unit] {
            let text = try Self.text(path)
            let code = path.hasSuffix(".md") ? Self.code(in: text) : [text]
            for match in code.flatMap({ $0.matches(of: /(?m)(?:^host|\/streamvibes) ([a-z][a-z-]*)/) }) {
                named.insert(String(match.1))
            }
        }
        #expect(named.isSuperset(of: ["serve", "doctor", "backup", "restore", "rotate-keys", "migrate"]), "\(named)")
        // "help" is of every program.
        #expect(named.subtracting(commands) == [])
    }

    @Test func `the example for nginx forwards what the host reads`() throws {
        let nginx = try #require(Self.fence("nginx", in: Self.text(Self.pages[0])))

        for line in [
            "listen 443 ssl;", "proxy_pass http://127.0.0.1:8080;", "proxy_http_version 1.1;",
            "proxy_set_header Host $http_host;", "proxy_set_header Upgrade $http_upgrade;",
            "proxy_set_header Connection $connection_upgrade;",
            "proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;",
            "proxy_set_header X-Forwarded-Proto $scheme;",
        ] {
            #expect(nginx.contains("\n        \(line)\n") || nginx.contains("\n    \(line)\n"), "\(line)")
        }
        // Addresses of services for tips are secrets, also of what is sent on or cannot be delivered.
        let servers = nginx.components(separatedBy: "\nserver {").dropFirst()
        #expect(servers.count == 2 && servers.allSatisfy { $0.contains("\n    access_log off;\n") })
        #expect(servers.last?.contains("\n    error_log /var/log/nginx/error.log crit;\n") == true)
        let size = try #require(nginx.firstMatch(of: /client_max_body_size (\d+)m;/).flatMap { Int($0.1) })
        #expect(size << 20 > StoredFile.sizeLimit)
        #expect(nginx.filter { $0 == "{" }.count == nginx.filter { $0 == "}" }.count)
    }

    @Test func `the example for Caddy leads to where the host listens, and the proxy is believed`() throws {
        let text = try Self.text(Self.pages[0])
        let caddy = try #require(Self.fence("caddy", in: text))
        let settings = try Settings(SettingsSource())

        #expect(caddy.contains("reverse_proxy \(settings.hostname):\(settings.port)\n"))
        #expect(caddy.contains("\n\t\texclude http.log.error\n"))
        let given = try #require(text.firstMatch(of: /(?m)^TRUSTED_PROXIES=(.*)$/)).1
        let trusted = try #require(TrustedProxies(String(given)))
        for address in ["127.0.0.1", "::1"] {
            #expect(trusted.contains(try #require(IPAddress(address))), "\(address)")
        }
    }

    @Test func `the settings of the examples are taken, and suit Twitch`() throws {
        let text = try Self.pages.map(Self.text).joined(separator: "\n")
        var environment: [String: String] = [:]
        for match in text.matches(of: /(?m)^([A-Z][A-Z_]+)=(\S+)$/) where match.2 != "…" {
            // The file is read by systemd and by shells, and both take quotes off.
            environment[String(match.1)] = String(match.2.filter { $0 != "\"" })
        }

        let settings = try Settings(SettingsSource(environment: environment))

        #expect(settings.publicURL == "https://overlays.example")
        #expect(settings.twitch.objection(to: PublicAddress(settings)) == nil)
    }

    @Test func `scopes and addresses at the platforms are those of the program`() throws {
        let text = try Self.text("docs/operators/platforms.md").split(whereSeparator: \.isWhitespace)
            .joined(separator: " ")

        #expect(text.contains("`\(TwitchLogin.scopes)`"))
        #expect(text.contains("`\(KickLogin.scopes)`"))
        for platform in Platform.ofChannels {
            #expect(text.contains("`https://overlays.example/auth/callback/\(platform.rawValue)`"))
            #expect(text.contains("/api/webhooks/\(platform.rawValue)`"))
        }
    }

    @Test func `every place at which doctor looks is explained, and no other one`() async throws {
        let blocks = try Self.text("docs/operators/upkeep.md").components(separatedBy: "\n\n")
        let table = try #require(blocks.first { $0.hasPrefix("| place |") })
        let cells = table.split(separator: "\n").dropFirst(2).compactMap { $0.split(separator: "|").first }
        let explained = Set(
            cells.flatMap { $0.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) } }
        )
        let folder = try TemporaryFolder()
        // Nothing of the world is asked: nobody listens there. At a port of its own Twitch's events come over sockets.
        var environment = [
            "STREAMVIBES_DATA_DIR": folder.path, "PUBLIC_URL": "https://127.0.0.1:9",
            "KICK_CHAT_WS_URL": "ws://127.0.0.1:9#alice=1",
        ]
        for name in ["TWITCH_AUTH_URL", "TWITCH_API_URL", "TWITCH_CDN_URL", "KICK_AUTH_URL", "KICK_API_URL"] {
            environment[name] = "http://127.0.0.1:9"
        }
        for name in ["TWITCH_IRC_URL", "TWITCH_EVENTSUB_WS_URL"] { environment[name] = "ws://127.0.0.1:9" }
        for name in ["TWITCH", "KICK"] {
            environment["\(name)_CLIENT_ID"] = "id"
            environment["\(name)_CLIENT_SECRET"] = "secret-of-tests"
        }
        let settings = try Settings(SettingsSource(environment: environment))
        let doctor = Doctor(settings: settings, given: [], http: PlatformHTTP(), now: { .now })
        var places: Set<String> = []

        await doctor.examine { places.insert($0.place) }

        for platform in ["twitch", "kick"] {
            #expect(places.isSuperset(of: [platform, "\(platform) sign-in", "\(platform) API", "\(platform) chat"]))
        }
        #expect(places == explained, "\(places.symmetricDifference(explained).sorted())")
    }

    @Test func `the unit starts what there is, with settings that exist`() throws {
        let unit = try Self.unitValues()
        let help = try CommandResult.run(["help", "serve"], environment: ServerProcess.environment).output
        let words = try #require(unit["ExecStart"]?.first).split(separator: " ").map(String.init)

        #expect(words.prefix(2) == ["/opt/streamvibes/streamvibes", "serve"])
        for option in words where option.hasPrefix("--") { #expect(help.contains("\(option) "), "\(option)") }
        let names = unit["Environment", default: []].compactMap { $0.split(separator: "=").first.map(String.init) }
        #expect(!names.isEmpty && names.allSatisfy(Self.settings.contains))
        // The data dir, which the host wants for itself alone.
        let state = try #require(unit["StateDirectory"]?.first)
        #expect(words.contains("/var/lib/\(state)") && unit["StateDirectoryMode"] == ["0700"])
        let files = try #require(unit["LimitNOFILE"]?.first.flatMap { UInt64($0) })
        #expect(files >= OpenFileLimit.comfortable)
    }

    @Test func `the unit takes away nothing that a cell's wall is built from`() throws {
        let unit = try Self.unitValues()
        let calls = try #require(unit["SystemCallFilter"]?.first).split(separator: " ")

        // jail.c: prctl, setrlimit and setpriority are system services' own (systemd-analyze syscall-filter).
        for call in ["@system-service", "landlock_create_ruleset", "landlock_restrict_self", "seccomp"] {
            #expect(calls.contains { $0 == call }, "\(call)")
        }
        #expect(!calls.contains { $0.hasPrefix("~") })
        // The host and its cells speak over pairs of local sockets.
        #expect(unit["RestrictAddressFamilies"]?.first?.split(separator: " ").contains("AF_UNIX") == true)
        // Told at once with the host, cells would end while it still wants their pictures.
        #expect(unit["KillMode"] == ["mixed"])
        #expect(unit["RestartPreventExitStatus"] == ["64 78"])
    }

    @Test func `the unit gives a host time, gives it up in the end, and lets it wait for a backup`() throws {
        let unit = try Self.unitValues()
        let pause = try #require(unit["RestartSec"]?.first.flatMap { Int64($0) })
        let burst = try #require(unit["StartLimitBurst"]?.first.flatMap { Int64($0) })
        let interval = try #require(unit["StartLimitIntervalSec"]?.first.flatMap { Int64($0) })
        let patience = Workplace.backupPatience.components.seconds

        #expect(burst * pause >= 180)
        // One that takes two minutes to fill a disk is given up too.
        #expect(burst * (pause + 120) < interval)
        #expect(burst * (pause + patience) > interval)
    }

    @Test func `the unit waits for a host that waits for fresh tokens`() throws {
        let unit = try Self.unitValues()
        let patience = try #require(unit["TimeoutStopSec"]?.first.flatMap { Int64($0) })
        // Asked for just before everybody else is cut off, and taken at the last attempt by a database that each waits
        // five seconds for, with one between them.
        let storing = Duration.seconds(6 * ConnectionKeeper.lastStoringAttempts)

        #expect(Duration.seconds(patience) > ServeCommand.shutdownLimit + PlatformHTTP.onceLimit + storing)
    }

    @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/systemd-analyze")))
    func `systemd knows every option of the unit`() throws {
        let folder = try TemporaryFolder()
        // The program need not be installed where tests run.
        let text = try Self.text(Self.unit).replacing(/(?m)^ExecStart=.*$/, with: "ExecStart=/bin/true")
        try folder.write("streamvibes.service", Array(text.utf8))

        let result = try CommandResult.run(
            ["verify", folder.path + "/streamvibes.service"],
            environment: ProcessInfo.processInfo.environment,
            executable: "/usr/bin/systemd-analyze"
        )

        #expect(!(result.output + result.errors).contains("streamvibes.service:"), "\(result.errors)")
    }

    /// The values of each option of the unit.
    private static func unitValues() throws -> [String: [String]] {
        var values: [String: [String]] = [:]
        for match in try text(unit).matches(of: /(?m)^([A-Za-z]+)=(.*)$/) {
            values[String(match.1), default: []].append(String(match.2))
        }
        return values
    }

    private static func text(_ path: String) throws -> String {
        try String(contentsOf: ServerProcess.root.appendingPathComponent(path), encoding: .utf8)
    }

    /// What stands in fences and between backticks.
    private static func code(in text: String) -> [String] {
        let fences = text.matches(of: /(?ms)^```[a-z]*\n(.*?)^```$/).map { String($0.1) }
        let spans = text.replacing(/(?ms)^```[a-z]*\n.*?^```$/, with: "").matches(of: /`([^`]+)`/).map { String($0.1) }
        return fences + spans
    }

    private static func fence(_ language: String, in text: String) -> String? {
        text.components(separatedBy: "```\(language)\n").dropFirst().first?.components(separatedBy: "```").first
    }
}
