import Foundation
import Testing
import WidgetAPI

@testable import FakePlatforms
@testable import Host

/// A day of a host with a public address, on which all that can go wrong with secrets is tried; everything that it lets
/// out is kept for a search.
final class LeakDay {
    private static let publicURL = "https://overlays.example"
    private static let operatorToken = "an-operators-token"
    /// Where the streamer is told what a tip service needs.
    static let tipAnswer = "the tip address's own answer"
    /// What platforms send along that nobody asked for.
    static let viewerEmail = "viewer@private.example"
    static let viewerToken = "viewer-token-81c4"

    private let host: LoginHost
    private let browser: LoginBrowser
    private var layout = ""
    private var overlay: WebSocketClient?
    private var raw: WebSocketClient?
    private(set) var search = LeakSearch()

    init() throws {
        host = try LoginHost(environment: [
            "PUBLIC_URL": Self.publicURL, "LOG_LEVEL": "trace", "OPERATOR_TOKEN": Self.operatorToken,
        ])
        host.twitch.webhooks.reach(host.server.port)
        host.twitch.user.email = "alice@private.example"
        host.kick.user.email = "alice-kick@private.example"
        host.kick.publicKey = KickSamples.publicKey
        browser = host.browser(at: Self.publicURL)
        search.hide("client secret", FakePlatform.clientSecret)
        search.hide("EventSub secret", ServerProcess.secret)
        search.hide("operator token", Self.operatorToken)
        search.hide("e-mail address", host.twitch.user.email, host.kick.user.email)
        search.hide("viewer's e-mail address", Self.viewerEmail)
        search.hide("viewer's token", Self.viewerToken)
    }

    private var port: Int { host.server.port }

    // MARK: The day

    /// Both platforms, a private layout, and pages that watch it.
    func signsIn() throws {
        try browser.signIn("twitch")
        search.keep(try browser.open("/auth/login/kick?intent=connect"), at: "GET /auth/callback")
        let isAsked = Deadline.wait(seconds: 60) {
            self.host.twitch.webhooks.enabled.count == EventSubSubscription.all.count
                && self.host.kick.kickEvents.records.count == KickSubscriptions.events.count
        }
        try #require(isAsked, "\(host.server.log)")
        let session = try #require(browser.cookie("__Host-streamvibes_session"))
        search.hide("session token", session)
        try search.hide(secretKeyIn: host.server.dataDirectory)

        let layouts = try JSONValue(parsing: browser.ask("GET", "/api/layouts").body)["data"]?.arrayValue
        layout = try #require(layouts?.first?["id"]?.stringValue)
        let answer = try browser.ask("POST", "/api/layouts/\(layout)/key")
        let key = try #require(try JSONValue(parsing: answer.body)["data"]?["key"]?.stringValue)
        search.hide("overlay key", key)
        search.keep(answer, at: "the key's own answer")

        let page = try WebSocketClient(port: port)
        search.keep(
            try #require(try page.subscribe("alice", known: ["key": .string(key)])).text,
            at: "frames: snapshot"
        )
        overlay = page
        let socket = try WebSocketClient(port: port, headers: [("Cookie", "__Host-streamvibes_session=\(session)")])
        try socket.send("events:subscribe", [:])
        _ = try #require(try socket.message("events:ready"))
        raw = socket
    }

    /// Deliveries of known types with members beside the known ones, which must not get anywhere.
    func takesDeliveries() throws {
        var line = SignedDelivery.chat("Hello from Twitch", by: "Bea")
        line.body = try Self.withMore(line.body)
        #expect(try line.post(port: port) == 204)
        var follow = SignedDelivery.follow(by: "Cleo")
        follow.body = try Self.withMore(follow.body)
        #expect(try follow.post(port: port) == 204)
        let gift: JSONValue = ["amount": 500, "message": "for the boat"]
        var kicks = KickSamples("kicks.gifted", ["broadcaster": Self.kickChannel, "sender": Self.dana, "gift": gift])
        kicks.body = try Self.withMore(kicks.body)
        #expect(try kicks.post(port: port).status == 204)

        try keepFrames(of: overlay, until: "Hello from Twitch", at: "frames: overlay")
        try keepFrames(of: raw, until: "for the boat", at: "frames: events")
    }

