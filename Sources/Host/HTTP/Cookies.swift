/// A cookie that counts for what somebody may do or where they go (RFC 6265).
///
/// Under HTTPS its name begins with `__Host-`: then browsers take it from this very host alone, and a neighbour on
/// another subdomain cannot plant one. Scripts and other sites never get at it.
protocol HostCookie: Sendable {
    /// What it is for, as its name ends.
    static var purpose: String { get }
    static var lifetimeMilliseconds: Int64 { get }
    var isSecure: Bool { get }
}

extension HostCookie {
    var name: String { "\(isSecure ? "__Host-" : "")streamvibes_\(Self.purpose)" }

    var ending: String { CookieText.setting(name, "", seconds: 0, isSecure: isSecure) }

    fileprivate func text(in header: String?) -> String? { CookieText.value(of: name, in: header) }

    fileprivate func setting(text: String) -> String {
        CookieText.setting(name, text, seconds: Self.lifetimeMilliseconds / 1000, isSecure: isSecure)
    }
}

/// The cookie that holds a session.
struct SessionCookie: HostCookie {
    static let purpose = "session"
    static let lifetimeMilliseconds = SessionStore.lifetimeMilliseconds
    let isSecure: Bool

    func token(in header: String?) -> SessionToken? { text(in: header).map(SessionToken.init(text:)) }

    func setting(_ token: SessionToken) -> String { setting(text: token.text) }
}

/// The cookie that ties a login to the browser that began it.
struct LoginCookie: HostCookie {
    static let purpose = "login"
    static let lifetimeMilliseconds = LoginTicket.lifetimeMilliseconds
    let isSecure: Bool

    func secret(in header: String?) -> BrowserSecret? { text(in: header).map(BrowserSecret.init(text:)) }

    func setting(_ secret: BrowserSecret) -> String { setting(text: secret.text) }
}

/// The cookie that keeps which page somebody wanted who has to sign in first.
///
/// It holds the name of a page and no address, so nobody can send a browser elsewhere with it.
struct ReturnCookie: HostCookie {
    static let purpose = "return"
    static let lifetimeMilliseconds = LoginTicket.lifetimeMilliseconds
    let isSecure: Bool

    func page(in header: String?) -> DashboardPage? { text(in: header).flatMap(DashboardPage.init(rawValue:)) }

    func setting(_ page: DashboardPage) -> String { setting(text: page.rawValue) }
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
