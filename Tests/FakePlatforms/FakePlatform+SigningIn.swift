import WidgetAPI

/// How somebody signs in at a fake platform, and what becomes of their tokens.
extension FakePlatform {
    func authorize(
        _ request: LoopbackServer.Request,
        _ redirectURI: String?,
        _ state: inout State
    ) -> LoopbackServer.Answer {
        guard request.parameter("client_id") == Self.clientId, request.parameter("response_type") == "code",
            let redirectURI, redirectURI.hasSuffix("/auth/callback/\(kind.rawValue)"),
            let value = request.parameter("state"), let scope = request.parameter("scope")
        else { return .json(#"{"status":400,"message":"Parameter redirect_uri does not match"}"#, status: 400) }
        let text = Self.encoded(value)
        let denial = "\(redirectURI)?error=access_denied&error_description=The+user+denied+you+access&state=\(text)"
        state.made += 1
        let code = "code-\(state.made)"
        let challenge = request.parameter("code_challenge")
        state.codes[code] = Grant(user: state.user, redirectURI: redirectURI, challenge: challenge)
        let consent = "\(redirectURI)?code=\(code)&scope=\(Self.encoded(scope))&state=\(text)"
        guard state.manners.showsPage else { return .redirect(state.manners.denies ? denial : consent) }
        let links = [("allow", consent, "Authorize"), ("deny", denial, "Cancel")].map { id, address, label in
            "<a id=\"\(id)\" href=\"\(address.replacing("&", with: "&amp;"))\">\(label)</a>"
        }
        let page = "<!doctype html><title>\(kind.rawValue)</title><link rel=icon href=data:,>\(links.joined())"
        return LoopbackServer.Answer(headers: [("Content-Type", "text/html; charset=utf-8")], body: page)
    }

    func token(_ request: LoopbackServer.Request, _ state: inout State) -> LoopbackServer.Answer {
        let isTwitch = kind == .twitch
        guard request.field("client_id") == Self.clientId, request.field("client_secret") == Self.clientSecret else {
            return isTwitch
                ? .json(#"{"status":403,"message":"invalid client secret"}"#, status: 403)
                : .json(#"{"error":"invalid_client"}"#, status: 401)
        }
        switch request.field("grant_type") {
        case "authorization_code":
            guard let grant = request.field("code").flatMap({ state.codes.removeValue(forKey: $0) }),
                grant.redirectURI == request.field("redirect_uri"),
                isTwitch || Self.s256(request.field("code_verifier") ?? "") == grant.challenge
            else {
                return isTwitch
                    ? .json(#"{"status":400,"message":"Invalid authorization code"}"#, status: 400)
                    : .json(#"{"error":"invalid_grant"}"#, status: 400)
            }
            return tokens(for: grant.user, isRefresh: false, &state)
        case "refresh_token":
            let token = request.field("refresh_token") ?? ""
            guard !state.manners.refusesRefresh, let user = state.refreshTokens[token] else {
                return isTwitch
                    ? .json(#"{"error":"Bad Request","status":400,"message":"Invalid refresh token"}"#, status: 400)
                    : .json(#"{"error":"invalid_grant","error_description":"The refresh token ended"}"#, status: 401)
            }
            if !state.manners.keepsRefreshToken { state.refreshTokens[token] = nil }
            return tokens(for: user, isRefresh: true, &state)
        case "client_credentials" where isTwitch: return webhooks.token()
        default: return .json(#"{"status":400,"message":"missing grant type"}"#, status: 400)
        }
    }

    func tokens(for user: User, isRefresh: Bool, _ state: inout State) -> LoopbackServer.Answer {
        state.made += 1
        let manners = state.manners
        let access = "access-\(kind.rawValue)-\(state.made)"
        state.accessTokens[access] = user
        var json: JSONObject = ["access_token": .string(access), "token_type": "bearer"]
        if !isRefresh || !manners.keepsRefreshToken {
            // Refresh tokens hold characters that a form must encode (platforms.md 1.1).
            let refresh = "refresh%\(kind.rawValue)+\(state.made)="
            state.refreshTokens[refresh] = user
            json["refresh_token"] = .string(refresh)
        }
        let isList = (kind == .twitch) != manners.scopeIsOdd
        let scopes = manners.scopes ?? (kind == .twitch ? Self.scopes : ["user:read", "channel:read"])
        json["scope"] = isList ? .array(scopes.map { .string($0) }) : .string(scopes.joined(separator: " "))
        if manners.tellsExpiry {
            let seconds = manners.lifetimeSeconds
            json["expires_in"] = manners.expiryIsText ? .string("\(seconds)") : .integer(seconds)
        }
        return .json(JSONValue.object(json).text)
    }

    func revoke(_ token: String?, _ state: inout State) -> LoopbackServer.Answer {
        let token = token ?? ""
        state.revoked.append(token)
        state.accessTokens[token] = nil
        state.refreshTokens[token] = nil
        return LoopbackServer.Answer()
    }

    func bearer(_ request: LoopbackServer.Request, _ word: String, _ state: State) -> User? {
        guard let header = request.headers["authorization"], header.hasPrefix(word) else { return nil }
        return state.accessTokens[String(header.dropFirst(word.count))]
    }
}
