/// A page's style sheets as one file, in their order.
enum StyleBundle {
    /// The sheets behind each other; one that a sheet imports stands where it is first asked for.
    static func text(of paths: [String], text: (String) -> String?) -> String {
        var added: Set<String> = []
        func add(_ path: String) -> String {
            guard added.insert(path).inserted, var sheet = text(path) else { return "" }
            sheet.replace(/(?m)^@import url\("([^"\n]+)"\);\n/) { match in
                add(ModuleGraph.resolve(String(match.1), from: path))
            }
            return sheet
        }
        return paths.map(add).joined()
    }
}
