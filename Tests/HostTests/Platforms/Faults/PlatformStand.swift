import Foundation
import Testing
import WidgetAPI

@testable import FakePlatforms
@testable import Host

/// A host at the fake platforms, both of them programs, and a tally of what was said to it.
final class PlatformStand {
    /// Where a host is that platforms can post to.
    static let publicURL = "https://overlays.example"

    let platforms: FakePlatformsProcess
    let server: ServerProcess
    let browser: LoginBrowser
    private let isPosted: Bool
    /// Ids that must be in the log, by the type of event: what somebody heard, or answered with 2xx.
    private(set) var promised: [String: Set<String>] = [:]
    /// Ids that may be there.
    private var said: Set<String> = []

    /// Starts both; `isPosted` says whether platforms can post to this host, or it has to ask.
    init(isPosted: Bool = false, prepare: (ServerProcess) throws -> Void = { _ in }) throws {
        self.isPosted = isPosted
        platforms = try FakePlatformsProcess()
        var environment = ServerProcess.environment.merging(platforms.environment) { $1 }
        if isPosted { environment["PUBLIC_URL"] = Self.publicURL }
        server = try ServerProcess(environment: environment)
        try prepare(server)
        try server.start()
        let base = "http://127.0.0.1:\(server.port)"
        browser = LoginBrowser(base: base, knownAs: isPosted ? Self.publicURL : nil)
        try platforms.order("reach \(server.port)")
    }

    var table: EventTable { EventTable(of: server) }

    /// Alice signs in, connects Kick and goes on air; her page is open until she is.
    func goOnAir() throws {
        try browser.signIn("twitch")
        _ = try browser.open("/auth/login/kick?intent=connect")
        let page = try WebSocketClient(port: server.port)
        _ = try #require(try page.subscribe("alice"))
        try #require(isReady(), "\(state)")
        try say("twitch online")
        try #require(try Deadline.wait(seconds: 60) { try table.count(ofType: "stream:online") == 1 })
        // A host that asked who is on air before it was told has a row of its own, and is told in vain.
        let beginning = Set(try table.rows("SELECT source_id FROM events WHERE type = 'stream:online'"))
        said.subtract(promised["stream:online"] ?? [])
        said.formUnion(beginning)
        promised["stream:online"] = beginning
        withExtendedLifetime(page) {}
    }

    // MARK: What happens

    @discardableResult
    func order(_ line: String) throws -> JSONValue { try platforms.order(line) }

    /// Gives orders that say something, and keeps what was said.
    ///
    /// - Returns: what a post was answered, each.
    @discardableResult
    func say(_ orders: String...) throws -> [Int64?] {
        var statuses: [Int64?] = []
        for line in orders {
            for one in try platforms.order(line)["said"]?.arrayValue ?? [] {
                if one["by"] == "post", one["heard"] == nil { statuses.append(one["status"]?.integerValue) }
                keep(one)
            }
        }
        return statuses
    }

    private func keep(_ one: JSONValue) {
        guard let word = one["type"]?.stringValue, let id = one["id"]?.stringValue, let type = Self.types[word] else {
            return
        }
        // The host's own word for a deletion that has no id.
        let known = word == "CLEARMSG" ? "delete:\(id)" : id
        said.insert(known)
        let isHeard = (one["heard"]?.integerValue ?? 0) > 0
        let isTaken = (200..<300).contains(one["status"]?.integerValue ?? 0)
        if isHeard || isTaken { promised[type, default: []].insert(known) }
    }

    /// What becomes of what platforms say; what EventSub and IRC both tell under ids of their own is EventSub's.
    private static let types = [
        "channel.chat.message": "chat:message", "PRIVMSG": "chat:message", "chat.message.sent": "chat:message",
        "channel.chat.notification": "chat:notice", "channel.chat.message_delete": "chat:delete",
        "CLEARMSG": "chat:delete", "channel.chat.clear": "chat:clear",
        "channel.chat.clear_user_messages": "chat:clear", "moderation.banned": "chat:clear",
        "channel.follow": "event:follow", "channel.followed": "event:follow", "channel.subscribe": "event:subscribe",
        "channel.subscription.gift": "event:subscribe", "channel.subscription.gifts": "event:subscribe",
        "channel.subscription.new": "event:subscribe",
        "channel.cheer": "event:tip", "kicks.gifted": "event:tip", "channel.raid": "event:raid",
        "channel.channel_points_custom_reward_redemption.add": "event:redemption", "stream.online": "stream:online",
        "stream.offline": "stream:offline",
    ]

