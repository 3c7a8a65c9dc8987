/// What a cache holds, in the order of its last use.
struct CacheIndex: Sendable {
    private struct Entry {
        let bytes: Int
        var lastUse: Int
    }

    private struct Use {
        let emote: TwitchEmote
        let number: Int
    }

    private var entries: [TwitchEmote: Entry] = [:]
    /// Every use, oldest first; one that another use of the same emote followed says nothing any more.
    private var history: [Use] = []
    /// What stands before it in the history has been taken.
    private var taken = 0
    private var uses = 0
    /// What the entries take, and what is reserved.
    private(set) var bytes = 0

    var count: Int { entries.count }

    func has(_ emote: TwitchEmote) -> Bool { entries[emote] != nil }

    mutating func use(_ emote: TwitchEmote) {
        guard let entry = entries[emote] else { return }
        uses += 1
        entries[emote] = Entry(bytes: entry.bytes, lastUse: uses)
        history.append(Use(emote: emote, number: uses))
        // So that it grows with the entries and not with the uses.
        if history.count > 2 * entries.count + 1024 {
            history = history[taken...].filter { entries[$0.emote]?.lastUse == $0.number }
            taken = 0
        }
    }

    mutating func add(_ emote: TwitchEmote, bytes added: Int) {
        remove(emote)
        entries[emote] = Entry(bytes: added, lastUse: 0)
        bytes += added
        use(emote)
    }

    mutating func remove(_ emote: TwitchEmote) {
        guard let entry = entries.removeValue(forKey: emote) else { return }
        bytes -= entry.bytes
    }

    /// Takes out what was used longest ago.
    mutating func removeOldest() -> TwitchEmote? {
        while taken < history.count {
            let use = history[taken]
            taken += 1
            guard entries[use.emote]?.lastUse == use.number else { continue }
            remove(use.emote)
            return use.emote
        }
        return nil
    }

    /// Counts room that is about to be filled.
    mutating func reserve(_ size: Int) { bytes += size }

    mutating func release(_ size: Int) { bytes -= size }
}
