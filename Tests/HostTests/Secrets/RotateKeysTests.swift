import Foundation
import Glibc
import Testing
import WidgetAPI

@testable import FakePlatforms
@testable import Host

/// The keys of a host, as its operator handles them.
@Suite(.withProcesses) struct RotateKeysTests {
    @Test func `a host without a key makes one that only its user may read`() throws {
        let host = try LoginHost()
        try host.browser().signIn("twitch")

        let path = host.server.dataDirectory + "/secret.key"
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        #expect(attributes[.posixPermissions] as? Int == 0o600)
        let key = try String(contentsOfFile: path, encoding: .utf8)
        try restart(host)
        #expect(try String(contentsOfFile: path, encoding: .utf8) == key)

        chmod(path, 0o644)
        let open = try failedStart(host)
        #expect(open.status == 78 && open.errors.contains("chmod 600"))
    }

    @Test func `another key, or none, ends the start with one clear line`() throws {
        let host = try LoginHost()
        _ = host.server.terminate()

        let wrong = try failedStart(host, SecretKey().exposed)
        #expect(wrong.status == 78)
        #expect(wrong.errors.contains("SECRET_KEY: the key ") && wrong.errors.contains("sealed what this database"))
        #expect(wrong.errors.split(separator: "\n").count == 1)
        try FileManager.default.removeItem(atPath: host.server.dataDirectory + "/secret.key")
        let none = try failedStart(host)
        #expect(none.status == 78 && none.errors.contains("none seen"))
        #expect(!FileManager.default.fileExists(atPath: host.server.dataDirectory + "/secret.key"))
        for text in ["short", "", Data(repeating: 1, count: 31).base64EncodedString()] where !text.isEmpty {
            let unusable = try failedStart(host, text)
            #expect(unusable.status == 78 && !unusable.errors.contains(text))
        }
    }

    @Test func `keys are changed while you stream, and nobody is signed out`() throws {
        let host = try LoginHost()
        host.kick.manners.lifetimeSeconds = 4
        let browser = host.browser()
        try browser.signIn("kick")
        let before = try host.table.rows("SELECT access_token, refresh_token FROM connections")

        let said = try host.server.command("rotate-keys")

        #expect(said.status == 0 && said.output.hasPrefix("2 secrets are sealed under a new data key."))
        let after = try host.table.rows("SELECT access_token, refresh_token FROM connections")
        #expect(Set(before).isDisjoint(with: after))
        #expect(try host.table.number("SELECT count(*) FROM data_keys") == 1)
        // The running host reads the new ones and writes under the new key.
        let count = host.kick.requests(to: "/oauth/token").count
        #expect(Deadline.wait(seconds: 30) { host.kick.requests(to: "/oauth/token").count > count + 1 })
        #expect(try browser.platforms() == ["kick:connected"])
    }

    @Test func `a new secret key takes over at the next start`() throws {
        let (old, new) = (SecretKey().exposed, SecretKey().exposed)
        let host = try LoginHost(environment: ["SECRET_KEY": old])
        let browser = host.browser()
        try browser.signIn("twitch")

        let said = try rotate(host, ["SECRET_KEY": old, "NEW_SECRET_KEY": new])
        #expect(said.status == 0, "\(said.errors)")
        #expect(!FileManager.default.fileExists(atPath: host.server.dataDirectory + "/secret.key"))
        // The old one works as long as this host runs.
        _ = try browser.open("/auth/login/kick?intent=connect")
        #expect(try browser.platforms() == ["kick:connected", "twitch:connected"])
        #expect(try rotate(host, ["SECRET_KEY": new]).status == 78)
        _ = host.server.terminate()

        let stale = try failedStart(host, old)
        #expect(stale.status == 78 && stale.errors.contains("by which rotate-keys replaced it"))
        try start(host, key: new) { later in
            #expect(try later.session() == .null)
            try later.signIn("twitch")
            #expect(try later.platforms() == ["kick:connected", "twitch:connected"])
        }
        #expect(try host.table.number("SELECT count(*) FROM data_keys") == 1)
    }

