import WidgetAPI

/// The secret in a private layout's address, after `#key=`.
struct OverlayKey: Sendable, Equatable, CustomStringConvertible {
    /// How long a key still opens its layout after another one has taken its place.
    static let graceMilliseconds: Int64 = 24 * 3_600_000

    let text: String

    /// 256 random bits.
    static func random() -> OverlayKey {
        OverlayKey(text: RandomText.make(bytes: 32))
    }

    /// What is compared: a page's key never meets the one that is kept.
    var hash: String { RandomText.hash(text) }

    var description: String { "<redacted>" }
}

/// The keys that open a layout; one without any is open to everybody.
struct OverlayKeyRing: Sendable, Equatable {
    /// When each of them ends, by its hash; the current one does not.
    var ends: [String: Timestamp?] = [:]

    var isPublic: Bool { ends.isEmpty }

    /// Whether a page that comes now with that key, or without one, may see the layout.
    func opens(for hash: String?, at moment: Timestamp) -> Bool {
        guard !isPublic else { return true }
        guard let hash, let end = ends[hash] else { return false }
        return end.map { moment < $0 } ?? true
    }

    /// Whether a page that is there already may stay.
    ///
    /// A key that has been replaced keeps its pages: nobody's stream goes dark a day after the streamer has changed the
    /// address. One that has been deleted does not.
    func keeps(_ hash: String?) -> Bool {
        isPublic || hash.map { ends.keys.contains($0) } == true
    }
}
