/// The style sheet of a package, as pages may have it.
///
/// The sheet goes into the widget's shadow root and so reaches nothing outside; what a shadow root does not hold back
/// is refused when it is read (contract section 5).
struct WidgetStyle: Sendable, Equatable {
    static let fileName = "style.css"
    static let bytesLimit = 32 << 10
    static let rulesLimit = 500

    /// A font that the package brings.
    ///
    /// Browsers ignore `@font-face` in a shadow root, so it goes into the page itself, under a name of the package's.
    struct Font: Sendable, Equatable {
        /// What the page calls it: `<id>-<name>`.
        let family: String
        /// The whole `@font-face` rule.
        let rule: String
    }

    /// The sheet with every address that it names turned into one of this host.
    let sheet: String
    let fonts: [Font]

    /// Where a package's files are served: the hash makes each version its own folder, to be kept for ever.
    static func address(of path: String, id: String, hash: String) -> String {
        "/assets/widgets/\(id)/\(hash.prefix(16))/\(path)"
    }
}

/// A sheet with the places that are to be written anew.
struct StyleEdits {
    private var edits: [(range: Range<Int>, text: String)] = []

    mutating func replace(_ range: Range<Int>, with text: String) {
        edits.append((range, text))
    }

    /// The bytes of that range with every edit inside it.
    func text(_ bytes: [UInt8], in range: Range<Int>) -> String {
        var result: [UInt8] = []
        var position = range.lowerBound
        for edit in edits.sorted(by: { $0.range.lowerBound < $1.range.lowerBound }) {
            guard edit.range.lowerBound >= position, edit.range.upperBound <= range.upperBound else { continue }
            result += bytes[position..<edit.range.lowerBound]
            result += edit.text.utf8
            position = edit.range.upperBound
        }
        result += bytes[position..<range.upperBound]
        return String(decoding: result, as: UTF8.self)
    }
}
