/// The cookie that holds a session (RFC 6265).
enum SessionCookie {
    static let name = "streamvibes_session"

    /// The token in a `Cookie` header, or `nil`.
    static func token(in header: String?) -> SessionToken? {
        for pair in (header ?? "").split(separator: ";") {
            let parts = pair.split(separator: "=", maxSplits: 1)
            guard parts.count == 2, parts[0].drop(while: { $0 == " " }) == name else { continue }
            return SessionToken(text: String(parts[1]))
        }
        return nil
    }

    /// A `Set-Cookie` value that keeps the token out of reach of scripts and other sites.
    static func setting(_ token: SessionToken, isSecure: Bool) -> String {
        let age = SessionStore.lifetimeMilliseconds / 1000
        return "\(name)=\(token.text); Path=/; Max-Age=\(age); HttpOnly; SameSite=Lax\(isSecure ? "; Secure" : "")"
    }

    static let ending = "\(name)=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax"
}
