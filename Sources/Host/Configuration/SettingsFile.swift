import Yams

/// `streamvibes.yaml` in the working directory: flat keys, the environment's names in lower case.
struct SettingsFile: Sendable {
    static let name = "streamvibes.yaml"

    let values: [String: String]

    /// The key of a setting in the file.
    static func key(_ name: String) -> String {
        let prefix = "STREAMVIBES_"
        return (name.hasPrefix(prefix) ? String(name.dropFirst(prefix.count)) : name).lowercased()
    }

    init(values: [String: String]) {
        self.values = values
    }

    /// Reads the file's text; refuses keys that no setting has.
    init(parsing text: String) throws(SettingsError) {
        let node: Node?
        do {
            node = try Yams.compose(yaml: text)
        } catch {
            throw SettingsError(setting: Self.name, value: nil, wanted: "YAML (\(Self.line(of: error)))", origin: .file)
        }
        guard let node, node.null == nil else {
            values = [:]
            return
        }
        guard let mapping = node.mapping else {
            throw SettingsError(setting: Self.name, value: nil, wanted: "flat \"key: value\" lines", origin: .file)
        }
        let known = Set((Settings.used + Settings.reserved).map(Self.key))
        var values: [String: String] = [:]
        for (keyNode, valueNode) in mapping {
            let key = keyNode.string ?? "?"
            guard known.contains(key) else {
                throw SettingsError(setting: key, value: key, wanted: "a known setting", origin: .file)
            }
            guard let value = valueNode.scalar?.string else {
                throw SettingsError(setting: key, value: nil, wanted: "one plain value", origin: .file)
            }
            values[key] = value
        }
        self.values = values
    }

    private static func line(of error: any Error) -> String {
        guard let error = error as? YamlError else { return "the file cannot be read" }
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            return "\(problem) in line \(mark.line)"
        default: return "the file cannot be read"
        }
    }
}
