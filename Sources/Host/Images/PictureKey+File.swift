/// What a picture is called in the cache.
extension PictureKey {
    var fileName: String {
        guard let word else { return source.name + path.replacing("/", with: "+") }
        return word
    }

    /// The picture that a file of the cache is, or `nil`.
    init?(fileName: String) {
        for source in PictureSource.all {
            guard let key = Self.shortened(fileName, source) ?? Self.spelled(fileName, source) else { continue }
            // One picture has one file.
            guard key.fileName == fileName else { return nil }
            self = key
            return
        }
        return nil
    }

    /// The name that its source's shorthand gives it; `nil` for a picture of another kind.
    private var word: String? {
        guard let shorthand = source.shorthand, path.hasPrefix(shorthand.folder), path.hasSuffix(shorthand.form) else {
            return nil
        }
        let word = String(path.dropFirst(shorthand.folder.count).dropLast(shorthand.form.count))
        return Self.isWord(word, upTo: shorthand.wordLimit) ? shorthand.filePrefix + word : nil
    }

    private static func shortened(_ fileName: String, _ source: PictureSource) -> PictureKey? {
        guard let shorthand = source.shorthand, fileName.hasPrefix(shorthand.filePrefix) else { return nil }
        return PictureKey(
            source,
            path: shorthand.folder + fileName.dropFirst(shorthand.filePrefix.count) + shorthand.form
        )
    }

    private static func spelled(_ fileName: String, _ source: PictureSource) -> PictureKey? {
        guard fileName.hasPrefix(source.name + "+") else { return nil }
        return PictureKey(source, path: String(fileName.dropFirst(source.name.count)).replacing("+", with: "/"))
    }
}
