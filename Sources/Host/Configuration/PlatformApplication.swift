/// What the operator has registered at a platform, and where that platform is.
struct PlatformApplication: Sendable {
    let clientId: String
    let clientSecret: Secret
    /// Base address of authorize, token and revoke, without a slash at its end.
    let authURL: String
    /// Base address of the platform's API, without a slash at its end.
    let apiURL: String
}

extension PlatformApplication {
    /// Reads one platform's settings; `nil` when neither id nor secret is given, and half of the two is refused.
    init?(
        _ source: SettingsSource,
        prefix: String,
        authURL: String,
        apiURL: String
    ) throws(SettingsError) {
        let wantedText = "1 to 200 printable ASCII characters"
        let id = try source.value("\(prefix)_CLIENT_ID", wanted: wantedText) { Self.word($0) }
        let secret = try source.value("\(prefix)_CLIENT_SECRET", wanted: wantedText, isSecret: true) { Self.word($0) }
        let auth = try Self.address(source, "\(prefix)_AUTH_URL", authURL)
        let api = try Self.address(source, "\(prefix)_API_URL", apiURL)
        guard let id, let secret else {
            guard id == nil, secret == nil else {
                let (missing, given) = id == nil ? ("CLIENT_ID", "CLIENT_SECRET") : ("CLIENT_SECRET", "CLIENT_ID")
                throw SettingsError(
                    setting: "\(prefix)_\(missing)",
                    value: "",
                    wanted: "a value beside \(prefix)_\(given)",
                    origin: .environment
                )
            }
            return nil
        }
        self.init(clientId: id, clientSecret: Secret(secret), authURL: auth, apiURL: api)
    }

    /// Line ends of a file that was read whole are the usual mistake.
    private static func word(_ text: String) -> String? {
        (1...200).contains(text.utf8.count) && text.utf8.allSatisfy { (0x21...0x7E).contains($0) } ? text : nil
    }

    private static func address(
        _ source: SettingsSource,
        _ name: String,
        _ usual: String
    ) throws(SettingsError) -> String {
        try source.value(name, wanted: "an address such as \(usual)") { text in
            let text = text.hasSuffix("/") ? String(text.dropLast()) : text
            for scheme in ["https://", "http://"] where text.hasPrefix(scheme) {
                let rest = text.dropFirst(scheme.count)
                let isPlain = rest.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != 0x3F && $0 != 0x23 && $0 != 0x40 }
                return rest.isEmpty || rest.hasPrefix("/") || !isPlain ? nil : text
            }
            return nil
        } ?? usual
    }
}
