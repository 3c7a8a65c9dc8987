/// The channels that have a place in a connection to Twitch's chat, and whether it takes more of them in.
///
/// It decides and does nothing: what follows from an answer is for the connection to do.
struct IRCPlaces {
    /// Channels in one connection, at most: what an account may join at once, so that after a drop one serves all.
    static let limit = IRCJoins.limit

    /// What follows from leaving a channel.
    struct Leaving {
        /// Whether Twitch has to be told.
        var isToPart = false
        /// Whether no channel is left.
        var isLast = false
        /// Whether it is the owner's, which takes all others along.
        var isOwners = false
    }

    /// The channel of the account whose login it is, as it is joined.
    let ownersChannel: String
    private let isShared: Bool
    private(set) var mailboxes: [String: IRCMailbox] = [:]
    /// Channels that Twitch was asked to let the account into, and has not refused.
    private var asked: Set<String> = []
    /// Channels that were left, where Twitch has not said so yet: its word would be taken for one about whoever comes
    /// back.
    private var parted: Set<String> = []
    /// Whether it takes channels in.
    private var isOpen = true
    /// Whether all have been told to move.
    private var isMoving = false

    /// Places that are not shared are for the owner's channel alone.
    init(of ownersChannel: String, isShared: Bool) {
        self.ownersChannel = ownersChannel
        self.isShared = isShared
    }

    /// Takes a channel in; `nil` where there is no place for it.
    mutating func takeIn(_ channel: String) -> IRCMailbox? {
        guard isOpen, isShared || channel == ownersChannel, mailboxes.count < Self.limit, mailboxes[channel] == nil,
            !parted.contains(channel)
        else { return nil }
        let mailbox = IRCMailbox()
        mailboxes[channel] = mailbox
        return mailbox
    }

    /// Takes nobody in until there is a login.
    ///
    /// - Returns: those who wait for another's.
    mutating func shut() -> [IRCMailbox] {
        isOpen = false
        return mailboxes.filter { $0.key != ownersChannel }.map(\.value)
    }

    /// There is a login: whoever comes is taken in, if its owner is still there and nobody has to move.
    ///
    /// - Returns: those who have waited for it.
    mutating func open() -> [IRCMailbox] {
        if mailboxes[ownersChannel] != nil { isOpen = !isMoving }
        return Array(mailboxes.values)
    }

    /// Notes that Twitch is asked for a channel.
    mutating func ask(for channel: String) { asked.insert(channel) }

    /// Notes that Twitch has refused a channel.
    mutating func refuse(_ channel: String) { asked.remove(channel) }

    /// Begins to leave a channel, which keeps its place until Twitch has heard of it.
    ///
    /// - Returns: what follows, or `nil` where it has no place.
    mutating func part(_ channel: String, _ mailbox: IRCMailbox) -> Leaving? {
        guard mailboxes[channel] === mailbox else { return nil }
        guard mailboxes.count > 1 else {
            isOpen = false
            return Leaving(isLast: true)
        }
        parted.insert(channel)
        return Leaving(isToPart: true)
    }

    /// Takes a channel out; a connection that its owner has left takes nobody in.
    ///
    /// - Returns: what follows, or `nil` where it had no place.
    mutating func remove(_ channel: String, _ mailbox: IRCMailbox) -> Leaving? {
        guard mailboxes[channel] === mailbox else { return nil }
        mailboxes[channel] = nil
        let isAsked = asked.remove(channel) != nil
        let (isLast, isOwners) = (mailboxes.isEmpty, channel == ownersChannel)
        if isLast || isOwners { isOpen = false }
        let isToPart = isAsked && !isLast && parted.insert(channel).inserted
        return Leaving(isToPart: isToPart, isLast: isLast, isOwners: isOwners)
    }

    /// Twitch has let the account out of a channel.
    ///
    /// - Returns: its mailbox, where that was asked for; else Twitch may speak of another socket of the account.
    mutating func hasParted(from channel: String) -> IRCMailbox? {
        guard parted.remove(channel) != nil, let mailbox = mailboxes[channel] else { return nil }
        asked.remove(channel)
        return mailbox
    }

    /// Has all move.
    ///
    /// - Returns: those who have not been told yet.
    mutating func moveAll() -> [IRCMailbox] {
        guard !isMoving else { return [] }
        isMoving = true
        isOpen = false
        return Array(mailboxes.values)
    }

    /// Ends all places.
    ///
    /// - Returns: who had one, by channels.
    mutating func clear() -> [String: IRCMailbox] {
        defer { mailboxes = [:] }
        isOpen = false
        return mailboxes
    }
}
