import WidgetAPI

/// The sentences of the pages in one language.
struct Words: Sendable {
    /// As in the page's `lang`.
    let language: String
    private let sentences: [String: String]
    /// What the keys begin with here: templates go down to `shell.home` step by step.
    private let path: String

    init(language: String, sentences: [String: String], path: String = "") {
        self.language = language
        self.sentences = sentences
        self.path = path
    }

    /// Reads a catalogue: one object of texts.
    init(language: String, parsing text: String) throws {
        var sentences: [String: String] = [:]
        for member in try JSONValue(parsing: text).objectValue?.members ?? [] {
            sentences[member.name] = member.value.stringValue
        }
        self.init(language: language, sentences: sentences)
    }

    /// A sentence with its arguments in place of `{name}`; the key itself where there is none.
    func sentence(_ key: String, _ arguments: [String: String] = [:]) -> String {
        arguments.reduce(sentences[key] ?? key) { $0.replacing("{\($1.key)}", with: $1.value) }
    }

    /// One step down the keys, or the sentence at the end of them.
    func step(_ name: String) -> Any? {
        let key = path.isEmpty ? name : "\(path).\(name)"
        return sentences[key] ?? Words(language: language, sentences: sentences, path: key)
    }

    /// The sentences whose keys begin with one of these words, as a JSON block in a page carries them.
    ///
    /// Nothing in it can end the block.
    func block(of beginnings: Set<String>) -> String {
        var wanted: JSONObject = [:]
        let told = sentences.filter { beginnings.contains(String($0.key.prefix { $0 != "." })) }
        for (key, sentence) in told.sorted(by: { $0.key < $1.key }) { wanted[key] = .string(sentence) }
        return JSONValue.object(wanted).text.replacing("<", with: "\\u003c")
    }
}

/// The languages that the pages speak.
struct Locales: Sendable {
    /// Spoken where nothing else is asked for.
    static let fallback = "en"
    static let names = ["en", "de"]

    private let all: [String: Words]

    init(_ assets: WebAssets) throws {
        var all: [String: Words] = [:]
        for name in Self.names {
            all[name] = try Words(language: name, parsing: assets.text("locales/\(name).json") ?? "{}")
        }
        self.all = all
    }

    /// The first that is spoken here: what the streamer has chosen, what the browser asks for, English.
    func words(chosen: String?, accepted: String?) -> Words {
        let wished = (chosen.map { [$0] } ?? []) + Self.wishes(accepted ?? "")
        for tag in wished {
            if let words = all[tag.prefix { $0 != "-" }.lowercased()] { return words }
        }
        return all[Self.fallback] ?? Words(language: Self.fallback, sentences: [:])
    }

    /// The languages of an `Accept-Language` header (RFC 9110, 12.5.4), the dearest first.
    static func wishes(_ header: String) -> [String] {
        let wishes = header.prefix(500).split(separator: ",").map { part -> (tag: String, weight: Double) in
            let pieces = part.split(separator: ";", omittingEmptySubsequences: false).map { $0.filter { $0 != " " } }
            let weight = pieces.dropFirst().first { $0.hasPrefix("q=") }.map { Double($0.dropFirst(2)) ?? 0 }
            return (pieces.first ?? "", weight ?? 1)
        }
        let kept = wishes.enumerated().filter { $0.element.weight > 0 && !$0.element.tag.isEmpty }
        // Of two that are equally dear the one that stands first.
        return kept.sorted { ($1.element.weight, $0.offset) < ($0.element.weight, $1.offset) }.map(\.element.tag)
    }
}
