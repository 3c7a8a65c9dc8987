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

    var twitch: Finding {
        guard settings.twitchApplication != nil else {
            let takes = settings.twitchEventSubSecret != nil
            return .ok(
                "twitch",
                takes ? "no application; deliveries for channels of channel add are taken" : "no application, no secret"
            )
        }
        guard address.suitsTwitch else {
            return .problem(
                .setting,
                "twitch",
                "PUBLIC_URL \(address.text) seen; Twitch takes return addresses under HTTPS or http://localhost only",
                do: "Set PUBLIC_URL to https://… where the host is public, else to http://localhost:\(settings.port)."
            )
        }
        let callback = "return address \(address.text)/auth/callback/twitch"
        guard address.isSecure else { return .ok("twitch", "\(callback); events come over sockets") }
        // Before the secret: where nothing is delivered there is nothing to sign.
        guard address.hasUsualPort else {
            return .warning(
                "twitch",
                "\(callback); Twitch delivers to port 443 only, so events come over sockets, "
                    + "while somebody has a page open",
                do: "Where they are wanted at all times, let the proxy listen on 443; leave the port out of PUBLIC_URL."
            )
        }
        guard settings.twitchEventSubSecret != nil else {
            return .warning(
                "twitch",
                "\(callback); without TWITCH_EVENTSUB_SECRET events come only while somebody has a page open",
                do: "Set it to 10 to 100 ASCII characters of your own; openssl rand -hex 32 makes some."
            )
        }
        return .ok("twitch", "\(callback), deliveries to \(address.text)/api/webhooks/twitch")
    }

    var kick: Finding {
        guard settings.kickApplication != nil else {
            let takes = settings.kickPublicKey != nil
            return .ok(
                "kick",
                takes ? "no application; deliveries for channels of channel add are taken" : "no application, no key"
            )
        }
        if let chat = settings.kickChatSocket, chat.isEmpty {
            return .warning(
                "kick",
                "KICK_CHAT_WS_URL names no rooms, so nobody's chat is read at the socket",
                do: "Put the rooms of channels behind the address, #alice=1234,bob=5678; "
                    + "docs/operators/platforms.md says where they stand."
            )
        }
        let callback = "return address \(address.text)/auth/callback/kick"
        guard address.isSecure else {
            let reads = settings.kickChatSocket != nil
            let comes = reads ? "chat alone comes, over the unofficial socket" : "none of them come"
            return .warning(
                "kick",
                "\(callback); Kick delivers events to a public HTTPS address only, so \(comes)",
                do: "Where Kick's events are wanted, put the host behind a proxy with HTTPS and set PUBLIC_URL to it."
            )
        }
        return .ok("kick", "\(callback), webhook URL \(address.text)/api/webhooks/kick")
    }
}
