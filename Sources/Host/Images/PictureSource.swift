/// A server that has pictures.
struct PictureSource: Sendable, Hashable {
    /// A kind of picture whose files in the cache are called by one word instead of by where the picture is.
    struct Shorthand: Sendable {
        /// What the name of such a file begins with; no other kind's does.
        let filePrefix: String
        /// What stands before the word in the picture's path, and what behind it.
        let folder: String
        let form: String
        /// Characters of the word at most.
        let wordLimit: Int
    }

    /// What files of the cache are called by; no two sources have the same.
    let name: String
    /// What the platform's own addresses of these pictures begin with.
    let documentedBase: String
    var shorthand: Shorthand?

    static func == (one: PictureSource, other: PictureSource) -> Bool { one.name == other.name }

    func hash(into hasher: inout Hasher) { hasher.combine(name) }
}