    /// Whether all that was not answered 2xx is taken in time, once it is posted again.
    func retried(withinSeconds limit: Double = 60) throws -> Bool {
        try Deadline.wait(seconds: limit, pausing: 500) {
            try say("retry")
            return try order("look")["unanswered"] == 0
        }
    }

    // MARK: How things stand

    /// Whether all that is wanted is subscribed, and heard, in time.
    func isReady() -> Bool {
        Deadline.wait(seconds: 120, pausing: 100) {
            guard let look = try? platforms.order("look") else { return false }
            let wanted = EventSubSubscription.all.count
            guard look["rooms"] == 1 else { return false }
            guard isPosted else {
                let sockets = look["sockets"]?.arrayValue ?? []
                return sockets.count == 1 && sockets[0].arrayValue?.count == wanted
            }
            let webhooks = look["webhooks"]?.arrayValue ?? []
            return webhooks.count == wanted && webhooks.allSatisfy { $0["status"] == "enabled" }
                && look["kick"]?.arrayValue?.count == KickSubscriptions.events.count
        }
    }

    /// All of it for people who read of a failure.
    var state: String {
        let look = (try? platforms.order("look").text) ?? "the platforms have ended"
        return "\((try? told()) ?? ""), \(look), \(server.log.suffix(2000))"
    }

    /// How often Twitch was asked for a path.
    func asked(_ path: String) throws -> Int64 {
        try platforms.order("look")["asked"]?["twitch"]?[path]?.integerValue ?? 0
    }

    /// What the dashboard says of a connection, as `status` or `status/trouble`.
    func told(of platform: Platform = .twitch) throws -> String {
        let list = try browser.session()["connectedPlatforms"]?.arrayValue ?? []
        let found = list.first { $0["platform"]?.stringValue == platform.rawValue }
        guard let found else { return "nothing" }
        let status = found["status"]?.stringValue ?? ""
        return found["trouble"]?.stringValue.map { "\(status)/\($0)" } ?? status
    }

    /// Whether the dashboard says so in time; it may be asked twenty times a second.
    func tells(_ words: String, of platform: Platform = .twitch) throws -> Bool {
        try Deadline.wait(seconds: 120, pausing: 100) { try told(of: platform) == words }
    }

    /// Everything works again by itself, and the dashboard says so.
    func expectHealed(_ location: SourceLocation = #_sourceLocation) throws {
        #expect(isReady(), "\(state)", sourceLocation: location)
        #expect(try tells("connected"), "\(state)", sourceLocation: location)
    }

    /// All that was promised is in the log once, and nothing is there that nobody said.
    func expectKept(_ location: SourceLocation = #_sourceLocation) throws {
        let wanted = Set(promised.values.flatMap(\.self))
        var found: [String] = []
        _ = try Deadline.wait(seconds: 120, pausing: 100) {
            found = try logged()
            return wanted.isSubset(of: found)
        }
        #expect(wanted.subtracting(found) == [], "what was promised is missing", sourceLocation: location)
        #expect(found.count == Set(found).count, "something is there twice", sourceLocation: location)
        // Who got a gift on Kick has a row of their own, named after the bomb.
        let strange = Set(found.map { $0.hasPrefix("delete:") ? $0 : Self.delivery(of: $0) })
        #expect(strange.subtracting(said) == [], "nobody said that", sourceLocation: location)
        #expect(try table.hasNoGap(), sourceLocation: location)
    }

    private static func delivery(of id: String) -> String {
        id.split(separator: ":").first.map(String.init) ?? id
    }

    /// Ids of all events that platforms have told of, in the order of the log.
    private func logged() throws -> [String] {
        let types = Set(Self.types.values).sorted().map { "'\($0)'" }.joined(separator: ",")
        return try table.rows(
            "SELECT source_id FROM events WHERE platform IN ('twitch', 'kick') AND type IN (\(types)) ORDER BY seq"
        )
    }
}
