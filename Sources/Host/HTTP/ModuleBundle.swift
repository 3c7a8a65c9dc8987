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

    /// The bundle of `entry`.
    init?(of entry: String, among modules: BundledModules) {
        var linker = Linker(modules: modules)
        guard linker.add(entry) else { return nil }
        text = "const modules = (globalThis.streamvibesModules ??= {})\n" + linker.parts.joined()
        later = linker.later
    }

    /// Where the bundle of a module stands.
    static func address(of entry: String, prefix: String) -> String { "\(prefix)/bundles/\(entry)" }

    private struct Linker {
        let modules: BundledModules
        var parts: [String] = []
        var later: [String] = []
        private var done: Set<String> = []
        private var underWay: Set<String> = []

        init(modules: BundledModules) {
            self.modules = modules
        }

        /// Adds a module after those that it needs; `false` when that cannot be done.
        mutating func add(_ path: String) -> Bool {
            guard !done.contains(path) else { return true }
            guard let module = modules.module(path), underWay.insert(path).inserted else { return false }
            for target in module.needed {
                guard add(target) else { return false }
            }
            for target in module.later where !later.contains(target) { later.append(target) }
            parts.append(module.text)
            underWay.remove(path)
            done.insert(path)
            return true
        }
    }
}

extension WebAssets {
    /// Adds the bundle of a page's module, and those of what it asks for later.
    ///
    /// - Returns: its address; `nil` when its modules have to be loaded one by one.
    mutating func addBundles(of entry: String, among modules: BundledModules) -> String? {
        var bundles: [(path: String, text: String)] = []
        var waiting = [entry]
        while let path = waiting.popLast() {
            guard !bundles.contains(where: { $0.path == path }) else { continue }
            guard let bundle = ModuleBundle(of: path, among: modules) else { return nil }
            bundles.append((path, bundle.text))
            waiting += bundle.later
        }
        for bundle in bundles { add(bundle.text, as: "bundles/\(bundle.path)") }
        return ModuleBundle.address(of: entry, prefix: prefix)
    }
}
