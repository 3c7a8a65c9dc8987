import Logging
import Testing

@testable import Host

@Suite struct SettingsTests {
    @Test func `everything has a default`() throws {
        let settings = try Settings(SettingsSource())

        #expect(settings.hostname == "127.0.0.1")
        #expect(settings.port == 8080)
        #expect(settings.dataDirectory == "./data")
        #expect(settings.eventRetentionDays == 30)
        #expect(settings.logLevel == .info)
        #expect(settings.twitch.eventSubSecret == nil)
        #expect(settings.widgetsDirectory == "./widgets")
        #expect(settings.sandboxLevel == .full)
        #expect(settings.twitch.pictureServers[.twitch] == "https://static-cdn.jtvnw.net")
        #expect(settings.twitch.pictureServers[.cheermote] == "https://d3aqoihi2n8ty8.cloudfront.net")
        #expect(settings.kick.pictureServers[.kick] == "https://files.kick.com")
    }

    @Test func `the command line wins over the environment and the environment over the file`() throws {
        let file = try SettingsFile(parsing: "port: 1\nhostname: file.example\ndata_dir: /file\n")
        let source = SettingsSource(
            options: ["STREAMVIBES_PORT": "3"],
            environment: ["STREAMVIBES_PORT": "2", "STREAMVIBES_HOSTNAME": "env.example"],
            file: file
        )

        let settings = try Settings(source)

        #expect(settings.port == 3)
        #expect(settings.hostname == "env.example")
        #expect(settings.dataDirectory == "/file")
    }

    @Test(arguments: [
        ("STREAMVIBES_PORT", "65536", "a port from 0 to 65535"),
        ("STREAMVIBES_PORT", "-1", "a port from 0 to 65535"),
        ("STREAMVIBES_PORT", "http", "a port from 0 to 65535"),
        ("EVENT_RETENTION_DAYS", "-1", "a whole number of days from 0 to 36500"),
        ("LOG_LEVEL", "loud", "one of trace, debug, info, notice, warning, error, critical"),
        ("LOG_FORMAT", "xml", "text or json"), ("SANDBOX_LEVEL", "none", "full or reduced"),
        ("PUBLIC_URL", "overlays.example", "an address such as https://overlays.example, without a path"),
        ("PUBLIC_URL", "https://overlays.example/path", "an address such as https://overlays.example, without a path"),
        (
            "CURRENCY_RATES", "EUR=1,USD",
            "currencies and what one unit is worth, such as EUR=1,USD=0.92 (at most 40)"
        ),
        ("TWITCH_CDN_URL", "static.example", "an address such as https://static-cdn.jtvnw.net, without a path"),
        ("TWITCH_CDN_URL", "file:///etc", "an address such as https://static-cdn.jtvnw.net, without a path"),
        ("TWITCH_CDN_URL", "https://a.example/v2", "an address such as https://static-cdn.jtvnw.net, without a path"),
        (
            "TWITCH_CHEERMOTE_CDN_URL", "a.example",
            "an address such as https://d3aqoihi2n8ty8.cloudfront.net, without a path"
        ), ("KICK_CDN_URL", "ftp://a.example", "an address such as https://files.kick.com, without a path"),
    ])
    func `a wrong value is named with what was seen and what is wanted`(name: String, value: String, wanted: String) {
        let error = #expect(throws: SettingsError.self) {
            _ = try Settings(SettingsSource(environment: [name: value]))
        }

