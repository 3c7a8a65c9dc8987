/// What the fake platforms are told to do, one order a line.
///
/// ```
/// reach PORT                        what is posted goes to this port of 127.0.0.1
/// twitch says COUNT lines           chat, in every kind of tag, by EventSub and by IRC
/// twitch online | offline           its list of streams says the same from then on
/// twitch follow NAME | cheer BITS | subscribe NAME | redeem NAME
/// twitch raid [VIEWERS] | gifts COUNT | notices | settings
/// twitch timeout NAME | ban NAME | delete | clear      delete: the last line that was said
/// twitch tokens end | refused | accepted               access tokens end; refreshing them is refused, or not
/// kick says COUNT lines             what happens on Kick is posted
/// kick online | offline | follow NAME | subscribe NAME | gifts COUNT | kicks AMOUNT | ban NAME
/// kick tokens end | refused | accepted
/// fault PLATFORM PATH STATUS        the next answer there is this status; as often as it is ordered
/// fault PLATFORM PATH 429 SECONDS   … and says when to come again
/// fault PLATFORM PATH slow SECONDS | truncated | silent
/// duplicate on | off                everything is said twice from now on, with the same ids
/// reorder on | off                  what one order says comes in the opposite order
/// revoke TYPE [STATUS]              Twitch ends the subscription to that type and says so
/// drop events | chat [CODE]         Twitch closes the sockets of EventSub, or those of IRC
/// greet on | off | refused          whether Twitch greets new sockets of EventSub and answers joins of IRC, or
///                                   refuses the handshakes of both
/// storm COUNT                       every socket of Twitch's is sent elsewhere, again and again, while lines are said
/// rotate-key                        Kick signs with a new key
/// retry                             what was posted and not answered 2xx is posted again
/// look                              tells sockets, subscriptions and requests
/// wait SECONDS
/// ```
///
/// Empty lines and those that begin with `#` are no orders. Names are single words; viewers who write lines are called
/// `Viewer0` to `Viewer39`. Each order is answered with one line of JSON, `{"done":"…"}` or `{"error":"…"}`. An order
/// that says something adds `said`: how (`socket`, `irc`, `post`), of which type, under which id, and how many heard it
/// or what a post was answered (`null`: nothing).
enum PlatformOrder: Sendable {
    enum Act: Sendable {
        case says(Int)
        case online, offline
        case follow(String), subscribe(String), redeem(String)
        case cheer(Int), kicks(Int), raid(Int), gifts(Int)
        case timeout(String), ban(String)
        case delete, clear, notices, settings
        case tokens(Tokens)
    }

    enum Tokens: String, CaseIterable, Sendable {
        case end, refused, accepted
    }

    enum Sockets: String, CaseIterable, Sendable {
        case events, chat
    }

    enum Greeting: String, CaseIterable, Sendable {
        case on, off, refused
    }

    case reach(port: Int)
    case act(FakePlatform.Kind, Act)
    case fault(FakePlatform.Kind, path: String, FakePlatform.Fault)
    case duplicate(Bool)
    case reorder(Bool)
    case revoke(type: String, status: String)
    case drop(Sockets, code: UInt16?)
    case greet(Greeting)
    case storm(Int)
    case rotateKey
    case retry
    case look
    case wait(seconds: Int)

    /// What an order may begin with.
    static let words = [
        "reach", "twitch", "kick", "fault", "duplicate", "reorder", "revoke", "drop", "greet", "storm", "rotate-key",
        "retry", "look", "wait",
    ]

    /// Reads a line; `nil` for one that is empty or a remark.
    init?(_ line: String) throws(OrderFailure) {
        var words = OrderWords(line)
        guard !words.isEmpty, line.first(where: { !$0.isWhitespace }) != "#" else { return nil }
        self = try Self.order(&words)
        try words.end()
    }

    private static func order(_ words: inout OrderWords) throws(OrderFailure) -> PlatformOrder {
        switch try words.choice(of: Self.words) {
        case "reach": .reach(port: try words.number("PORT", 1...65_535))
        case "twitch": .act(.twitch, try twitchAct(&words))
        case "kick": .act(.kick, try kickAct(&words))
        case "fault": try fault(&words)
        case "duplicate": .duplicate(try words.choice(of: ["on", "off"]) == "on")
        case "reorder": .reorder(try words.choice(of: ["on", "off"]) == "on")
        case "revoke": .revoke(type: try words.word("TYPE"), status: words.word(else: "authorization_revoked"))
        case "drop": try drop(&words)
        case "greet": try greet(&words)
        case "storm": .storm(try words.number("COUNT", 1...1000))
        case "rotate-key": .rotateKey
        case "retry": .retry
        case "look": .look
        default: .wait(seconds: try words.number("SECONDS", 0...3600))
        }
    }

