import WidgetAPI

/// Those on whom the host depends out there, and the clock that it shares with them.
extension Doctor {
    /// More than this is no delay on the way.
    private static let noticeableMilliseconds: Int64 = 30_000
    /// Stripe's deliveries are refused at five minutes and so are Kick's that come from our future; Twitch's at ten.
    private static let refusedMilliseconds: Int64 = 300_000

    /// An address that has to answer.
    private struct Peer: Sendable {
        let place: String
        let url: String
        /// What does not work without it.
        let serves: String
        /// Nothing that is stored depends on it.
        var isOrnament = false
    }

    private struct Look: Sendable {
        let peer: Peer
        /// The status that it gave.
        let answer: Result<Int, PlatformFailure>
        /// How far our clock is ahead; `nil` where the peer does not say what time it is.
        let aheadMilliseconds: Int64?
    }

    /// One attempt at each address, all at once.
    func reach() async -> [Finding] {
        let looks = await withTaskGroup(of: (Int, Look).self) { group in
            for (index, peer) in peers.enumerated() {
                group.addTask { (index, await look(at: peer)) }
            }
            var looks: [(Int, Look)] = []
            for await look in group { looks.append(look) }
            return looks.sorted { $0.0 < $1.0 }.map(\.1)
        }
        return looks.map(Self.finding) + [await publicHealth, Self.clock(looks)].compactMap(\.self)
    }

    private var peers: [Peer] {
        var peers: [Peer] = []
        if let twitch = settings.twitchApplication {
            peers.append(Peer(place: "twitch sign-in", url: twitch.authURL, serves: "signing in"))
            peers.append(Peer(place: "twitch API", url: twitch.apiURL, serves: "signing in, subscriptions and counts"))
            peers.append(Peer(place: "twitch chat", url: settings.twitchChatSocket, serves: "chat of Twitch"))
            let address = PublicAddress(settings)
            if !address.isSecure || !address.hasUsualPort || settings.twitchEventSubSecret == nil {
                let url = settings.twitchEventSubSocket
                peers.append(Peer(place: "twitch events", url: url, serves: "events of Twitch"))
            }
        }
        if let kick = settings.kickApplication {
            peers.append(Peer(place: "kick sign-in", url: kick.authURL, serves: "signing in"))
            peers.append(Peer(place: "kick API", url: kick.apiURL, serves: "key for Kick's deliveries"))
            if let chat = settings.kickChatSocket {
                peers.append(Peer(place: "kick chat", url: chat.address, serves: "chat over Kick's unofficial socket"))
            }
        }
        peers.append(Peer(place: "pictures", url: settings.twitchCDN, serves: "emotes and badges", isOrnament: true))
        return peers
    }

    private func look(at peer: Peer) async -> Look {
        guard !peer.url.hasPrefix("ws") else { return await socket(at: peer) }
        do throws(PlatformFailure) {
            let answer = try await http.look(at: peer.url)
            let moment = answer.date.flatMap(HTTPDate.moment)
            let ahead = moment.map { now().milliseconds - $0.milliseconds }
            return Look(peer: peer, answer: .success(answer.status), aheadMilliseconds: ahead)
        } catch {
            return Look(peer: peer, answer: .failure(error), aheadMilliseconds: nil)
        }
    }

    /// Shakes hands and says good-bye.
    private func socket(at peer: Peer) async -> Look {
        do throws(ClientSocketError) {
            try await ClientSocket.open(peer.url).close()
            return Look(peer: peer, answer: .success(101), aheadMilliseconds: nil)
        } catch {
            return Look(peer: peer, answer: .failure(.unreachable(reason: "\(error)")), aheadMilliseconds: nil)
        }
    }

    private static func finding(_ look: Look) -> Finding {
        let peer = look.peer
        switch look.answer {
        case .success(let status) where status >= 500:
            return .warning(
                peer.place,
                "\(peer.url) answers \(status); for now there is no \(peer.serves)",
                do: "Wait; it is the platform's to mend. If it lasts, look at what the platform says of its state."
            )
        // A page that is longer than what a platform answers to us is an answer all the same.
        case .success, .failure(.unusable): return .ok(peer.place, "\(peer.url) answers")
        case .failure(let failure):
            let seen = "\(peer.url) does not answer (\(reason(failure))); without it there is no \(peer.serves)"
            let advice = "Let this machine out to it: names (DNS), firewall, certificates (package ca-certificates)."
            return peer.isOrnament
                ? .warning(peer.place, seen, do: advice) : .problem(.service, peer.place, seen, do: advice)
        }
    }

    private static func reason(_ failure: PlatformFailure) -> String {
        switch failure {
        case .unreachable(let reason), .unusable(let reason), .grantRefused(let reason),
            .questionRefused(let reason):
            reason
        case .tokenRefused, .needsLogin, .notConnected: failure.publicMessage
        }
    }

    /// Whether the address that browsers use leads to a host; `nil` where the operator has named none.
    private var publicHealth: Finding? {
        get async {
            guard let url = settings.publicURL else { return nil }
            let answer = try? await http.look(at: "\(url)/health")
            if answer?.status == 200, answer?.json["status"]?.stringValue == "ok" {
                return .ok("the way in", "\(url) leads to a host that is ready")
            }
            return .warning(
                "the way in",
                "\(url)/health: \(answer.map { "\($0.status) seen" } ?? "no answer"), a host that is ready wanted",
                do: "While the host does not run, nothing. Else look at the proxy, its certificate and the name (DNS); "
                    + "some routers do not let a machine reach its own public address."
            )
        }
    }

    /// The clock beside the platform's that is nearest to it: one that is wrong says nothing about ours.
    private static func clock(_ looks: [Look]) -> Finding {
        let nearest = looks.compactMap { look in look.aheadMilliseconds.map { (look.peer.url, $0) } }
            .min { $0.1.magnitude < $1.1.magnitude }
        guard let (url, ahead) = nearest else {
            return .warning(
                "clock",
                "nobody has said what time it is",
                do: "Look at it yourself: timedatectl. Deliveries are refused when it is minutes wrong."
            )
        }
        let seconds = Int64(ahead.magnitude / 1000)
        guard ahead.magnitude > noticeableMilliseconds else { return .ok("clock", "agrees with \(url)") }
        let seen = "\(seconds) s \(ahead > 0 ? "ahead of" : "behind") \(url)"
        let advice = "Set it and keep it set: timedatectl set-ntp true."
        guard ahead.magnitude < refusedMilliseconds else {
            return .problem(.service, "clock", "\(seen); signed deliveries are refused", do: advice)
        }
        return .warning("clock", "\(seen); from \(refusedMilliseconds / 1000) s on deliveries are refused", do: advice)
    }
}
