import Testing
import WidgetAPI

@testable import Host

@Suite struct LoginPlatformTests {
    @Test func `token answers of every documented form are read`() throws {
        // https://dev.twitch.tv/docs/authentication/getting-tokens-oauth/ and …/refresh-tokens/, without an end.
        let code = try TokenGrant(
            JSONValue(
                parsing: """
                    {"access_token": "rfx2uswqe8l4g1mkagrvg5tv0ks3", "expires_in": 14124,
                     "refresh_token": "5b93chm6hdve3mycz05zfzatkfdenfspp1h1ar2xxdalen01",
                     "scope": ["channel:moderate", "chat:read"], "token_type": "bearer"}
                    """
            )
        )
        let refresh = try TokenGrant(
            JSONValue(
                parsing: """
                    {"access_token": "1ssjqsqfy6bads1ws7m03gras79zfr",
                     "refresh_token": "eyJfMzUtNDU0OC4MWYwLTQ5MDY5ODY4NGNlMSJ9%asdfasdf=",
                     "scope": ["channel:read:subscriptions"], "token_type": "bearer"}
                    """
            )
        )

        #expect(code.lifetimeSeconds == 14_124 && code.scopes == ["channel:moderate", "chat:read"])
        #expect(refresh.lifetimeSeconds == nil)
        #expect(refresh.refreshToken?.exposed == "eyJfMzUtNDU0OC4MWYwLTQ5MDY5ODY4NGNlMSJ9%asdfasdf=")
        let kick = try TokenGrant(["access_token": "a", "expires_in": "7200", "scope": "user:read channel:read"])
        #expect(kick.lifetimeSeconds == 7200 && kick.scopes == ["user:read", "channel:read"])
        #expect(kick.refreshToken == nil)
    }

    @Test func `an end that makes no sense is none`() throws {
        for value in ["", "soon", 0, -1, 315_360_001, 1.5, true, nil, []] as [JSONValue] {
            #expect(try TokenGrant(["access_token": "a", "expires_in": value]).lifetimeSeconds == nil, "\(value.text)")
        }
        for value in [1, 315_360_000] as [Int64] {
            let grant = try TokenGrant(["access_token": "a", "expires_in": .integer(value)])
            #expect(grant.lifetimeSeconds == value)
        }
    }

    @Test func `a token that could not stand in a header is refused`() throws {
        let longest = String(repeating: "t", count: 4096)
        #expect(try TokenGrant(["access_token": .string(longest)]).accessToken.exposed == longest)
        for text in ["", longest + "t", "a b", "a\r\nHost: x", "ü", "a\u{0}"] {
            #expect(throws: PlatformFailure.self) { try TokenGrant(["access_token": .string(text)]) }
        }
        for json in [[:], [], nil, "token", ["access_token": 5]] as [JSONValue] {
            #expect(throws: PlatformFailure.self) { try TokenGrant(json) }
        }
    }

    @Test func `a name that could not stand in an address is refused`() throws {
        let longest = String(repeating: "a", count: 64)
        let good = try identity(longest, "Alice_L-1")
        #expect(good.userId == longest && good.channel == "alice_l-1" && good.displayName == "Alice_L-1")
        for wrong in ["", longest + "a", "a/b", "a b", "ä", "..", "a?"] {
            #expect(throws: PlatformFailure.self) { try identity("1", wrong) }
            #expect(throws: PlatformFailure.self) { try identity(wrong, "alice") }
        }
    }

    @Test func `what is no e-mail or picture is left out`() throws {
        let identity = try PlatformIdentity(
            .kick,
            userId: "1",
            channel: "a",
            displayName: String(repeating: "x", count: 200),
            email: String(repeating: "x", count: 321),
            avatarURL: "javascript:alert(1)"
        )

        #expect(identity.email == nil && identity.avatarURL == nil && identity.displayName.count == 100)
    }

    @Test func `a form carries every character`() {
        #expect(FormText.encode([("a b", "%=+&ü~")]) == "a%20b=%25%3D%2B%26%C3%BC~")
    }

    private func identity(_ userId: String, _ channel: String) throws -> PlatformIdentity {
        try PlatformIdentity(
            .twitch,
            userId: userId,
            channel: channel,
            displayName: nil,
            email: nil,
            avatarURL: nil
        )
    }
}