    /// Tips of all services, each with what its giver told nobody else, and deliveries of theirs that are refused.
    func takesTips() throws {
        let note = "between the two of us"
        for word in TipSamples.privateWords + [note] { search.hide("giver's private word", word) }
        let secrets: [(TipService, String)] = [
            (.kofi, TipSamples.token), (.stripe, TipSamples.stripeSecret), (.buymeacoffee, TipSamples.coffeeSecret),
        ]
        var addresses: [TipService: String] = [:]
        for (service, secret) in secrets {
            search.hide("tip service's secret", secret)
            let wish: JSONValue = ["service": .string(service.rawValue), "secret": .string(secret)]
            let answer = try browser.ask("POST", "/api/tip-sources", body: wish)
            search.keep(answer, at: Self.tipAnswer)
            let told = try JSONValue(parsing: answer.body)["data"]?["address"]?.stringValue
            let address = try #require(told, "\(answer.status)")
            addresses[service] = address
            search.hide("tip address", address.split(separator: "/").last.map(String.init) ?? "")
        }

        let deliveries: [(TipSamples, Int)] = [
            (.kofi(), 200), (.kofi(["is_public": false, "message": .string(note)]), 200),
            (.kofi(["type": "Shop Order"]), 200), (.kofi(["amount": "x"]), 400), (.kofi(token: "a-guess"), 403),
            (.stripe(), 204), (.stripe("checkout.session.completed", ["amount_total": nil]), 400),
            (.stripe(secret: "whsec_a-guess"), 403), (.coffee("donation.created", ["id": nil]), 400),
            (.coffee(secret: "a-guess-of-it"), 403), (.coffee(), 204),
        ]
        for (delivery, status) in deliveries {
            let address = try #require(addresses[delivery.service])
            let answer = try delivery.post(to: address, port: port)
            #expect(answer.status == status, "\(delivery.service): \(answer.body)")
            search.keep(answer, at: "POST /api/webhooks/\(delivery.service)")
            let wrong = try delivery.post(to: address + "x", port: port)
            #expect(wrong.status == 404)
            search.keep(wrong, at: "POST /api/webhooks/\(delivery.service)")
        }
        try keepFrames(of: overlay, until: "Heron", at: "frames: overlay")
        try keepFrames(of: raw, until: "Heron", at: "frames: events")
    }

