import WidgetAPI

/// Twitch's lists of pictures, asked for with the token of the application (https://dev.twitch.tv/docs/api/reference/).
///
/// Whatever they say, a picture is a path of an expected form at one of Twitch's servers, or is not there.
struct TwitchPictureLists: Sendable {
    /// Bytes of a list: the badges of everywhere are some hundred, each with three addresses.
    static let sizeLimit = 2 << 20
    /// People whom Twitch tells of at once.
    static let peopleLimit = 100
    /// The lists' part of the 800 points a minute that Twitch gives an application.
    ///
    /// Pages leave most of them to all else (https://dev.twitch.tv/docs/api/guide/#twitch-rate-limits). It is not less,
    /// for a page asks for six things at once.
    static let requestsPerMinute = 240

    let application: PlatformApplication
    let http: PlatformHTTP
    let token: TwitchAppToken
    /// Every request takes a turn of it, whichever list it asks for.
    let share: PlatformShare

    /// A look of a cheermote.
    struct CheermoteTier: Sendable, Equatable {
        /// In lower case.
        let prefix: String
        let minimumBits: Int
        let key: PictureKey
    }

    /// The pictures of badges by `set/version`, 72 px wide: a channel's own, or those of ``TwitchBadge/everywhere``.
    func badges(of place: String) async throws(PlatformFailure) -> [String: PictureKey] {
        let list =
            place == TwitchBadge.everywhere
            ? try await list("/chat/badges/global", []) : try await list("/chat/badges", [("broadcaster_id", place)])
        var keys: [String: PictureKey] = [:]
        for set in list {
            for version in set["versions"]?.arrayValue ?? [] {
                guard let setId = set["set_id"]?.stringValue, let id = version["id"]?.stringValue,
                    let address = version["image_url_4x"]?.stringValue ?? version["image_url_2x"]?.stringValue,
                    let key = Self.key(.twitch, address, in: ["/badges/"])
                else { continue }
                keys["\(setId)/\(id)"] = key
            }
        }
        return keys
    }

    /// The looks of all cheermotes that can be used in a channel: animated, for dark backgrounds, 112 px high.
    func cheermotes(of channelId: String) async throws(PlatformFailure) -> [CheermoteTier] {
        try await list("/bits/cheermotes", [("broadcaster_id", channelId)]).flatMap { cheermote in
            (cheermote["tiers"]?.arrayValue ?? []).compactMap { tier in
                guard let prefix = cheermote["prefix"]?.stringValue, let bits = tier["min_bits"]?.integerValue,
                    let address = tier["images"]?["dark"]?["animated"]?["4"]?.stringValue,
                    let key = Self.key(.cheermote, address, in: ["/actions/", "/partner-actions/"])
                else { return nil }
                return CheermoteTier(prefix: prefix.lowercased(), minimumBits: Int(bits), key: key)
            }
        }
    }

    /// The pictures of people by their ids, of at most ``peopleLimit`` at once.
    func avatars(of userIds: [String]) async throws(PlatformFailure) -> [String: PictureKey] {
        var keys: [String: PictureKey] = [:]
        for user in try await list("/users", userIds.map { ("id", $0) }) {
            guard let id = user["id"]?.stringValue, let address = user["profile_image_url"]?.stringValue else {
                continue
            }
            keys[id] = Self.key(
                .twitch,
                address,
                in: ["/jtv_user_pictures/", "/user-default-pictures/", "/user-default-pictures-uv/"]
            )
        }
        return keys
    }

    /// The picture of an address in one of these folders.
    private static func key(_ source: PictureSource, _ address: String, in folders: [String]) -> PictureKey? {
        guard let key = PictureKey(source, address: address), folders.contains(where: key.path.hasPrefix) else {
            return nil
        }
        return key
    }

    private func list(
        _ path: String,
        _ fields: [(name: String, value: String)]
    ) async throws(PlatformFailure) -> [JSONValue] {
        let query = fields.isEmpty ? "" : "?\(FormText.encode(fields))"
        return try await token.with { token throws(PlatformFailure) in
            let answer = try await http.send(
                PlatformRequest(
                    url: application.apiURL + path + query,
                    headers: [
                        (name: "Authorization", value: "Bearer \(token.exposed)"),
                        (name: "Client-Id", value: application.clientId),
                    ],
                    share: share,
                    answerLimit: Self.sizeLimit
                )
            )
            guard answer.status != 401 else { throw .tokenRefused }
            guard answer.status != 400 else { throw .questionRefused(reason: "400 \(answer.complaint)") }
            guard answer.status == 200, let list = answer.json["data"]?.arrayValue else {
                throw .unusable(reason: "\(answer.status) \(answer.complaint)")
            }
            return list
        }
    }
}
