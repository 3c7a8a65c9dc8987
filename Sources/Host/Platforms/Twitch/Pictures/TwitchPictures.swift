import Logging

/// Where Twitch has the pictures of its badges, cheermotes and people, whose names do not tell.
///
/// Twitch is asked when a page wants one, and an answer is believed for an hour. Only of channels of this host is
/// anything looked up; of people, who may be anybody, a hundred in one request. All requests take turns of one
/// ``PlatformShare``.
struct TwitchPictures: Sendable {
    private let isChannelHere: @Sendable (String) async throws -> Bool
    private let badges: KeptAnswers<String, [String: PictureKey]>
    private let cheermotes: KeptAnswers<String, [TwitchPictureLists.CheermoteTier]>
    private let avatars: KeptAnswers<String, PictureKey>

    /// `isChannelHere` says whether that user of Twitch has a channel on this host.
    ///
    /// Who asks waits as long as `patience`; another is of use in tests alone.
    init(
        lists: TwitchPictureLists,
        isChannelHere: @escaping @Sendable (String) async throws -> Bool,
        patience: Duration = .seconds(3),
        logger: Logger
    ) {
        self.isChannelHere = isChannelHere
        badges = KeptAnswers(
            of: "Twitch's badges",
            limits: .init(answers: 2000, patience: patience),
            logger: logger
        ) { (places) throws(PlatformFailure) in
            try await Self.eachAlone(places) { (place) throws(PlatformFailure) in try await lists.badges(of: place) }
        }
        cheermotes = KeptAnswers(
            of: "Twitch's cheermotes",
            // A list has those of everywhere too, some hundred.
            limits: .init(answers: 200, patience: patience),
            logger: logger
        ) { (ids) throws(PlatformFailure) in
            try await Self.eachAlone(ids) { (id) throws(PlatformFailure) in try await lists.cheermotes(of: id) }
        }
        avatars = KeptAnswers(
            of: "pictures of people on Twitch",
            limits: .init(answers: 20_000, together: TwitchPictureLists.peopleLimit, patience: patience),
            logger: logger
        ) { (ids) throws(PlatformFailure) in
            try await lists.avatars(of: ids)
        }
    }

    /// The channel's own picture of a badge, else that of everywhere.
    func key(of badge: TwitchBadge) async throws -> PictureKey {
        let name = "\(badge.set)/\(badge.version)"
        if let channelId = badge.channelId {
            guard try await isChannelHere(channelId) else { throw ImageFailure.unknown }
            if let key = try await badges.answer(to: channelId)?[name] { return key }
        }
        guard let key = try await badges.answer(to: TwitchBadge.everywhere)?[name] else { throw ImageFailure.unknown }
        return key
    }

    /// The look of a cheermote at its tier: that of the most bits that are not more.
    func key(of cheermote: TwitchCheermote) async throws -> PictureKey {
        guard try await isChannelHere(cheermote.channelId) else { throw ImageFailure.unknown }
        let looks = try await cheermotes.answer(to: cheermote.channelId) ?? []
        let fitting = looks.filter { $0.prefix == cheermote.prefix && $0.minimumBits <= cheermote.tier }
        guard let look = fitting.max(by: { $0.minimumBits < $1.minimumBits }) else { throw ImageFailure.unknown }
        return look.key
    }

    func key(of avatar: TwitchAvatar) async throws -> PictureKey {
        guard let key = try await avatars.answer(to: avatar.userId) else { throw ImageFailure.unknown }
        return key
    }

    private static func eachAlone<Answer>(
        _ questions: [String],
        _ ask: (String) async throws(PlatformFailure) -> Answer
    ) async throws(PlatformFailure) -> [String: Answer] {
        var answers: [String: Answer] = [:]
        for question in questions { answers[question] = try await ask(question) }
        return answers
    }
}
