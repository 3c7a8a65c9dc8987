/// The cookie that holds a session (RFC 6265).
///
/// Under HTTPS its name begins with `__Host-`: then browsers take it from this very host alone, and a neighbour on
/// another subdomain cannot plant one.
struct SessionCookie: Sendable {
    let isSecure: Bool

    var name: String { "\(isSecure ? "__Host-" : "")streamvibes_session" }

    /// The token in a `Cookie` header, or `nil`.
    func token(in header: String?) -> SessionToken? {
        CookieText.value(of: name, in: header).map(SessionToken.init(text:))
    }

    /// A `Set-Cookie` value that keeps the token out of reach of scripts and other sites.
    func setting(_ token: SessionToken) -> String {
        let age = SessionStore.lifetimeMilliseconds / 1000
        return CookieText.setting(name, token.text, seconds: age, isSecure: isSecure)
    }

    var ending: String { CookieText.setting(name, "", seconds: 0, isSecure: isSecure) }
}

/// The cookie that ties a login to the browser that began it.
struct LoginCookie: Sendable {
    let isSecure: Bool

    var name: String { "\(isSecure ? "__Host-" : "")streamvibes_login" }

    func secret(in header: String?) -> BrowserSecret? {
        CookieText.value(of: name, in: header).map(BrowserSecret.init(text:))
    }

    func setting(_ secret: BrowserSecret) -> String {
        let age = LoginTicket.lifetimeMilliseconds / 1000
        return CookieText.setting(name, secret.text, seconds: age, isSecure: isSecure)
    }

    var ending: String { CookieText.setting(name, "", seconds: 0, isSecure: isSecure) }
}

/// The cookie that keeps which page somebody wanted who has to sign in first.
///
/// It holds the name of a page and no address, so nobody can send a browser elsewhere with it.
struct ReturnCookie: Sendable {
    let isSecure: Bool

    var name: String { "\(isSecure ? "__Host-" : "")streamvibes_return" }

    func page(in header: String?) -> DashboardPage? {
        CookieText.value(of: name, in: header).flatMap(DashboardPage.init(rawValue:))
    }

    func setting(_ page: DashboardPage) -> String {
        let age = LoginTicket.lifetimeMilliseconds / 1000
        return CookieText.setting(name, page.rawValue, seconds: age, isSecure: isSecure)
    }

    var ending: String { CookieText.setting(name, "", seconds: 0, isSecure: isSecure) }
}

/// The cookies with which a browser keeps how its dashboard looks; they prove nothing.
struct PlatformCookie: Sendable {
    let isSecure: Bool

    private static let year: Int64 = 31_536_000

    /// The platform that was shown last, or `nil`.
    func platform(in header: String?) -> Platform? {
        CookieText.value(of: "streamvibes_platform", in: header).flatMap(Platform.init(rawValue:))
    }

    /// A `Set-Cookie` value that remembers a platform.
    func setting(_ platform: Platform) -> String {
        CookieText.setting("streamvibes_platform", platform.rawValue, seconds: Self.year, isSecure: isSecure)
    }

    /// `dark` or `light`, which the page's own script writes; `nil` for as the system has it.
    func look(in header: String?) -> String? {
        CookieText.value(of: "streamvibes_look", in: header).flatMap { ["dark", "light"].contains($0) ? $0 : nil }
    }
}

/// Cookies as header text.
private enum CookieText {
    /// The value of that name; `nil` also where there are two different ones, of which somebody else may have planted
    /// either.
    static func value(of name: String, in header: String?) -> String? {
        var value: Substring?
        for pair in (header ?? "").split(separator: ";") {
            let parts = pair.split(separator: "=", maxSplits: 1)
            guard parts.count == 2, parts[0].drop(while: { $0 == " " }) == name else { continue }
            guard value == nil || value == parts[1] else { return nil }
            value = parts[1]
        }
        return value.map { String($0) }
    }

    /// `Lax`, for a platform sends the browser back from its own site.
    static func setting(_ name: String, _ value: String, seconds: Int64, isSecure: Bool) -> String {
        "\(name)=\(value); Path=/; Max-Age=\(seconds); HttpOnly; SameSite=Lax\(isSecure ? "; Secure" : "")"
    }
}
