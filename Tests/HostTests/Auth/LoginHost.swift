import Foundation
import Testing
import WidgetAPI

@testable import FakePlatforms

/// A running host with an application at a fake Twitch and a fake Kick.
final class LoginHost {
    let twitch: FakePlatform
    let kick: FakePlatform
    let server: ServerProcess

    /// Starts it; `prepare` may use the data dir before.
    init(
        environment: [String: String] = [:],
        arguments: [String] = [],
        prepare: (ServerProcess) throws -> Void = { _ in }
    ) throws {
        twitch = try FakePlatform(.twitch, user: .init(id: "1234", login: "alice", name: "Alice"))
        kick = try FakePlatform(.kick, user: .init(id: "77", login: "alice-live", name: "Alice_Live"))
        var all = ServerProcess.environment
        for more in [twitch.environment, kick.environment, environment] { all.merge(more) { _, new in new } }
        server = try ServerProcess(arguments: arguments, environment: all)
        try prepare(server)
        try server.start()
    }

    var base: String { "http://127.0.0.1:\(server.port)" }

    func browser() -> LoginBrowser { LoginBrowser(base: base) }

    /// A browser that finds this host under its public address, as behind a proxy.
    func browser(at publicURL: String) -> LoginBrowser { LoginBrowser(base: base, knownAs: publicURL) }

    var table: EventTable { EventTable(of: server) }

    /// Whether a text stands anywhere in what the host keeps or says.
    func isKept(_ text: String) throws -> Bool {
        let folder = URL(fileURLWithPath: server.dataDirectory)
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        return try names.contains { name in
            let path = folder.appendingPathComponent(name).path
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), !isFolder.boolValue else {
                return false
            }
            return try Data(contentsOf: URL(fileURLWithPath: path)).range(of: Data(text.utf8)) != nil
        }
    }
}

/// A browser without pictures: it keeps cookies and follows redirects, one step at a time if a test wants that.
final class LoginBrowser {
    let base: String
    /// By host and port, though browsers look at the host alone.
    private var jar: [String: [String: String]] = [:]
    /// All addresses, in order.
    private(set) var visited: [String] = []
    var csrfToken = ""
    /// Where a trusted proxy says that this browser is; `nil` says nothing.
    var address: String?

    /// The address under which the host knows itself, where that is another.
    private let publicURL: String?

    init(base: String, knownAs publicURL: String? = nil) {
        self.base = base
        self.publicURL = publicURL
    }

    private var home: String { publicURL ?? base }

    /// The value of a cookie for the host.
    func cookie(_ name: String) -> String? { jar[Self.authority(home)]?[name] }

    /// Keeps a cookie for the host that came from elsewhere.
    func take(_ name: String, _ value: String?) {
        jar[Self.authority(home), default: [:]][name] = value
    }

    /// One request; a path is one of the host.
    func ask(_ method: String, _ address: String, body: JSONValue? = nil) throws -> HTTPExchange {
        let address = address.hasPrefix("/") ? home + address : address
        visited.append(address)
        let authority = Self.authority(address)
        let path = String(address.drop { $0 != ":" }.dropFirst("://".count + authority.count))
        let isHost = authority == Self.authority(home)
        var headers = [("Host", authority), ("User-Agent", "Browser of tests")]
        if let place = self.address { headers.append(("X-Forwarded-For", place)) }
        let cookies = jar[authority] ?? [:]
        if !cookies.isEmpty {
            headers.append(("Cookie", cookies.map { "\($0.key)=\($0.value)" }.joined(separator: "; ")))
        }
        if method != "GET", !csrfToken.isEmpty { headers.append(("X-CSRF-Token", csrfToken)) }
        let port = try #require(Int((isHost ? Self.authority(base) : authority).split(separator: ":").last ?? ""))
        let answer = try HTTPExchange.perform(
            method,
            path.isEmpty ? "/" : path,
            headers: headers,
            body: Array((body?.text ?? "").utf8),
            on: Socket(port: port),
            withinMilliseconds: 30_000
        )
        for text in answer.cookies { keep(text, authority) }
        return answer
    }

    /// Follows redirects to the end.
    func open(_ address: String) throws -> HTTPExchange {
        var answer = try ask("GET", address)
        for _ in 0..<10 {
            guard (300..<400).contains(answer.status), let next = answer.headers["location"] else { return answer }
            answer = try ask("GET", next)
        }
        throw Socket.Failure(description: "redirected for ever: \(visited.suffix(3))")
    }

    /// Signs in, and learns the session's CSRF token.
    @discardableResult
    func signIn(_ platform: String) throws -> HTTPExchange {
        let answer = try open("/auth/login/\(platform)")
        csrfToken = try session()["csrfToken"]?.stringValue ?? ""
        return answer
    }

    /// What `/api/session` says; `null` when nobody is signed in.
    func session() throws -> JSONValue {
        let answer = try ask("GET", "/api/session")
        guard answer.status == 200 else { return .null }
        return try JSONValue(parsing: answer.body)["data"] ?? .null
    }

    /// Written as `twitch:connected`.
    func platforms() throws -> [String] {
        let list = try session()["connectedPlatforms"]?.arrayValue ?? []
        return list.map { "\($0["platform"]?.stringValue ?? ""):\($0["status"]?.stringValue ?? "")" }.sorted()
    }

    /// What `/api/session` names as the trouble of a connection; `nil` where it names none.
    func trouble(of platform: String) throws -> String? {
        let list = try session()["connectedPlatforms"]?.arrayValue ?? []
        return list.first { $0["platform"]?.stringValue == platform }?["trouble"]?.stringValue
    }

    private func keep(_ text: String, _ authority: String) {
        let pair = text.split(separator: ";")[0].split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        let (name, value) = (String(pair[0]), String(pair[1]))
        jar[authority, default: [:]][name] = value.isEmpty ? nil : value
    }

    static func authority(_ address: String) -> String {
        String(address.drop { $0 != ":" }.dropFirst("://".count).prefix { $0 != "/" && $0 != "?" })
    }
}
