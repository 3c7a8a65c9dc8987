/// Which modules a page's own module needs, so that a browser can fetch them all at once.
enum ModuleGraph {
    /// Every module that an entry reaches by its `import` lines, in the order in which they are met, without itself.
    ///
    /// What is imported only when it is wanted (`import()`) is not among them.
    static func imports(of entry: String, text: (String) -> String?) -> [String] {
        var found = [entry]
        var next = 0
        while next < found.count {
            let path = found[next]
            next += 1
            guard let module = text(path) else { continue }
            for match in module.matches(of: line) {
                let target = resolve(String(match.1), from: path)
                if !found.contains(target) { found.append(target) }
            }
        }
        return Array(found.dropFirst())
    }

    /// A long import ends on a line of its own.
    private static var line: Regex<(Substring, Substring)> {
        /(?m)^(?:import|export|\})[^"'\n]*"(\.[^"\n]+)"/
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
