/// What the doctor says of Kick.
extension KickSettings {
    /// Kick sends people back to every address that its application names.
    func objection(to address: PublicAddress) -> String? { nil }

    func finding(at address: PublicAddress, listeningOn port: Int) -> Finding {
        guard application != nil else {
            let takes = publicKey != nil
            return .ok(
                "kick",
                takes ? "no application; deliveries for channels of channel add are taken" : "no application, no key"
            )
        }
        if let chatSocket, chatSocket.isEmpty {
            return .warning(
                "kick",
                "KICK_CHAT_WS_URL names no rooms, so nobody's chat is read at the socket",
                do: "Put the rooms of channels behind the address, #alice=1234,bob=5678; "
                    + "docs/operators/platforms.md says where they stand."
            )
        }
        let callback = "return address \(address.text)/auth/callback/kick"
        guard address.isSecure else {
            let comes = chatSocket == nil ? "none of them come" : "chat alone comes, over the unofficial socket"
            return .warning(
                "kick",
                "\(callback); Kick delivers events to a public HTTPS address only, so \(comes)",
                do: "Where Kick's events are wanted, put the host behind a proxy with HTTPS and set PUBLIC_URL to it."
            )
        }
        return .ok("kick", "\(callback), webhook URL \(address.text)/api/webhooks/kick")
    }

    func servers(at address: PublicAddress) -> [PlatformServer] {
        guard let application else { return [] }
        var servers = [
            PlatformServer(place: "kick sign-in", url: application.authURL, serves: "signing in"),
            PlatformServer(place: "kick API", url: application.apiURL, serves: "key for Kick's deliveries"),
        ]
        if let chatSocket {
            let serves = "chat over Kick's unofficial socket"
            servers.append(PlatformServer(place: "kick chat", url: chatSocket.address, serves: serves))
        }
        return servers
    }
}
