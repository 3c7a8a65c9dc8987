/// A picture of our own, drawn for the demo and part of the program.
struct DemoPicture: Sendable, Hashable {
    /// What it shows; also the name of its place in addresses.
    enum Kind: String, Sendable {
        case emote, avatar
    }

    let kind: Kind
    let name: String

    /// The picture of a name, or `nil` for a text that can be none: `^[a-z0-9-]{1,40}$`.
    init?(_ kind: Kind, named name: String) {
        let isPlain = name.utf8.allSatisfy { byte in
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
                || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: "-")
        }
        guard (1...40).contains(name.utf8.count), isPlain else { return nil }
        self.kind = kind
        self.name = name
    }

    /// Where this host serves it.
    var path: String { "/img/demo/\(kind.rawValue)/\(name)" }

    /// Where it stands among the page files.
    var asset: String { "demo/\(kind.rawValue)s/\(name).svg" }
}
