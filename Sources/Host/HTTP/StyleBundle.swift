/// A page's style sheets as one file, in their order.
enum StyleBundle {
    /// A sheet that another one imports is not there.
    struct MissingSheet: Error, CustomStringConvertible {
        let path: String
        let importer: String

        var description: String { "\(importer) imports \(path), which is not there" }
    }

    /// The sheets behind each other; one that a sheet imports stands where it is first asked for.
    ///
    /// A page need not have a sheet of its own, so one of `paths` may be missing; what is imported must be there.
    static func text(of paths: [String], text: (String) -> String?) throws -> String {
        var added: Set<String> = []
        func add(_ path: String, importer: String?) throws -> String {
            guard added.insert(path).inserted else { return "" }
            guard var sheet = text(path) else {
                guard let importer else { return "" }
                throw MissingSheet(path: path, importer: importer)
            }
            try sheet.replace(/(?m)^@import url\("([^"\n]+)"\);\n/) { match in
                try add(ModuleGraph.resolve(String(match.1), from: path), importer: path)
            }
            return sheet
        }
        return try paths.map { try add($0, importer: nil) }.joined()
    }
}
