/// Which modules a page's own module needs, so that a browser can fetch them all at once.
struct ModuleGraph {
    private let text: (String) -> String?
    /// What a module's own lines name; most pages share most of their modules.
    private var direct: [String: [String]] = [:]
    /// A long import ends on a line of its own.
    private let line = /(?m)^(?:import|export|\})[^"'\n]*"(\.[^"\n]+)"/

    /// Modules whose text `text` gives by their paths.
    init(text: @escaping (String) -> String?) {
        self.text = text
    }

    /// Every module that an entry reaches by its `import` lines, in the order in which they are met, without itself.
    ///
    /// What is imported only when it is wanted (`import()`) is not among them.
    mutating func imports(of entry: String) -> [String] {
        var found = [entry]
        var next = 0
        while next < found.count {
            for target in targets(of: found[next]) where !found.contains(target) { found.append(target) }
            next += 1
        }
        return Array(found.dropFirst())
    }

    private mutating func targets(of path: String) -> [String] {
        if let known = direct[path] { return known }
        let targets = text(path)?.matches(of: line).map { Self.resolve(String($0.1), from: path) } ?? []
        direct[path] = targets
        return targets
    }

    /// `../a/b.js` seen from `x/y/z.js` is `x/a/b.js`.
    static func resolve(_ target: String, from path: String) -> String {
        var steps = path.split(separator: "/").dropLast()
        for step in target.split(separator: "/") where step != "." {
            if step == ".." { steps = steps.dropLast() } else { steps.append(step) }
        }
        return steps.joined(separator: "/")
    }
}
