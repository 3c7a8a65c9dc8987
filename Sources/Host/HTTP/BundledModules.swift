/// The modules of the pages in the form in which bundles have them, each read once: most pages share most of theirs,
/// and a host that starts reads all of them.
final class BundledModules {
    /// A module without its imports and comments, in a scope of its own.
    struct Module {
        let text: String
        /// Modules that must stand before it, in the order in which it names them.
        let needed: [String]
        /// Modules that it asks for only when they are wanted.
        let later: [String]
    }

    /// The folder under which the host serves modules and bundles.
    let prefix: String
    private let text: (String) -> String?
    private let forms = Forms()
    private var read: [String: Module?] = [:]

    /// Those whose text `text` gives by their paths.
    init(prefix: String, text: @escaping (String) -> String?) {
        (self.prefix, self.text) = (prefix, text)
    }

    convenience init(_ assets: WebAssets) {
        self.init(prefix: assets.prefix, text: assets.text)
    }

    /// The module at that path; `nil` when there is none, or one of another form than ``ModuleBundle`` knows.
    func module(_ path: String) -> Module? {
        if let known = read[path] { return known }
        let module = text(path).flatMap { parse($0, at: path) }
        read[path] = .some(module)
        return module
    }

    private func parse(_ source: String, at path: String) -> Module? {
        var body = Self.withoutComments(source)
        var (needed, later, bindings): ([String], [String], [String]) = ([], [], [])
        for match in body.matches(of: forms.named) {
            let target = ModuleGraph.resolve(String(match.2), from: path)
            let names = match.1.split(separator: ",").map { $0.split(whereSeparator: \.isWhitespace) }
            let taken = names.filter { !$0.isEmpty }.map { $0.count == 3 ? "\($0[0]): \($0[2])" : "\($0[0])" }
            needed.append(target)
            bindings.append("const { \(taken.joined(separator: ", ")) } = modules[\"\(target)\"]\n")
        }
        needed += body.matches(of: forms.bare).map { ModuleGraph.resolve(String($0.1), from: path) }
        body.replace(forms.named, with: "")
        body.replace(forms.bare, with: "")
        let exported = body.matches(of: forms.exported).map { String($0.2) }
        body.replace(forms.exported) { "\($0.1) \($0.2)" }
        body.replace(forms.wanted) { match in
            let target = ModuleGraph.resolve(String(match.1), from: path)
            later.append(target)
            let address = ModuleBundle.address(of: target, prefix: prefix)
            // A browser may remember that an address failed, so the next one is another.
            let again = "import(`\(address)?again=${Date.now()}`)"
            return "import(\"\(address)\").catch(() => \(again)).then(() => modules[\"\(target)\"])"
        }
        body.replace("import.meta.url", with: "new URL(\"\(prefix)/\(path)\", location.href).href")
        guard body.firstMatch(of: forms.unknown) == nil else { return nil }
        let text = """
            if (!modules["\(path)"]) {
            \(bindings.joined())\(body)
            modules["\(path)"] = { \(exported.joined(separator: ", ")) }
            }

            """
        return Module(text: text, needed: needed, later: later)
    }

    /// What our modules are made of.
    private struct Forms {
        let named = /(?m)^import \{([^}]*)\} from "(\.[^"\n]+)"\n/
        let bare = /(?m)^import "(\.[^"\n]+)"\n/
        let exported = /(?m)^export ((?:async )?function\*?|class|const) ([A-Za-z_$][A-Za-z0-9_$]*)/
        let wanted = /\bimport\("(\.[^"\n]+)"\)/
        /// What would have to stand at the top of a module, and is none of the above.
        let unknown = /(?m)^(?:import|export)\b(?!\()/
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
