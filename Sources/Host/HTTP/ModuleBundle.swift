/// A page's modules as one file, so that a browser asks once and not forty times.
///
/// The modules stay what they are, and are served one by one too; this puts those that a page needs behind each other,
/// the needed before the needing, each in a scope of its own. What one exports stands in a list that all bundles of a
/// page share, so a module that comes with two of them runs once.
///
/// It knows the forms that our modules have and no others: `import {a, b as c} from "./x.js"` and `import "./x.js"` at
/// the beginning of a line, `export` before a function, a class or a constant, `import("./x.js")` and
/// `import.meta.url`. A file with another form, or modules that need each other, are not bundled: `init` gives `nil`,
/// and the page loads them one by one.
struct ModuleBundle {
    /// Changes whenever the same modules become another text: browsers keep a bundle for ever.
    static let version = "2"

    let text: String
    /// Modules that are asked for only when they are wanted (`import()`); each needs a bundle of its own.
    let later: [String]

    /// The modules of `entry`; `prefix` is the folder under which the host serves them.
    init?(of entry: String, prefix: String, text: @escaping (String) -> String?) {
        var linker = Linker(prefix: prefix, text: text)
        guard linker.add(entry) else { return nil }
        self.text = "const modules = (globalThis.streamvibesModules ??= {})\n" + linker.parts.joined()
        later = linker.later
    }

    /// Where the bundle of a module stands.
    static func address(of entry: String, prefix: String) -> String { "\(prefix)/bundles/\(entry)" }

    private struct Linker {
        let prefix: String
        let text: (String) -> String?
        var parts: [String] = []
        var later: [String] = []
        private var done: Set<String> = []
        private var underWay: Set<String> = []

        init(prefix: String, text: @escaping (String) -> String?) {
            (self.prefix, self.text) = (prefix, text)
        }

        /// Adds a module after those that it needs; `false` when that cannot be done.
        mutating func add(_ path: String) -> Bool {
            guard !done.contains(path) else { return true }
            guard let source = text(path), underWay.insert(path).inserted else { return false }
            var body = ModuleBundle.withoutComments(source)
            var bindings: [String] = []
            for match in body.matches(of: Self.named) {
                let target = ModuleGraph.resolve(String(match.2), from: path)
                guard add(target) else { return false }
                let names = match.1.split(separator: ",").map { $0.split(whereSeparator: \.isWhitespace) }
                let taken = names.filter { !$0.isEmpty }.map { $0.count == 3 ? "\($0[0]): \($0[2])" : "\($0[0])" }
                bindings.append("const { \(taken.joined(separator: ", ")) } = modules[\"\(target)\"]\n")
            }
            for match in body.matches(of: Self.bare) {
                guard add(ModuleGraph.resolve(String(match.1), from: path)) else { return false }
            }
            body.replace(Self.named, with: "")
            body.replace(Self.bare, with: "")
            let exported = body.matches(of: Self.exported).map { String($0.2) }
            body.replace(Self.exported) { "\($0.1) \($0.2)" }
            body.replace(Self.wanted) { match in
                let target = ModuleGraph.resolve(String(match.1), from: path)
                if !later.contains(target) { later.append(target) }
                let address = ModuleBundle.address(of: target, prefix: prefix)
                // A browser may remember that an address failed, so the next one is another.
                let again = "import(`\(address)?again=${Date.now()}`)"
                return "import(\"\(address)\").catch(() => \(again)).then(() => modules[\"\(target)\"])"
            }
            body.replace("import.meta.url", with: "new URL(\"\(prefix)/\(path)\", location.href).href")
            guard body.firstMatch(of: Self.unknown) == nil else { return false }
            parts.append(
                """
                if (!modules["\(path)"]) {
                \(bindings.joined())\(body)
                modules["\(path)"] = { \(exported.joined(separator: ", ")) }
                }

                """
            )
            underWay.remove(path)
            done.insert(path)
            return true
        }

        private static var named: Regex<(Substring, Substring, Substring)> {
            /(?m)^import \{([^}]*)\} from "(\.[^"\n]+)"\n/
        }
        private static var bare: Regex<(Substring, Substring)> { /(?m)^import "(\.[^"\n]+)"\n/ }
        private static var exported: Regex<(Substring, Substring, Substring)> {
            /(?m)^export ((?:async )?function\*?|class|const) ([A-Za-z_$][A-Za-z0-9_$]*)/
        }
        private static var wanted: Regex<(Substring, Substring)> { /\bimport\("(\.[^"\n]+)"\)/ }
        /// What would have to stand at the top of a module, and is none of the above.
        private static var unknown: Regex<Substring> { /(?m)^(?:import|export)\b(?!\()/ }
    }

    /// Without the lines that are comment alone; types and reasons are for those who read the files.
    private static func withoutComments(_ source: String) -> String {
        var isInside = false
        let lines = source.split(separator: "\n", omittingEmptySubsequences: true).filter { line in
            let words = line.drop { $0 == " " }
            if isInside {
                isInside = !words.hasSuffix("*/")
                return false
            }
            if words.hasPrefix("/**") {
                // A cast stands before what it is about, on the same line.
                guard !words.contains("*/") || words.hasSuffix("*/") else { return true }
                isInside = !words.hasSuffix("*/")
                return false
            }
            return !words.hasPrefix("//")
        }
        return lines.joined(separator: "\n") + "\n"
    }
}

extension WebAssets {
    /// Adds the bundle of a page's module, and those of what it asks for later.
    ///
    /// - Returns: its address; `nil` when its modules have to be loaded one by one.
    mutating func addBundles(of entry: String) -> String? {
        var bundles: [(path: String, text: String)] = []
        var waiting = [entry]
        while let path = waiting.popLast() {
            guard !bundles.contains(where: { $0.path == path }) else { continue }
            guard let bundle = ModuleBundle(of: path, prefix: prefix, text: text) else { return nil }
            bundles.append((path, bundle.text))
            waiting += bundle.later
        }
        for bundle in bundles { _ = add(bundle.text, as: "bundles/\(bundle.path)") }
        return ModuleBundle.address(of: entry, prefix: prefix)
    }
}