    private static func twitchAct(_ words: inout OrderWords) throws(OrderFailure) -> Act {
        let acts = [
            "says", "online", "offline", "follow", "cheer", "subscribe", "redeem", "raid", "gifts", "notices",
            "settings", "timeout", "ban", "delete", "clear", "tokens",
        ]
        return switch try words.choice(of: acts) {
        case "says": try lines(&words)
        case "online": .online
        case "offline": .offline
        case "follow": .follow(try words.word("NAME"))
        case "cheer": .cheer(try words.number("BITS", 1...1_000_000))
        case "subscribe": .subscribe(try words.word("NAME"))
        case "redeem": .redeem(try words.word("NAME"))
        case "raid": .raid(try words.number("VIEWERS", 1...1_000_000, else: 42))
        case "gifts": .gifts(try words.number("COUNT", 1...1000))
        case "notices": .notices
        case "settings": .settings
        case "timeout": .timeout(try words.word("NAME"))
        case "ban": .ban(try words.word("NAME"))
        case "delete": .delete
        case "clear": .clear
        default: try tokens(&words)
        }
    }

    private static func kickAct(_ words: inout OrderWords) throws(OrderFailure) -> Act {
        let acts = ["says", "online", "offline", "follow", "subscribe", "gifts", "kicks", "ban", "tokens"]
        return switch try words.choice(of: acts) {
        case "says": try lines(&words)
        case "online": .online
        case "offline": .offline
        case "follow": .follow(try words.word("NAME"))
        case "subscribe": .subscribe(try words.word("NAME"))
        case "gifts": .gifts(try words.number("COUNT", 1...1000))
        case "kicks": .kicks(try words.number("AMOUNT", 1...1_000_000))
        case "ban": .ban(try words.word("NAME"))
        default: try tokens(&words)
        }
    }

    private static func lines(_ words: inout OrderWords) throws(OrderFailure) -> Act {
        let count = try words.number("COUNT", 1...100_000)
        _ = try words.choice(of: ["lines"])
        return .says(count)
    }

    private static func tokens(_ words: inout OrderWords) throws(OrderFailure) -> Act {
        let word = try words.choice(of: Tokens.allCases.map(\.rawValue))
        return .tokens(Tokens(rawValue: word) ?? .end)
    }

    private static func fault(_ words: inout OrderWords) throws(OrderFailure) -> PlatformOrder {
        let platform = try words.choice(of: [FakePlatform.Kind.twitch.rawValue, FakePlatform.Kind.kick.rawValue])
        let path = try words.word("PATH, such as /helix/users")
        guard path.hasPrefix("/") else { throw OrderFailure("PATH begins with '/', not as in '\(path)'.") }
        let kinds = "a status from 400 to 599, 429 SECONDS, slow SECONDS, truncated or silent"
        let kind = try words.word(kinds)
        let fault: FakePlatform.Fault
        switch kind {
        case "429": fault = .busy(seconds: try words.number("SECONDS", 0...3600, else: 1))
        case "slow": fault = .slow(seconds: Double(try words.number("SECONDS", 1...3600)))
        case "truncated": fault = .truncated
        case "silent": fault = .silent
        default:
            guard let status = Int(kind), (400...599).contains(status) else {
                throw OrderFailure("A fault is \(kinds), not '\(kind)'.")
            }
            fault = .status(status)
        }
        return .fault(platform == "kick" ? .kick : .twitch, path: path, fault)
    }

    private static func greet(_ words: inout OrderWords) throws(OrderFailure) -> PlatformOrder {
        let word = try words.choice(of: Greeting.allCases.map(\.rawValue))
        return .greet(Greeting(rawValue: word) ?? .on)
    }

    private static func drop(_ words: inout OrderWords) throws(OrderFailure) -> PlatformOrder {
        let which = try words.choice(of: Sockets.allCases.map(\.rawValue))
        let code = words.isEmpty ? nil : UInt16(try words.number("CODE", 1000...4999))
        return .drop(Sockets(rawValue: which) ?? .events, code: code)
    }
}
