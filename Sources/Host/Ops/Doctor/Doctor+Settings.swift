/// Settings that fit one by one, and whether they fit together.
extension Doctor {
    var settingsGiven: Finding {
        let idle = given.filter { Settings.reserved.contains($0) }
        guard idle.isEmpty else {
            return .warning(
                "settings",
                "\(idle.joined(separator: ", ")) given, which this version does not use",
                do: "Leave it out, or read docs/settings.md for what this version has instead."
            )
        }
        return .ok("settings", given.isEmpty ? "none given; the defaults hold" : given.joined(separator: ", "))
    }

    private var address: PublicAddress { PublicAddress(settings) }

    var publicAddress: Finding {
        let text = address.text
        guard address.isSecure || settings.isLoopback else {
            return .warning(
                "public address",
                "\(text) on \(settings.hostname): sessions and overlays travel readable to everybody on the way",
                do: "Let the host listen on 127.0.0.1, put a proxy with HTTPS before it, and set PUBLIC_URL to the "
                    + "proxy's address."
            )
        }
        return .ok("public address", text)
    }

    var proxies: Finding {
        guard address.isSecure, settings.trustedProxies.isEmpty else {
            let isNone = settings.trustedProxies.isEmpty
            return .ok("proxies", isNone ? "none trusted, and none needed without HTTPS" : "X-Forwarded-… is believed")
        }
        return .warning(
            "proxies",
            "none trusted, but PUBLIC_URL is HTTPS: all visitors count as the one proxy, and share its limits",
            do: "Set TRUSTED_PROXIES to the proxy's address as the host sees it, 127.0.0.1,::1 on the same machine."
        )
    }

    /// What each platform says of its own settings.
    var platforms: [Finding] {
        settings.platforms.map { $0.finding(at: address, listeningOn: settings.port) }
    }
}
