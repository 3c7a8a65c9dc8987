import WidgetAPI

/// Those on whom the host depends out there, and the clock that it shares with them.
extension Doctor {
    /// More than this is no delay on the way.
    private static let noticeableMilliseconds: Int64 = 30_000
    /// The least that any intake refuses: Stripe's, and what Kick posts from our future.
    private static let refusedMilliseconds: Int64 = 300_000

    private struct Look: Sendable {
        let server: PlatformServer
        /// The status that it gave.
        let answer: Result<Int, PlatformFailure>
        /// How far our clock is ahead; `nil` where the server does not say what time it is.
        let aheadMilliseconds: Int64?
    }

    /// One attempt at each address, all at once.
    func reach() async -> [Finding] {
        let looks = await withTaskGroup(of: (Int, Look).self) { group in
            for (index, server) in servers.enumerated() {
                group.addTask { (index, await look(at: server)) }
            }
            var looks: [(Int, Look)] = []
            for await look in group { looks.append(look) }
            return looks.sorted { $0.0 < $1.0 }.map(\.1)
        }
        return looks.map(Self.finding) + [await publicHealth, Self.clock(looks)].compactMap(\.self)
    }

    /// What the host can do without comes last.
    private var servers: [PlatformServer] {
        let address = PublicAddress(settings)
        let all = settings.platforms.flatMap { $0.servers(at: address) }
        return all.filter { !$0.isOrnament } + all.filter(\.isOrnament)
    }

    private func look(at server: PlatformServer) async -> Look {
        guard !server.url.hasPrefix("ws") else { return await socket(at: server) }
        do throws(PlatformFailure) {
            let answer = try await http.look(at: server.url)
            let moment = answer.date.flatMap(HTTPDate.moment)
            let ahead = moment.map { now().milliseconds - $0.milliseconds }
            return Look(server: server, answer: .success(answer.status), aheadMilliseconds: ahead)
        } catch {
            return Look(server: server, answer: .failure(error), aheadMilliseconds: nil)
        }
    }

    /// Shakes hands and says good-bye.
    private func socket(at server: PlatformServer) async -> Look {
        do throws(ClientSocketError) {
            try await ClientSocket.open(server.url).close()
            return Look(server: server, answer: .success(101), aheadMilliseconds: nil)
        } catch {
            return Look(server: server, answer: .failure(.unreachable(reason: "\(error)")), aheadMilliseconds: nil)
        }
    }

    private static func finding(_ look: Look) -> Finding {
        let server = look.server
        switch look.answer {
        case .success(let status) where status >= 500:
            return .warning(
                server.place,
                "\(server.url) answers \(status); for now there is no \(server.serves)",
                do: "Wait; it is the platform's to mend. If it lasts, look at what the platform says of its state."
            )
        // A page that is longer than what a platform answers to us is an answer all the same.
        case .success, .failure(.unusable): return .ok(server.place, "\(server.url) answers")
        case .failure(let failure):
            let seen = "\(server.url) does not answer (\(reason(failure))); without it there is no \(server.serves)"
            let advice = "Let this machine out to it: names (DNS), firewall, certificates (package ca-certificates)."
            return server.isOrnament
                ? .warning(server.place, seen, do: advice) : .problem(.service, server.place, seen, do: advice)
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
        let nearest = looks.compactMap { look in look.aheadMilliseconds.map { (look.server.url, $0) } }
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