    /// Deliveries that are refused; what is said of them may not repeat what was in them.
    func refusesDeliveries() throws {
        let more: JSONObject = [
            "email": .string(Self.viewerEmail), "access_token": .string(Self.viewerToken),
        ]
        let broken = SignedDelivery.notification("channel.follow", "2", .object(more), in: "1234")
        try refuse(broken, 400)
        var cut = broken
        cut.body = Array(#"{"email":"\#(Self.viewerEmail)","token":"\#(Self.viewerToken)"#.utf8)
        try refuse(cut, 400)
        var forged = broken
        forged.secret = Self.viewerToken
        try refuse(forged, 403)
        var foreign = SignedDelivery.follow(by: "Cleo", in: "999")
        foreign.body = try Self.withMore(foreign.body)
        try refuse(foreign, 404)
        var kick = KickSamples("channel.followed", ["broadcaster": Self.kickChannel])
        kick.body = try Self.withMore(kick.body)
        let answer = try kick.post(port: port)
        #expect(answer.status == 400)
        search.keep(answer, at: "POST /api/webhooks/kick")
    }

    /// Platforms that fail and repeat what they were sent, and tokens that end.
    func losesTokens() throws {
        let echo: JSONValue = ["error": "Bad Request", "message": .string("not with \(FakePlatform.clientSecret)")]
        host.twitch.fail(host.twitch.tokenPath, .status(400, echo.text))
        search.keep(try host.browser(at: Self.publicURL).open("/auth/login/twitch"), at: "a login that is refused")
        host.twitch.fail(host.twitch.usersPath, .status(500, echo.text), .status(500), .status(500))
        search.keep(try host.browser(at: Self.publicURL).open("/auth/login/twitch"), at: "a login that fails")
        // A start compares what is subscribed: the application's token is refused, and Kick's with its refresh.
        host.twitch.fail("/helix/eventsub/subscriptions", .status(401), .status(403))
        takeTokens()
        host.server.kill()
        host.kick.endAccessTokens()
        host.kick.manners.refusesRefresh = true
        try host.server.start()
        host.twitch.webhooks.reach(port)
        let isLost = try Deadline.wait(seconds: 60) { try browser.platforms().contains("kick:needs-login") }
        #expect(isLost, "\(host.server.log)")
        takeTokens()
    }

    /// Every page and list that there is to look at, and some that there are not.
    func looksAround() throws {
        let paths = [
            "/", "/auth/login", "/dashboard", "/dashboard/overlay", "/dashboard/widgets", "/dashboard/theme",
            "/dashboard/settings", "/dashboard/alerts", "/api/session", "/api/account/export", "/api/sessions",
            "/api/layouts", "/api/layouts/\(layout)", "/api/widgets?layoutId=\(layout)", "/api/widget-types",
            "/api/themes", "/api/settings", "/api/overlays", "/api/events?limit=500", "/api/alerts",
            "/twitch/alice/overlay", "/twitch/nobody/overlay", "/health", "/openapi.json", "/api/nothing",
            "/api/layouts/nothing", "/api/connections/youtube", "/auth/callback/twitch?code=x&state=y",
        ]
        for path in paths { search.keep(try browser.ask("GET", path), at: "GET \(path)") }
        search.keep(try browser.ask("GET", "/api/layouts/\(layout)/key"), at: "the key's own answer")
        search.keep(try browser.ask("GET", "/api/tip-sources"), at: Self.tipAnswer)
        let stranger = host.browser(at: Self.publicURL)
        search.keep(try stranger.ask("GET", "/api/session"), at: "GET of a stranger")
        search.keep(try stranger.ask("DELETE", "/api/account"), at: "DELETE of a stranger")
        let metrics = try HTTPExchange.perform(
            "GET",
            "/metrics",
            headers: [("X-Forwarded-For", "192.0.2.7"), ("Authorization", "Bearer \(Self.operatorToken)")],
            port: port
        )
        #expect(metrics.status == 200)
        search.keep(metrics, at: "GET /metrics")
    }

    /// A connection that ends with its tokens.
    func disconnects() throws {
        host.kick.manners = .init()
        try browser.signIn("kick")
        search.hide("session token", try #require(browser.cookie("__Host-streamvibes_session")))
        takeTokens()
        #expect(try browser.ask("DELETE", "/api/connections/kick").status == 204)
        #expect(Deadline.wait(seconds: 60) { !self.host.kick.revoked.isEmpty }, "\(host.server.log)")
        takeTokens()
    }

    /// A backup, and the files that stay.
    func endsWithBackup() throws {
        let folder = try TemporaryFolder()
        let backup = folder.path + "/all.tar"
        let made = try host.server.command("backup", backup)
        #expect(made.status == 0, "\(made.errors)")
        search.keep(made.output + made.errors, at: "the command's words")
        try search.keep(file: backup, at: "backup")

        _ = host.server.terminate()
        search.keep(host.server.log, at: "the log")
        try search.keep(folder: host.server.dataDirectory, at: "data", except: ["secret.key", "server.log"])

        // The address stands in the streamer's row alone.
        let copy = folder.path + "/copy.sqlite"
        let database = host.server.dataDirectory + "/streamvibes.sqlite"
        for arguments in [
            [database, "VACUUM INTO '\(copy)'"], [copy, "UPDATE streamers SET email = NULL; VACUUM;"],
        ] {
            let result = try CommandResult.run(
                ["-batch"] + arguments,
                environment: ServerProcess.environment,
                executable: "/usr/bin/sqlite3"
            )
            #expect(result.status == 0, "\(result.errors)")
        }
        try search.keep(file: copy, at: "database without e-mail")
    }

    // MARK: Steps

    /// All tokens that there are now; some end before the day does.
    private func takeTokens() {
        for platform in [host.twitch, host.kick] { search.hide(tokensOf: platform) }
    }

    private func refuse(_ delivery: SignedDelivery, _ status: Int) throws {
        let answer = try HTTPExchange.perform(
            "POST",
            "/api/webhooks/twitch",
            headers: delivery.headers,
            body: delivery.body,
            port: port
        )
        #expect(answer.status == status, "\(answer.body)")
        search.keep(answer, at: "POST /api/webhooks/twitch")
    }

    private func keepFrames(of socket: WebSocketClient?, until text: String, at place: String) throws {
        let isThere = try socket.map { try search.keepFrames(of: $0, until: text, at: place) }
        #expect(isThere == true, "\(text) never came")
    }

    /// The body with members that nobody has asked for, in every object.
    static func withMore(_ body: [UInt8]) throws -> [UInt8] {
        let json = try JSONValue(parsing: body).mappingObjects { object in
            object["email"] = .string(viewerEmail)
            object["access_token"] = .string(viewerToken)
        }
        return Array(json.text.utf8)
    }

    private static let kickChannel = KickSamples.person(77, "Alice_Live")
    private static let dana = KickSamples.person(78, "Dana")
}
