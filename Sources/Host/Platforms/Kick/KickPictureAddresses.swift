import Hummingbird

/// Where this host serves pictures of Kick.
enum KickPictureAddresses {
    static let routes = [
        PictureRoute(path: "/img/kick/emote/:id", caching: .named) { words in
            words.get("id").flatMap(KickEmote.init(id:))?.key
        },
        PictureRoute(path: "/img/kick/avatar/:user/:name", caching: .named) { words in
            guard let user = words.get("user"), let name = words.get("name") else { return nil }
            return KickAvatar(userId: user, name: name)?.key
        },
    ]
}
