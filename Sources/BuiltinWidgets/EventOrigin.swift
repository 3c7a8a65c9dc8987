import WidgetAPI

/// Where a thing on screen came from; an event's id is unique within its platform only.
struct EventOrigin: Equatable, JSONConvertible {
    // The view's limit for a key.
    private static let keyBytesLimit = 64

    let platform: String
    let id: String

    init(platform: String, id: String) {
        self.platform = platform
        self.id = id
    }

    init(_ event: Event) {
        self.init(platform: event.platform, id: event.id.text)
    }

    init?(json: JSONValue) {
        guard let platform = json["platform"]?.stringValue, let id = json["id"]?.stringValue else { return nil }
        self.init(platform: platform, id: id)
    }

    var json: JSONValue { ["platform": .string(platform), "id": .string(id)] }

    /// Names the thing among its siblings in a view.
    var key: String {
        let key = "\(platform):\(id)"
        // One key that is too long would keep the whole picture from the screen.
        return key.utf8.count <= Self.keyBytesLimit ? key : "long:\(String(stableHash(of: key), radix: 16))"
    }

    /// What a moderator's deletion is compared with.
    var source: Event.ID { Event.ID(id) }

    /// The platform as people write it.
    var platformName: String {
        switch platform {
        case "kofi": return "Ko-fi"
        case "buymeacoffee": return "Buy Me a Coffee"
        default: return platform.prefix(1).uppercased() + platform.dropFirst()
        }
    }
}

/// FNV-1a, 64 bits: the same on every machine and after every restart, which `Hasher` is not.
func stableHash(of text: String) -> UInt64 {
    text.utf8.reduce(0xcbf2_9ce4_8422_2325) { hash, byte in
        (hash ^ UInt64(byte)) &* 0x100_0000_01b3
    }
}
