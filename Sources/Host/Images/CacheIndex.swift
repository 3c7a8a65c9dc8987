/// What a cache holds, in the order of its last use.
struct CacheIndex: Sendable {
    private struct Entry {
        let bytes: Int
        var lastUse: Int
    }

    private struct Use {
        let key: PictureKey
        let number: Int
    }

    private var entries: [PictureKey: Entry] = [:]
    /// Every use, oldest first; one that another use of the same picture followed says nothing any more.
    private var history: [Use] = []
    /// What stands before it in the history has been taken.
    private var taken = 0
    private var uses = 0
    /// What the entries take, and what is reserved.
    private(set) var bytes = 0

    var count: Int { entries.count }

    func has(_ key: PictureKey) -> Bool { entries[key] != nil }

    mutating func use(_ key: PictureKey) {
        guard let entry = entries[key] else { return }
        uses += 1
        entries[key] = Entry(bytes: entry.bytes, lastUse: uses)
        history.append(Use(key: key, number: uses))
        // So that it grows with the entries and not with the uses.
        if history.count > 2 * entries.count + 1024 {
            history = history[taken...].filter { entries[$0.key]?.lastUse == $0.number }
            taken = 0
        }
    }

    mutating func add(_ key: PictureKey, bytes added: Int) {
        remove(key)
        entries[key] = Entry(bytes: added, lastUse: 0)
        bytes += added
        use(key)
    }

    mutating func remove(_ key: PictureKey) {
        guard let entry = entries.removeValue(forKey: key) else { return }
        bytes -= entry.bytes
    }

    /// Takes out what was used longest ago.
    mutating func removeOldest() -> PictureKey? {
        while taken < history.count {
            let use = history[taken]
            taken += 1
            guard entries[use.key]?.lastUse == use.number else { continue }
            remove(use.key)
            return use.key
        }
        return nil
    }

    /// Counts room that is about to be filled.
    mutating func reserve(_ size: Int) { bytes += size }

    mutating func release(_ size: Int) { bytes -= size }
}
