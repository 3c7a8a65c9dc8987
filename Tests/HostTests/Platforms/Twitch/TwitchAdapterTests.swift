import Testing
import WidgetAPI

@testable import Host

/// On which way Twitch's events come.
@Suite struct TwitchAdapterTests {
    @Test(
        arguments: [
            ("https://overlays.example", true, true), ("https://overlays.example:443", true, true),
            ("https://overlays.example", false, false), ("https://overlays.example:8443", true, false),
            ("https://[::1]", true, true), ("https://[::1]:8443", true, false),
            ("http://localhost:8080", true, false),
        ]
    )
    func `it posts to HTTPS at its own port where there is a secret, and is listened to elsewhere`(
        publicURL: String,
        hasSecret: Bool,
        posts: Bool
    ) throws {
        var environment = [
            "PUBLIC_URL": publicURL, "TWITCH_CLIENT_ID": "id", "TWITCH_CLIENT_SECRET": "secret-of-the-client",
        ]
        if hasSecret { environment["TWITCH_EVENTSUB_SECRET"] = "a-secret-for-tests" }
        let settings = try Settings(SettingsSource(environment: environment))
        let adapter = try #require(TwitchAdapter(settings.twitch, PublicAddress(settings), PlatformHTTP()))

        #expect((adapter.webhook != nil) == posts)
    }

    @Test func `without an application there is none`() throws {
        let settings = try Settings(SettingsSource(environment: [:]))
        let adapter = TwitchAdapter(settings.twitch, PublicAddress(settings), PlatformHTTP())
        #expect(adapter.map(\.application.clientId) == nil)
    }
}
