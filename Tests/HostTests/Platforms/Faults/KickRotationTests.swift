import Hummingbird
import Testing
import WidgetAPI

@testable import FakePlatforms
@testable import Host

/// Kick changes the key that it signs with and tells nobody: the host learns it by itself, and keeps nothing twice.
///
/// A key is asked for once in five minutes at most, so the host runs in this process, on a clock that the test puts
/// forward. Until then the dashboard says nothing: a stranger's signature looks the same.
@Suite(.withProcesses) struct KickRotationTests {
    @Test func `what is signed with a new key is turned away until that may be asked for, and then comes in once`()
        async throws
    {
        let stand = try await Stand()
        #expect(stand.say("kick says 3 lines", "kick follow Bea") == [204])

        stand.say("rotate-key")
        #expect(stand.say("kick says 3 lines", "kick follow Cleo") == [401])
        stand.pass(milliseconds: KickKey.pauseMilliseconds - 1)
        #expect(stand.say("retry") == [401])
        #expect(stand.asked == 1, "Kick is left alone for as long as that was promised")

        // A request that fails is sent three times, and the old key is the best there is.
        for _ in 1...3 { stand.say("fault kick \(Stand.path) 500") }
        stand.pass(milliseconds: 1)
        #expect(stand.say("retry") == [401])
        #expect(stand.asked == 4)
        #expect(try stand.browser.platforms() == ["kick:connected"])
        #expect(try stand.browser.trouble(of: "kick") == nil)

        // Then it is asked again as soon as it may have come back.
        stand.pass(milliseconds: KickKey.pauseInVainMilliseconds - 1)
        #expect(stand.say("retry") == [401])
        #expect(stand.asked == 4)
        stand.pass(milliseconds: 1)
        #expect(stand.say("kick says 2 lines", "retry") == [204])
        #expect(stand.asked == 5)
        let logged = try await stand.logged()
        #expect(logged.count == 10 && Set(logged) == stand.said, "each once")
        #expect(try stand.browser.platforms() == ["kick:connected"])
        #expect(try stand.browser.trouble(of: "kick") == nil)
        await stand.stop()
    }

    @Test func `a key that changes later than five minutes after it was asked for costs no delivery`() async throws {
        let stand = try await Stand()
        #expect(stand.say("kick says 3 lines") == [204])
        stand.pass(milliseconds: KickKey.pauseMilliseconds)

        stand.say("rotate-key", "duplicate on", "reorder on")
        #expect(stand.say("kick says 3 lines", "kick follow Cleo") == [204])

        #expect(stand.asked == 2)
        let logged = try await stand.logged()
        #expect(logged.count == 7 && Set(logged) == stand.said, "each once")
        #expect(try stand.browser.platforms() == ["kick:connected"])
        await stand.stop()
    }

    /// The whole host in this process, with Alice signed in at a fake Kick that posts to it.
    private final class Stand {
        static let path = "/public/v1/public-key"

        let browser: LoginBrowser
        /// The ids of all that was said, taken or not.
        private(set) var said: Set<String> = []
        private let desk: PlatformDesk
        private let place: LogPlace
        private let folder: TemporaryFolder
        private let running: Task<Void, any Error>

        /// Starts it, and returns when all is subscribed.
        init() async throws {
            let (desk, folder) = (try PlatformDesk(), try TemporaryFolder())
            let place = try await LogPlace()
            place.clock = Timestamp.now.milliseconds
            (self.desk, self.folder, self.place) = (desk, folder, place)
            let settings = [
                "PUBLIC_URL": PlatformStand.publicURL, "STREAMVIBES_PORT": "0", "STREAMVIBES_DATA_DIR": folder.path,
                "WIDGETS_DIR": "/dev/null", "SECRET_KEY": SecretKey().exposed,
            ]
            let host = try await Composition(
                settings: Settings(SettingsSource(environment: desk.kick.environment.merging(settings) { $1 })),
                database: place.database,
                demo: nil,
                http: .patient,
                logger: place.logger,
                now: place.now
            )
            let (ports, ready) = AsyncStream.makeStream(of: Int.self)
            running = Task {
                defer { ready.finish() }
                try await host.application { ready.yield($0) }.runService(gracefulShutdownSignals: [])
            }
            let port = await ports.first { _ in true } ?? 0
            let browser = LoginBrowser(base: "http://127.0.0.1:\(port)", knownAs: PlatformStand.publicURL)
            self.browser = browser
            say("reach \(port)")
            // The host answers a moment before it asks platforms.
            let isSignedIn = try Deadline.wait(seconds: 60, pausing: 1000) {
                // Logins of one address are counted by the minute, on this clock.
                place.clock += 10_000
                try browser.signIn("kick")
                return !browser.csrfToken.isEmpty
            }
            try #require(isSignedIn)
            let events = desk.kick.kickEvents
            try #require(Deadline.wait(seconds: 120) { events.events == KickSubscriptions.events.sorted() })
        }

        deinit { running.cancel() }

        /// Ends the host, and returns when it has ended.
        func stop() async {
            running.cancel()
            _ = await running.result
        }

        /// Gives orders.
        ///
        /// - Returns: what posts were answered.
        @discardableResult
        func say(_ orders: String...) -> Set<Int64?> {
            var answers: Set<Int64?> = []
            for line in orders {
                for one in desk.obey(line)?["said"]?.arrayValue ?? [] {
                    answers.insert(one["status"]?.integerValue)
                    if let id = one["id"]?.stringValue { said.insert(id) }
                }
            }
            return answers
        }

        /// Lets time pass on the host's clock.
        func pass(milliseconds: Int64) { place.clock += milliseconds }

        /// How often Kick was asked for its key.
        var asked: Int { desk.kick.requests(to: Self.path).count }

        /// The ids of all that Kick has told of, in the order of the log.
        func logged() async throws -> [String] {
            let channels = ChannelStore(database: place.database, now: place.now)
            let channel = try #require(try await channels.channel(named: "alice-live", on: .kick))
            let scope = TenantScope(granting: channel.tenant, to: .host)
            let rows = try await place.store.events(after: 0, limit: 100, in: scope)
            return rows.filter { $0.platform == Platform.kick.rawValue }.map(\.id.text)
        }
    }
}
