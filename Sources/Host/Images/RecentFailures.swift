/// The pictures that could not be had a moment ago, so that one broken id in a fast chat does not hammer its source.
struct RecentFailures: Sendable {
    private struct Entry {
        let failure: ImageFailure
        let end: ContinuousClock.Instant
    }

    /// How long a failure is believed.
    let memory: Duration
    /// The most that are remembered; then the oldest are forgotten.
    let limit: Int

    private var entries: [PictureKey: Entry] = [:]
    /// In the order in which they end; a picture is remembered anew only after it was forgotten.
    private var order: [PictureKey] = []

    init(memory: Duration, limit: Int) {
        self.memory = memory
        self.limit = limit
    }

    var count: Int { entries.count }

    mutating func remember(_ failure: ImageFailure, of key: PictureKey, at now: ContinuousClock.Instant) {
        forget(endedAt: now)
        if entries.updateValue(Entry(failure: failure, end: now + memory), forKey: key) != nil {
            order.removeAll { $0 == key }
        }
        order.append(key)
        if order.count > limit { entries[order.removeFirst()] = nil }
    }

    /// What happened to this picture within the time that is remembered.
    func failure(of key: PictureKey, at now: ContinuousClock.Instant) -> ImageFailure? {
        guard let entry = entries[key], now < entry.end else { return nil }
        return entry.failure
    }

    private mutating func forget(endedAt now: ContinuousClock.Instant) {
        let ended = order.prefix { key in entries[key].map { $0.end <= now } ?? true }
        for key in ended { entries[key] = nil }
        order.removeFirst(ended.count)
    }
}
