/// What reads bytes of strangers, each as one function that takes any bytes at all.
///
/// `make fuzz` drives them with libFuzzer, the tests with the corpus and seeded mutations of it.
enum FuzzTarget: String, CaseIterable {
    /// What a cell writes into its socket.
    case frame
    /// An answer of a cell, its picture above all.
    case view
    /// A package's `widget.json`.
    case manifest
    /// An archive, or files as text that are packed first.
    case package
    /// A message of Twitch's chat over IRC.
    case chat
    /// What Twitch tells of a channel, over a socket or in a delivery.
    case eventSub
    /// A delivery of Kick's, its type in the first line.
    case kick
    /// A message of Kick's unofficial chat socket.
    case kickChat
    /// A delivery of a tip service's, which one in the first line.
    case tip

    /// Reads the bytes; throws where a promise that holds for all bytes does not hold for these.
    func run(_ bytes: [UInt8]) throws(FuzzFinding) {
        switch self {
        case .frame: try FrameReading.run(bytes)
        case .view: try ViewReading.run(bytes)
        case .manifest: try ManifestReading.run(bytes)
        case .package: try PackageReading.run(bytes)
        case .chat: try ChatReading.run(bytes)
        case .eventSub: try EventSubReading.run(bytes)
        case .kick: try KickReading.run(bytes)
        case .kickChat: try KickChatReading.run(bytes)
        case .tip: try TipReading.run(bytes)
        }
    }
}

/// A promise that some bytes have broken.
struct FuzzFinding: Error, CustomStringConvertible {
    let description: String

    /// Throws unless the promise is kept.
    static func unless(_ isKept: Bool, _ promise: @autoclosure () -> String) throws(FuzzFinding) {
        guard isKept else { throw FuzzFinding(description: "not true: \(promise())") }
    }

    /// The value, which the promise says is there.
    static func unless<Value>(_ value: Value?, _ promise: @autoclosure () -> String) throws(FuzzFinding) -> Value {
        guard let value else { throw FuzzFinding(description: "not true: \(promise())") }
        return value
    }
}
