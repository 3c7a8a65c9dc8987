import WidgetAPI

extension ChatLine {
    // A message of either platform has at most 500 characters; four bytes hold any one without marks on it.
    private static let charactersLimit = 500
    private static let bytesLimit = 2000
    private static let fragmentsLimit = 60
    private static let addressBytesLimit = 200
    private static let otherPicturesLimit = 3
    // Enough to recognise a message by, on one line of a narrow chat.
    private static let quotedCharactersLimit = 60
    // Platforms' ids are UUIDs; a longer one would cost more than what it stands for.
    private static let quotedIdBytesLimit = 100

    // The names and marks of a line and of its parts, in the view or the state, whichever needs more.
    private static let markupBytes = 400
    private static let roleMarkupBytes = 70
    private static let pictureMarkupBytes = 60
    private static let quoteMarkupBytes = 110
    // More than its bytes: it also keeps the number of nodes, two for a piece, below the view's limit.
    private static let fragmentMarkupBytes = 80

    /// What this line takes of the limits of state and view, in bytes; never less than either needs.
    var weight: Int {
        var weight = Self.markupBytes + roles.count * Self.roleMarkupBytes
        weight += Self.bytes(name) + Self.bytes(login) + Self.bytes(userId) + Self.bytes(avatarUrl)
        // The id stands in the key as well.
        weight += Self.bytes(origin.platform) * 2 + Self.bytes(origin.id) * 2
        for picture in pictures {
            weight += Self.pictureMarkupBytes + Self.bytes(picture.set) + Self.bytes(picture.title)
            weight += Self.bytes(picture.url)
        }
        for fragment in fragments {
            weight += Self.fragmentMarkupBytes + Self.bytes(fragment.text) + Self.bytes(fragment.emoteId)
            weight += Self.bytes(fragment.emoteUrl)
            // One node more than other pieces: the number stands beside the picture.
            if fragment.kind == .cheermote, fragment.emoteUrl != nil { weight += Self.pictureMarkupBytes }
        }
        guard let quote else { return weight }
        return weight + Self.quoteMarkupBytes + Self.bytes(quote.messageId) + Self.bytes(quote.name)
            + Self.bytes(quote.text)
    }

    /// What JSON needs for a text, quotes left out.
    private static func bytes(_ text: String?) -> Int {
        text?.utf8.reduce(0) { $0 + ($1 == 0x22 || $1 == 0x5C ? 2 : $1 < 0x20 ? 6 : 1) } ?? 0
    }

    /// The address, if it is a picture of this host; a platform's own would tell it who watches.
    static func picture(_ address: String?) -> String? {
        address.flatMap { $0.hasPrefix("/img/") && $0.utf8.count <= addressBytesLimit ? $0 : nil }
    }

    static func roles(of user: User?) -> [User.Role] {
        guard let user else { return [] }
        return User.Role.allCases.filter { role in
            user.roles.contains(role) || user.badges.contains { $0.set == role.rawValue }
        }
    }

    /// The pictures of the roles' badges, and the first few others in the platform's order.
    static func pictures(of user: User?) -> [BadgePicture] {
        var kept: [BadgePicture] = []
        var others = 0
        for badge in user?.badges ?? [] {
            guard let url = picture(badge.imageUrl), !kept.contains(where: { $0.set == badge.set }) else { continue }
            if User.Role(rawValue: badge.set) == nil {
                others += 1
                guard others <= otherPicturesLimit else { continue }
            }
            let set = badge.set.cut(characters: 40, bytes: 80)
            let title = (badge.title ?? badge.set).cut(characters: 40, bytes: 120)
            kept.append(BadgePicture(set: set, title: title, url: url))
        }
        return kept
    }

    static func quote(_ reply: ChatMessage.Reply) -> Quote {
        // Without its whole id the quoted text could not be taken away when a moderator removes the message.
        let isKnown = reply.messageId.utf8.count <= quotedIdBytesLimit
        return Quote(
            messageId: isKnown ? reply.messageId : "",
            name: reply.displayName.cut(characters: 40, bytes: 120),
            text: isKnown && !reply.text.isEmpty ? reply.text.cut(characters: quotedCharactersLimit, bytes: 180) : nil
        )
    }

    /// The pieces that are kept: neighbours of the same plain kind are one, so that the number of nodes stays small.
    static func kept(_ fragments: [Fragment]) -> [Fragment] {
        var allowance = TextAllowance(characters: charactersLimit, bytes: bytesLimit)
        var kept: [Fragment] = []
        for fragment in fragments where !allowance.isExhausted {
            let text = allowance.take(fragment.text)
            let isWhole = !allowance.isExhausted && kept.count < fragmentsLimit
            append(isWhole ? drawable(fragment, text: text) : Fragment(.text, text), to: &kept)
        }
        return kept
    }

    private static func append(_ fragment: Fragment, to kept: inout [Fragment]) {
        guard !fragment.text.isEmpty else { return }
        if fragment.kind == .text, let last = kept.indices.last, kept[last].kind == .text {
            kept[last].text += fragment.text
        } else {
            kept.append(fragment)
        }
    }

    /// The piece in the kind in which it is drawn: an emote without a picture of this host is its name.
    private static func drawable(_ fragment: Fragment, text: String) -> Fragment {
        switch fragment.kind {
        case .text, .mention, .link:
            return Fragment(fragment.kind, text)
        case .emote, .cheermote:
            guard let id = fragment.emoteId, let url = picture(fragment.emoteUrl), id.utf8.count <= addressBytesLimit
            else { return Fragment(fragment.kind == .emote ? .text : .cheermote, text) }
            return Fragment(fragment.kind, text, emoteId: id, emoteUrl: url)
        }
    }
}
