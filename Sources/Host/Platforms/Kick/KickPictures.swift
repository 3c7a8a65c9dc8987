extension PictureSource {
    /// Emotes and people of Kick.
    static let kick = PictureSource(name: "kick", documentedBase: "https://files.kick.com")
}

/// An emote of Kick, known by its id alone.
struct KickEmote: Sendable, Hashable {
    let id: String

    /// The emote of an id, or `nil` for a text that can be none: `^[1-9][0-9]{0,17}$`.
    init?(id: String) {
        guard PictureKey.isNumber(id) else { return nil }
        self.id = id
    }

    /// Where this host serves it.
    var path: String { "/img/kick/emote/\(id)" }

    /// Where Kick has it; no document of Kick's says so, but its own chat and others' take it from there.
    ///
    /// https://github.com/SevenTV/chatterino7, src/providers/kick/KickEmotes.cpp
    var key: PictureKey { PictureKey(.kick, checkedPath: "/emotes/\(id)/fullsize") }
}

/// The picture of a person on Kick, who put it there under a name that no other picture has.
struct KickAvatar: Sendable, Hashable {
    let userId: String
    let name: String

    /// The picture of an address here, or `nil` for words that could leave their place in a path.
    ///
    /// The user's id is `^[1-9][0-9]{0,17}$`, the name `^[A-Za-z0-9_-]{1,100}$`.
    init?(userId: String, name: String) {
        guard PictureKey.isNumber(userId), PictureKey.isWord(name, upTo: 100) else { return nil }
        self.userId = userId
        self.name = name
    }

    /// The picture of `profile_picture`, or `nil` for an address of another server or form.
    ///
    /// The form is `https://files.kick.com/images/user/ID/profile_image/conversion/NAME.webp`. Pictures that Kick gives
    /// to people without one are elsewhere (https://github.com/KickEngineering/KickDevDocs/issues/199).
    init?(address: String) {
        let begin = "\(PictureSource.kick.documentedBase)/images/user/"
        guard address.hasPrefix(begin), address.hasSuffix(Self.ending) else { return nil }
        let words = address.dropFirst(begin.count).dropLast(Self.ending.count).split(
            separator: "/",
            omittingEmptySubsequences: false
        )
        guard words.count == 4, words[1...2] == ["profile_image", "conversion"] else { return nil }
        self.init(userId: String(words[0]), name: String(words[3]))
    }

    /// Where this host serves it.
    var path: String { "/img/kick/avatar/\(userId)/\(name)" }

    /// Where Kick has it.
    var key: PictureKey {
        PictureKey(.kick, checkedPath: "/images/user/\(userId)/profile_image/conversion/\(name)\(Self.ending)")
    }

    private static let ending = ".webp"
}
