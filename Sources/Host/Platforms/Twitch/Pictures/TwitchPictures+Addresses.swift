import Hummingbird

/// Where this host serves pictures of Twitch.
extension TwitchPictures {
    /// Emotes, whose names tell where they are, and what has to be looked up.
    ///
    /// `pictures` is what finds those; `nil` without an application, and then there are none of them.
    static func routes(_ pictures: TwitchPictures?) -> [PictureRoute] {
        [
            PictureRoute(path: "/img/twitch/emote/:id", caching: .named) { words in
                words.get("id").flatMap(TwitchEmote.init(id:))?.key
            },
            PictureRoute(path: "/img/twitch/badge/:place/:set/:version", caching: .lookedUp) { words in
                guard let pictures, let place = words.get("place"), let set = words.get("set"),
                    let version = words.get("version"),
                    let badge = TwitchBadge(place: place, set: set, version: version)
                else { return nil }
                return try await pictures.key(of: badge)
            },
            PictureRoute(path: "/img/twitch/cheermote/:channel/:prefix/:tier", caching: .lookedUp) { words in
                guard let pictures, let channel = words.get("channel"), let prefix = words.get("prefix"),
                    let tier = words.get("tier"),
                    let cheermote = TwitchCheermote(channelId: channel, prefix: prefix, tier: tier)
                else { return nil }
                return try await pictures.key(of: cheermote)
            },
            PictureRoute(path: "/img/twitch/avatar/:user", caching: .lookedUp) { words in
                guard let pictures, let avatar = words.get("user").flatMap(TwitchAvatar.init(userId:)) else {
                    return nil
                }
                return try await pictures.key(of: avatar)
            },
        ]
    }
}
