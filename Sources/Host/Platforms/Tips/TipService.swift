/// A service through which viewers send money, and which tells of each tip at an address of the streamer's.
enum TipService: String, Sendable, CaseIterable {
    case kofi, stripe, buymeacoffee

    /// Where its events come from.
    var platform: Platform {
        switch self {
        case .kofi: .kofi
        case .stripe: .stripe
        case .buymeacoffee: .buymeacoffee
        }
    }

    /// How every secret of the service begins; empty where nothing is known of that.
    var secretBeginning: String { self == .stripe ? "whsec_" : "" }

    /// Characters of a secret.
    ///
    /// No service promises a length: those known have 32 to 64.
    static let secretLength = 10...200

    /// What a secret of the service looks like, in words.
    var secretWanted: String {
        let length = "\(Self.secretLength.lowerBound) to \(Self.secretLength.upperBound) visible ASCII characters"
        return secretBeginning.isEmpty ? length : "\(secretBeginning) and what follows it, together \(length)"
    }

    /// Whether the text can be the service's secret.
    func admits(secret: String) -> Bool {
        Self.secretLength.contains(secret.utf8.count) && secret.hasPrefix(secretBeginning)
            && secret.utf8.allSatisfy { (0x21...0x7E).contains($0) }
    }
}
