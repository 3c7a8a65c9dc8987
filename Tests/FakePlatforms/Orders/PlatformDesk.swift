import CryptoExtras
import Foundation
import WidgetAPI

/// Obeys orders at a fake Twitch and a fake Kick, one after the other.
final class PlatformDesk {
    let twitch: FakePlatform
    let kick: FakePlatform
    /// What Kick signs with.
    var signer = KickSamples.signer
    var isDuplicating = false
    var isReordering = false
    /// How many lines were said on each platform.
    var lines: [FakePlatform.Kind: Int] = [:]
    /// The id of Twitch's last line.
    var lastLine: String?
    /// Where Kick's posts go.
    var port: Int?
    /// What was posted and not answered 2xx.
    var unanswered: [PlatformMail] = []

    /// Both on free ports, with one streamer in front of the browser: Alice.
    init() throws {
        twitch = try FakePlatform(.twitch, user: .init(id: "1234", login: "alice", name: "Alice"))
        kick = try FakePlatform(.kick, user: .init(id: "77", login: "alice-live", name: "Alice_Live"))
        kick.publicKey = KickSamples.publicKey(of: signer)
    }

    /// What a host needs to find both.
    var environment: [String: String] { twitch.environment.merging(kick.environment) { $1 } }

    /// Obeys a line and answers; `nil` for a line that is no order.
    func obey(_ line: String) -> JSONObject? {
        do throws(OrderFailure) {
            guard let order = try PlatformOrder(line) else { return nil }
            var answer: JSONObject = ["done": .string(line.trimmingCharacters(in: .whitespaces))]
            for member in try perform(order).members { answer[member.name] = member.value }
            return answer
        } catch {
            return ["error": .string(error.description)]
        }
    }

    private func perform(_ order: PlatformOrder) throws(OrderFailure) -> JSONObject {
        switch order {
        case .reach(let port):
            self.port = port
            twitch.webhooks.reach(port)
        case .act(.twitch, let act): return try twitchDoes(act)
        case .act(.kick, let act): return try kickDoes(act)
        case .fault(.twitch, let path, let fault): twitch.fail(path, fault)
        case .fault(.kick, let path, let fault): kick.fail(path, fault)
        case .duplicate(let isOn): isDuplicating = isOn
        case .reorder(let isOn): isReordering = isOn
        case .revoke(let type, let status): return try revoke(type, status)
        case .drop(let sockets, let code): return try drop(sockets, code)
        case .greet(let greeting):
            twitch.eventSub.greets = greeting == .on
            twitch.irc.manners.answersJoins = greeting == .on
            twitch.eventSub.refuses = greeting == .refused
            twitch.irc.refuses = greeting == .refused
        case .storm(let count): return try storm(count)
        case .rotateKey:
            signer = KickSamples.signerOfNobody()
            kick.publicKey = KickSamples.publicKey(of: signer)
        case .retry:
            let mails = unanswered
            unanswered = []
            return said(mails.map(post))
        case .look: return look()
        case .wait(let seconds): Thread.sleep(forTimeInterval: Double(seconds))
        }
        return [:]
    }

    private func twitchDoes(_ act: PlatformOrder.Act) throws(OrderFailure) -> JSONObject {
        let scene = TwitchScene(room: twitch.user)
        switch act {
        case .says(let count): return said(tell(nextLines(count)))
        case .online:
            let broadcast = FakePlatform.Broadcast()
            twitch.airing = .onAir(broadcast)
            return said(tell(scene.online(broadcast)))
        case .offline:
            // Told first: its list is later than its word.
            defer { twitch.airing = .offAir }
            return said(tell(scene.offline()))
        case .follow(let name): return said(tell(scene.follow(by: name)))
        case .cheer(let bits): return said(tell(scene.cheer(bits, by: "Wren")))
        case .subscribe(let name): return said(tell(scene.subscription(by: name)))
        case .redeem(let name): return said(tell(scene.redemption(by: name)))
        case .raid(let viewers): return said(tell(scene.raid(viewers)))
        case .gifts(let count): return said(tell(scene.gifts(count)))
        case .notices: return said(tell(scene.notices()))
        case .settings: return said(tell(scene.settings()))
        case .timeout(let name): return said(tell(scene.timeout(of: name)))
        case .ban(let name): return said(tell(scene.ban(of: name)))
        case .clear: return said(tell(scene.clearing()))
        case .delete:
            guard let lastLine else { throw OrderFailure("'twitch delete' wants a line, and none was said yet.") }
            return said(tell(scene.deletion(of: lastLine)))
        case .tokens(let tokens): deal(with: tokens, at: twitch)
        case .kicks: throw OrderFailure("Twitch knows no kicks.")
        }
        return [:]
    }

    private func kickDoes(_ act: PlatformOrder.Act) throws(OrderFailure) -> JSONObject {
        let scene = KickScene(room: kick.user)
        switch act {
        case .says(let count):
            let first = lines[.kick, default: 0]
            lines[.kick] = first + count
            return said(deliver((first..<first + count).map(scene.line)))
        case .online:
            let broadcast = FakePlatform.Broadcast()
            defer { kick.airing = .onAir(broadcast) }
            return said(deliver([scene.stream(isLive: true, since: broadcast.since)]))
        case .offline:
            defer { kick.airing = .offAir }
            return said(deliver([scene.stream(isLive: false, since: PlatformClock.now)]))
        case .follow(let name): return said(deliver([scene.follow(by: name)]))
        case .subscribe(let name): return said(deliver([scene.subscription(by: name)]))
        case .gifts(let count): return said(deliver([scene.gifts(count)]))
        case .kicks(let amount): return said(deliver([scene.kicks(amount, by: "Wren")]))
        case .ban(let name): return said(deliver([scene.ban(of: name)]))
        case .tokens(let tokens): deal(with: tokens, at: kick)
        case .cheer, .redeem, .raid, .timeout, .delete, .clear, .notices, .settings:
            throw OrderFailure("Kick tells nobody of that.")
        }
        return [:]
    }

    private func deal(with tokens: PlatformOrder.Tokens, at platform: FakePlatform) {
        switch tokens {
        case .end: platform.endAccessTokens()
        case .refused: platform.manners.refusesRefresh = true
        case .accepted: platform.manners.refusesRefresh = false
        }
    }

    private func said(_ list: [JSONValue]) -> JSONObject { ["said": .array(list)] }

    /// The next lines of Twitch's chat.
    func nextLines(_ count: Int) -> [TwitchSaying] {
        let first = lines[.twitch, default: 0]
        lines[.twitch] = first + count
        let all = (first..<first + count).map { TwitchLine(number: $0, in: twitch.user) }
        lastLine = all.last?.id
        return all.map(\.saying)
    }
}
