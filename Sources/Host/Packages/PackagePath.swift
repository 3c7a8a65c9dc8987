/// The names that files of a package may have.
///
/// Every one of them is also part of an address and a name on any file system, so they are plain ASCII.
enum PackagePath {
    static let wanted = """
        widget.json, NAME.lua, style.css, assets/… (png jpg gif webp svg ogg mp3 wav woff2), locales/en.json, \
        replays/NAME.jsonl, README.md or LICENSE
        """

    private static let assetEndings: Set = ["png", "jpg", "gif", "webp", "svg", "ogg", "mp3", "wav", "woff2"]
    private static let pathBytesLimit = 120
    private static let partsLimit = 5

    /// What is wrong with a path as such, or `nil`.
    static func fault(of path: String) -> String? {
        if path.utf8.contains(UInt8(ascii: "\\")) { return "a backslash in a name, \"/\" between folders wanted" }
        if path.hasPrefix("/") || isDrive(path) { return "an absolute path, one inside the package wanted" }
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        if parts.contains("..") { return "a path that leaves its folder, one inside the package wanted" }
        guard path.utf8.count <= pathBytesLimit, parts.count <= partsLimit else {
            return "a path of at most \(pathBytesLimit) characters and \(partsLimit - 1) folders wanted"
        }
        guard parts.allSatisfy({ isName($0) }) else {
            return "a name of letters a-z, digits, \"-\", \"_\" and \".\" that does not begin with \".\" wanted"
        }
        return nil
    }

    /// Whether a file of this path has a place in a package.
    static func isKnown(_ path: String) -> Bool {
        let parts = path.split(separator: "/")
        guard let name = parts.last else { return false }
        switch parts.first {
        case "assets" where parts.count > 1: return assetEndings.contains(ending(of: name))
        case "locales" where parts.count == 2: return ending(of: name) == "json" && isLanguage(name.dropLast(5))
        case "replays" where parts.count == 2: return ending(of: name) == "jsonl"
        default:
            guard parts.count == 1 else { return false }
            let texts: Set<Substring> = [
                "widget.json", "style.css", "README.md", "CHANGELOG.md", "LICENSE", "LICENSE.md", "LICENSE.txt",
            ]
            return texts.contains(name) || isLua(path)
        }
    }

    static func isLua(_ path: String) -> Bool {
        path.hasSuffix(".lua") && !path.contains("/") && path.utf8.count > 4
    }

    /// What follows the last dot, in small letters as it must be written.
    static func ending(of path: some StringProtocol) -> String {
        path.lastIndex(of: ".").map { String(path[path.index(after: $0)...]) } ?? ""
    }

    private static func isName(_ part: Substring) -> Bool {
        !part.isEmpty && part.utf8.first != UInt8(ascii: ".")
            && part.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"):
                    true
                default: false
                }
            }
    }

    private static func isDrive(_ path: String) -> Bool {
        path.utf8.dropFirst().first == UInt8(ascii: ":")
    }

    /// A language tag such as `en` or `pt-BR`.
    private static func isLanguage(_ name: Substring) -> Bool {
        name.wholeMatch(of: /[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}/) != nil
    }
}
