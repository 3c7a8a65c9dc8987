import HTTPTypes
import Hummingbird
import NIOCore

/// The pictures that pages show (contract section 2, `/img/…`).
struct ImageRoutes: Sendable {
    let proxy: ImageProxy
    /// What finds the pictures of Twitch whose names do not tell where they are; `nil` without an application there.
    let twitch: TwitchPictures?
    let assets: WebAssets

    /// How long a browser keeps a picture.
    private enum Caching: String {
        /// One whose name no other picture will ever have. What a platform takes away leaves browsers within a week.
        case named = "public, max-age=604800, immutable"
        /// One that may be another tomorrow, for as long as the host itself believes what it looked up.
        case lookedUp = "public, max-age=3600"
    }

    /// Written as `GET /img/twitch/emote/{id}`.
    func twitchEmote(_ context: some RequestContext) async throws -> Response {
        guard let emote = TwitchEmote(id: try word("id", context)) else { throw ImageFailure.unknown }
        return try await picture(emote.key, .named)
    }

    /// Written as `GET /img/twitch/badge/{place}/{set}/{version}`.
    func twitchBadge(_ context: some RequestContext) async throws -> Response {
        let (place, set, version) = try (word("place", context), word("set", context), word("version", context))
        guard let twitch, let badge = TwitchBadge(place: place, set: set, version: version) else {
            throw ImageFailure.unknown
        }
        return try await picture(twitch.key(of: badge), .lookedUp)
    }

    /// Written as `GET /img/twitch/cheermote/{channel}/{prefix}/{tier}`.
    func twitchCheermote(_ context: some RequestContext) async throws -> Response {
        let (channel, prefix, tier) = try (word("channel", context), word("prefix", context), word("tier", context))
        guard let twitch, let cheermote = TwitchCheermote(channelId: channel, prefix: prefix, tier: tier) else {
            throw ImageFailure.unknown
        }
        return try await picture(twitch.key(of: cheermote), .lookedUp)
    }

    /// Written as `GET /img/twitch/avatar/{user}`.
    func twitchAvatar(_ context: some RequestContext) async throws -> Response {
        guard let twitch, let avatar = TwitchAvatar(userId: try word("user", context)) else {
            throw ImageFailure.unknown
        }
        return try await picture(twitch.key(of: avatar), .lookedUp)
    }

    /// Written as `GET /img/kick/emote/{id}`.
    func kickEmote(_ context: some RequestContext) async throws -> Response {
        guard let emote = KickEmote(id: try word("id", context)) else { throw ImageFailure.unknown }
        return try await picture(emote.key, .named)
    }

    /// Written as `GET /img/kick/avatar/{user}/{name}`.
    func kickAvatar(_ context: some RequestContext) async throws -> Response {
        let (user, name) = try (word("user", context), word("name", context))
        guard let avatar = KickAvatar(userId: user, name: name) else { throw ImageFailure.unknown }
        return try await picture(avatar.key, .named)
    }

    /// Written as `GET /img/demo/emote/{name}` and `/img/demo/avatar/{n}`.
    func demo(_ kind: DemoPicture.Kind, named name: String?) throws -> Response {
        guard let picture = name.flatMap({ DemoPicture(kind, named: $0) }),
            let content = assets.content(picture.asset)
        else { throw ImageFailure.unknown }
        return Self.answer(
            content,
            type: "image/svg+xml",
            // The same name may be drawn anew in the next release.
            caching: "public, max-age=86400",
            // Our drawings may move by a style of their own; a script runs in none of them.
            policy: "default-src 'none'; style-src 'unsafe-inline'; sandbox"
        )
    }

    private func word(_ name: String, _ context: some RequestContext) throws(ImageFailure) -> String {
        guard let word = context.parameters.get(name) else { throw .unknown }
        return word
    }

    private func picture(_ key: PictureKey, _ caching: Caching) async throws -> Response {
        let picture = try await proxy.image(of: key)
        return Self.answer(
            picture.bytes,
            type: picture.format.rawValue,
            caching: caching.rawValue,
            policy: "default-src 'none'; sandbox"
        )
    }

    private static func answer(_ content: ByteBuffer, type: String, caching: String, policy: String) -> Response {
        Response(
            status: .ok,
            headers: [.contentType: type, .cacheControl: caching, .contentSecurityPolicy: policy],
            body: ResponseBody(byteBuffer: content)
        )
    }
}