    @Test func `a new key for a host that keeps its own goes into its file`() throws {
        let new = SecretKey().exposed
        let host = try LoginHost()
        try host.browser().signIn("twitch")

        #expect(try rotate(host, ["NEW_SECRET_KEY": new]).status == 0)

        let text = try String(contentsOfFile: host.server.dataDirectory + "/secret.key", encoding: .utf8)
        #expect(text == new + "\n")
        try restart(host)
        let browser = host.browser()
        try browser.signIn("twitch")
        #expect(try browser.platforms() == ["twitch:connected"])
    }

    @Test func `a machine that stops between database and file finds the right key`() throws {
        let new = SecretKey().exposed
        let host = try LoginHost()
        let path = host.server.dataDirectory + "/secret.key"
        let old = try String(contentsOfFile: path, encoding: .utf8)
        #expect(try rotate(host, ["NEW_SECRET_KEY": new]).status == 0)
        // As it stood after the commit and before the file.
        try FileManager.default.moveItem(atPath: path, toPath: path + ".next")
        try Data(old.utf8).write(to: URL(fileURLWithPath: path))
        chmod(path, 0o600)

        try restart(host)

        #expect(try String(contentsOfFile: path, encoding: .utf8) == new + "\n")
        #expect(!FileManager.default.fileExists(atPath: path + ".next"))
        // And as it stands before the commit: a file that means nothing yet.
        try Data((SecretKey().exposed + "\n").utf8).write(to: URL(fileURLWithPath: path + ".next"))
        chmod(path + ".next", 0o600)
        try restart(host)
        #expect(try String(contentsOfFile: path, encoding: .utf8) == new + "\n")
    }

    @Test func `a rotation that is killed has happened or has not, and every secret opens`() throws {
        let host = try LoginHost()
        let browser = host.browser()
        try browser.signIn("twitch")
        // With the first one as many logins as a minute has.
        for round in 0..<9 {
            let process = Process()
            process.executableURL = URL(fileURLWithPath: ServerProcess.executable)
            process.arguments = ["rotate-keys", "--data-dir", host.server.dataDirectory]
            process.environment = ServerProcess.environment
            process.standardOutput = FileHandle.nullDevice
            process.standardError = FileHandle.nullDevice
            try process.run()
            // A little later each time, from before the first statement to after the last.
            Deadline.pause(milliseconds: UInt32(20 + round * 16))
            if process.isRunning { kill(process.processIdentifier, SIGKILL) }
            process.waitUntilExit()
            #expect(try host.table.number("SELECT count(*) FROM data_keys") == 1)
            _ = try browser.open("/auth/login/kick?intent=connect")
            #expect(try browser.ask("DELETE", "/api/connections/kick").status == 204)
        }
        try restart(host)
        #expect(try host.server.command("rotate-keys").output.hasPrefix("2 secrets"))
    }

    // MARK: Steps

    private func restart(_ host: LoginHost) throws {
        _ = host.server.terminate()
        try host.server.start()
    }

    private func rotate(_ host: LoginHost, _ settings: [String: String]) throws -> CommandResult {
        let environment = ServerProcess.environment.merging(settings) { _, new in new }
        return try CommandResult.run(
            ["rotate-keys", "--data-dir", host.server.dataDirectory],
            environment: environment
        )
    }

    /// A start that ends at once.
    private func failedStart(_ host: LoginHost, _ key: String? = nil) throws -> CommandResult {
        if host.server.isRunning { _ = host.server.terminate() }
        var environment = ServerProcess.environment
        environment["SECRET_KEY"] = key
        return try CommandResult.run(
            ["serve", "--port", "0", "--data-dir", host.server.dataDirectory],
            environment: environment
        )
    }

    private func start(_ host: LoginHost, key: String, _ body: (LoginBrowser) throws -> Void) throws {
        var environment = ServerProcess.environment
        for more in [host.twitch.environment, host.kick.environment] { environment.merge(more) { _, new in new } }
        environment["SECRET_KEY"] = key
        let server = try ServerProcess(dataDirectory: host.server.dataDirectory, environment: environment)
        try server.start()
        try body(LoginBrowser(base: "http://127.0.0.1:\(server.port)"))
        _ = server.terminate()
    }
}
