/// A picture at its source: which server has it, and where there.
///
/// Whatever the path was made of, it can leave its place neither in an address nor in a folder.
struct PictureKey: Sendable, Hashable {
    /// Bytes of a path.
    static let pathLimit = 200
    /// What the file of half a picture ends in; no path does.
    static let unfinished = ".part"

    let source: PictureSource
    /// Begins with a slash.
    let path: String

    /// The picture at a path, or `nil` for a text that could be more than that.
    ///
    /// Steps are letters, digits, `_`, `-` and `.`, which is not the first of them; at most ``pathLimit`` bytes.
    init?(_ source: PictureSource, path: String) {
        let steps = path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        guard path.utf8.count <= Self.pathLimit, steps.count > 1, steps[0].isEmpty,
            steps.dropFirst().allSatisfy(Self.isStep), !path.hasSuffix(Self.unfinished)
        else { return nil }
        self.source = source
        self.path = path
    }

    /// The picture of an address that a platform named, or `nil` for one of another server.
    init?(_ source: PictureSource, address: String) {
        guard address.hasPrefix(source.documentedBase + "/") else { return nil }
        self.init(source, path: String(address.dropFirst(source.documentedBase.count)))
    }

    /// The picture at a path of words that have been checked.
    init(_ source: PictureSource, checkedPath: String) {
        self.source = source
        path = checkedPath
    }

    private static func isStep(_ step: Substring.UTF8View) -> Bool {
        let dot = UInt8(ascii: ".")
        return !step.isEmpty && step.first != dot && step.allSatisfy { $0 == dot || isPlain($0) }
    }
}

extension PictureKey {
    /// Whether a text may stand in an address as one step: `^[A-Za-z0-9_-]{1,limit}$`.
    static func isWord(_ text: String, upTo limit: Int) -> Bool {
        consists(text, upTo: limit, of: isPlain)
    }

    /// Whether a text is an id as platforms count theirs: `^[1-9][0-9]{0,17}$`, which 64 bits hold.
    static func isNumber(_ text: String) -> Bool {
        text.utf8.first != UInt8(ascii: "0") && consists(text, upTo: 18, of: isDigit)
    }

    private static func consists(_ text: String, upTo limit: Int, of isPart: (UInt8) -> Bool) -> Bool {
        let bytes = text.utf8.span
        guard (1...limit).contains(bytes.count) else { return false }
        for place in bytes.indices where !isPart(bytes[place]) { return false }
        return true
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"),
            UInt8(ascii: "-"):
            true
        default: isDigit(byte)
        }
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
}
