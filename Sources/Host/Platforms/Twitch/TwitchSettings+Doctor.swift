/// What the doctor says of Twitch.
extension TwitchSettings {
    func objection(to address: PublicAddress) -> String? {
        let text = address.text
        let isFit = address.isSecure || text == "http://localhost" || text.hasPrefix("http://localhost:")
        return isFit ? nil : "Twitch takes return addresses under HTTPS or http://localhost only"
    }

    func finding(at address: PublicAddress, listeningOn port: Int) -> Finding {
        guard application != nil else {
            let takes = eventSubSecret != nil
            return .ok(
                "twitch",
                takes ? "no application; deliveries for channels of channel add are taken" : "no application, no secret"
            )
        }
        if let objection = objection(to: address) {
            return .problem(
                .setting,
                "twitch",
                "PUBLIC_URL \(address.text) seen; \(objection)",
                do: "Set PUBLIC_URL to https://… where the host is public, else to http://localhost:\(port)."
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
        guard let webhook = webhook(at: address) else {
            return .warning(
                "twitch",
                "\(callback); without TWITCH_EVENTSUB_SECRET events come only while somebody has a page open",
                do: "Set it to 10 to 100 ASCII characters of your own; openssl rand -hex 32 makes some."
            )
        }
        return .ok("twitch", "\(callback), deliveries to \(webhook.callback)")
    }

    func servers(at address: PublicAddress) -> [PlatformServer] {
        var servers: [PlatformServer] = []
        if let application {
            let api = "signing in, subscriptions and counts"
            servers = [
                PlatformServer(place: "twitch sign-in", url: application.authURL, serves: "signing in"),
                PlatformServer(place: "twitch API", url: application.apiURL, serves: api),
                PlatformServer(place: "twitch chat", url: chatSocket, serves: "chat of Twitch"),
            ]
            if webhook(at: address) == nil {
                servers.append(PlatformServer(place: "twitch events", url: eventSubSocket, serves: "events of Twitch"))
            }
        }
        let pictures = pictureServers[.twitch] ?? PictureSource.twitch.documentedBase
        servers.append(
            PlatformServer(place: "pictures", url: pictures, serves: "emotes and badges", isOrnament: true)
        )
        return servers
    }
}