        #expect(error?.description == "\(name) in the environment: \"\(value)\" seen, \(wanted) wanted")
    }

    @Test(arguments: [("STREAMVIBES_PORT", "0"), ("STREAMVIBES_PORT", "65535"), ("EVENT_RETENTION_DAYS", "0")])
    func `values at the edge are taken`(name: String, value: String) {
        #expect(throws: Never.self) { _ = try Settings(SettingsSource(environment: [name: value])) }
    }

    @Test func `an application at a platform has an id and a secret, or neither`() throws {
        let whole = ["KICK_CLIENT_ID": "id", "KICK_CLIENT_SECRET": String(repeating: "s", count: 200)]
        let settings = try Settings(SettingsSource(environment: whole))
        #expect(settings.kick.application?.authURL == "https://id.kick.com" && settings.twitch.application == nil)
        for (half, missing) in [("KICK_CLIENT_ID", "KICK_CLIENT_SECRET"), ("KICK_CLIENT_SECRET", "KICK_CLIENT_ID")] {
            let error = #expect(throws: SettingsError.self) {
                _ = try Settings(SettingsSource(environment: [half: "x"]))
            }
            #expect(error?.description.hasPrefix("\(missing) in the environment: \"\" seen") == true)
        }
        for secret in ["", " ", "a b", "line\n", String(repeating: "s", count: 201)] where !secret.isEmpty {
            let error = #expect(throws: SettingsError.self) {
                _ = try Settings(SettingsSource(environment: ["KICK_CLIENT_ID": "x", "KICK_CLIENT_SECRET": secret]))
            }
            #expect(error?.value == nil)
        }
    }

    @Test(arguments: ["id.twitch.tv", "ftp://id.twitch.tv", "https://", "https:///x", "https://a b", "https://a?b"])
    func `a platform's address is one`(_ address: String) {
        #expect(throws: SettingsError.self) {
            _ = try Settings(SettingsSource(environment: ["TWITCH_AUTH_URL": address]))
        }
    }

    @Test func `Twitch's sockets begin where the operator says, else at Twitch`() throws {
        let usual = try Settings(SettingsSource(environment: [:]))
        #expect(usual.twitch.eventSubSocket == "wss://eventsub.wss.twitch.tv/ws")
        #expect(usual.twitch.chatSocket == "wss://irc-ws.chat.twitch.tv:443")
        let given = ["TWITCH_EVENTSUB_WS_URL": "ws://127.0.0.1:1/ws", "TWITCH_IRC_URL": "ws://127.0.0.1:2"]
        let settings = try Settings(SettingsSource(environment: given))
        #expect(settings.twitch.eventSubSocket == "ws://127.0.0.1:1/ws")
        #expect(settings.twitch.chatSocket == "ws://127.0.0.1:2")
    }

    @Test(arguments: ["TWITCH_EVENTSUB_WS_URL", "TWITCH_IRC_URL"])
    func `a socket's address is one`(_ name: String) {
        for address in ["irc-ws.chat.twitch.tv", "https://a.example", "wss://", "wss://a b", "wss://a#b"] {
            let error = #expect(throws: SettingsError.self) {
                _ = try Settings(SettingsSource(environment: [name: address]))
            }
            #expect(error?.setting == name && error?.value == address)
        }
    }

    @Test func `Kick's chat is read where the operator says, by the rooms of channels, else nowhere`() throws {
        let address = "wss://chat.example/app/key?protocol=7&client=js"
        func socket(_ text: String) throws -> KickChatSocket? {
            try Settings(SettingsSource(environment: ["KICK_CHAT_WS_URL": text])).kick.chatSocket
        }

        #expect(try Settings(SettingsSource()).kick.chatSocket == nil)
        let bare = try #require(try socket(address))
        #expect(bare.address == address && bare.isEmpty && bare.room(of: "alice") == nil)
        let named = try #require(try socket("\(address)#Alice=1234,bob_the-2nd=999999999999999999"))
        #expect(named.address == address && !named.isEmpty)
        #expect(named.room(of: "alice") == 1234 && named.room(of: "Alice") == 1234)
        #expect(named.room(of: "bob_the-2nd") == 999_999_999_999_999_999 && named.room(of: "cleo") == nil)
        let rooms = { (count: Int) in (1...count).map { "channel\($0)=\($0)" }.joined(separator: ",") }
        #expect(try socket("\(address)#\(rooms(KickChatSocket.limit))")?.room(of: "channel200") == 200)
        #expect(throws: SettingsError.self) { try socket("\(address)#\(rooms(KickChatSocket.limit + 1))") }
    }

    @Test(arguments: [
        "https://chat.example", "chat.example/app", "wss://", "wss://a b", "wss://a#", "wss://a#alice",
        "wss://a#alice=", "wss://a#alice=0", "wss://a#alice=-1", "wss://a#alice=1x", "wss://a#alice=1,",
        "wss://a#alice=1,Alice=2", "wss://a#al ice=1", "wss://a#=1", "wss://a#alice=1234567890123456789",
        "wss://a#alice=1#bob=2",
    ])
    func `rooms that are none are refused, with what is wanted`(value: String) {
        let error = #expect(throws: SettingsError.self) {
            _ = try Settings(SettingsSource(environment: ["KICK_CHAT_WS_URL": value]))
        }

        #expect(error?.setting == "KICK_CHAT_WS_URL" && error?.value == value)
        #expect(error?.wanted.contains("#alice=1234,bob=5678") == true)
    }

    @Test func `an error about a secret does not repeat it`() {
        let error = #expect(throws: SettingsError.self) {
            _ = try Settings(SettingsSource(environment: ["TWITCH_EVENTSUB_SECRET": "tooshort"]))
        }

        #expect(error?.description.contains("tooshort") == false)
        #expect(error?.description.contains("10 to 100 ASCII characters") == true)
    }

    @Test func `a secret shows itself in no description`() throws {
        let settings = try Settings(SettingsSource(environment: ["TWITCH_EVENTSUB_SECRET": "a-secret-of-ours"]))

        #expect(!"\(settings)".contains("a-secret-of-ours"))
        #expect(!String(reflecting: settings.twitch.eventSubSecret).contains("a-secret-of-ours"))
    }

    @Test func `an unknown key in the file is refused by name`() {
        let error = #expect(throws: SettingsError.self) { _ = try SettingsFile(parsing: "prot: 8080\n") }

        #expect(error?.description == "prot in streamvibes.yaml: \"prot\" seen, a known setting wanted")
    }

    @Test(arguments: ["port: [1]\n", "- port\n", "port: {\n", "just words\n"])
    func `a file that is not flat YAML is refused`(text: String) {
        #expect(throws: SettingsError.self) { _ = try SettingsFile(parsing: text) }
    }

    @Test(arguments: [
        ("127.0.0.1", true), ("127.8.9.1", true), ("localhost", true), ("::1", true), ("127.example.com", false),
        ("127.0.0.1.example.com", false), ("0.0.0.0", false), ("10.0.0.1", false),
    ])
    func `only this machine's own addresses are loopback`(hostname: String, isLoopback: Bool) throws {
        let settings = try Settings(SettingsSource(environment: ["STREAMVIBES_HOSTNAME": hostname]))

        #expect(settings.isLoopback == isLoopback)
    }

    @Test func `an empty file sets nothing`() throws {
        #expect(try SettingsFile(parsing: "# nothing yet\n").values.isEmpty)
    }
}
