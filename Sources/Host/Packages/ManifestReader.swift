import WidgetAPI

/// Reads `widget.json` (contract section 5) and notes everything that is wrong with it.
struct ManifestReader {
    static let fileName = "widget.json"
    static let bytesLimit = 128 << 10
    static let idPattern = "^[a-z][a-z0-9-]{1,39}$"

    private static let members = [
        "$schema", "apiVersion", "id", "name", "version", "description", "author", "license", "icon", "category",
        "defaultSize", "events", "permissions", "configSchema", "samples",
    ]
    private static let root = JSONPath()

    private var file: JSONFile
    private let object: JSONObject

    /// What the file says, and its licence, which no widget needs while it runs.
    static func manifest(_ bytes: [UInt8]) throws(PackageError) -> (manifest: WidgetManifest, license: String) {
        var reader = try ManifestReader(bytes)
        let result = reader.read()
        guard reader.file.faults.isEmpty, let result else { throw PackageError(reader.file.faults) }
        return result
    }

    private init(_ bytes: [UInt8]) throws(PackageError) {
        file = try JSONFile(Self.fileName, bytes, limit: Self.bytesLimit)
        guard let object = file.members(of: file.value, at: Self.root, known: Self.members) else {
            throw PackageError(file.faults)
        }
        self.object = object
    }

    private mutating func read() -> (manifest: WidgetManifest, license: String)? {
        if object["apiVersion"]?.integerValue != 1 { refuse("apiVersion", "the number 1") }
        let id = text("id", 2...40)
        if let id, !Self.isID(id) { refuse("id", "2 to 40 of a-z, 0-9 and \"-\", a letter first (\(Self.idPattern))") }
        let version = text("version", 5...64)
        if let version, PackageVersion(version) == nil { refuse("version", "three numbers such as 1.2.3 (SemVer)") }
        let name = text("name", 1...60)
        let description = text("description", 0...300, default: "")
        let author = text("author", 0...100, default: "")
        let license = text("license", 0...100, default: "")
        let icon = text("icon", 1...100, default: "widget")
        let category = category()
        let size = defaultSize()
        let events = events()
        let permissions = permissions()
        let samples = samples()
        let schema = ConfigSchemaReader.schema(object["configSchema"], at: Self.root / "configSchema", in: &file)
        guard let id, let version, let name, let description, let author, let license, let icon, let size, let schema
        else { return nil }
        let manifest = WidgetManifest(
            id: id,
            name: name,
            version: version,
            description: description,
            author: author,
            icon: icon,
            category: category,
            defaultSize: size,
            events: events,
            permissions: permissions,
            configSchema: schema,
            samples: samples
        )
        return (manifest, license)
    }

    static func isID(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        return (2...40).contains(bytes.count) && (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(bytes[0])
            && bytes.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"):
                    true
                default: false
                }
            }
    }

    /// One line of text.
    private mutating func text(_ name: String, _ length: ClosedRange<Int>, default fallback: String? = nil) -> String? {
        let value = object[name]
        if value == nil, let fallback { return fallback }
        guard let text = value?.stringValue, length.contains(text.count), text.utf8.count <= 4 * length.upperBound,
            !text.unicodeScalars.contains(where: { $0.properties.generalCategory == .control })
        else {
            refuse(name, "one line of \(length.lowerBound) to \(length.upperBound) characters")
            return nil
        }
        return text
    }

    private mutating func category() -> WidgetManifest.Category {
        guard let value = object["category"] else { return .tools }
        if let category = value.stringValue.flatMap(WidgetManifest.Category.init(rawValue:)) { return category }
        refuse("category", "one of \(WidgetManifest.Category.allCases.map(\.rawValue).joined(separator: ", "))")
        return .tools
    }

    private mutating func defaultSize() -> WidgetManifest.Size? {
        let path = Self.root / "defaultSize"
        guard let size = file.members(of: object["defaultSize"], at: path, known: ["width", "height"]) else {
            return nil
        }
        var sides: [Int] = []
        for (name, cells) in [("width", 12), ("height", 9)] {
            if let side = size[name]?.integerValue, (1...Int64(cells)).contains(side) {
                sides.append(Int(side))
            } else {
                file.refuse(path / name, size[name], "a whole number from 1 to \(cells)")
            }
        }
        return sides.count == 2 ? WidgetManifest.Size(width: sides[0], height: sides[1]) : nil
    }

    private mutating func events() -> [EventPattern] {
        list("events", limit: 50, required: true) { (reader: inout Self, value, path) in
            guard let text = value.stringValue, Self.isPattern(text) else {
                reader.file.refuse(path, value, "an event such as chat:message, or all of a kind as event:*")
                return nil
            }
            return EventPattern(text)
        }
    }

    private mutating func permissions() -> [WidgetManifest.Permission] {
        list("permissions", limit: 10) { (reader: inout Self, value, path) in
            if let known = value.stringValue.flatMap(WidgetManifest.Permission.init(rawValue:)) { return known }
            let names = WidgetManifest.Permission.allCases.map(\.rawValue).joined(separator: ", ")
            reader.file.refuse(path, value, "one of \(names)")
            return nil
        }
    }

    private mutating func samples() -> [WidgetManifest.Sample] {
        list("samples", limit: 50) { (reader: inout Self, value, path) in
            guard let sample = reader.file.members(of: value, at: path, known: ["type", "payload"]) else { return nil }
            guard let type = sample["type"]?.stringValue, Self.isPattern(type), !type.hasSuffix("*") else {
                reader.file.refuse(path / "type", sample["type"], "an event such as chat:message")
                return nil
            }
            guard let payload = sample["payload"], payload.objectValue != nil else {
                reader.file.refuse(path / "payload", sample["payload"], "an object")
                return nil
            }
            return WidgetManifest.Sample(EventType(type), payload)
        }
    }

    private mutating func list<Element: Equatable>(
        _ name: String,
        limit: Int,
        required: Bool = false,
        _ read: (inout Self, JSONValue, JSONPath) -> Element?
    ) -> [Element] {
        let path = Self.root / name
        if !required, object[name] == nil { return [] }
        guard let values = object[name]?.arrayValue, values.count <= limit else {
            refuse(name, "a list of at most \(limit)")
            return []
        }
        var result: [Element] = []
        for (index, value) in values.enumerated() {
            guard let element = read(&self, value, path[index]) else { continue }
            let isNamed = Element.self != WidgetManifest.Sample.self
            if isNamed, result.contains(element) { file.refuse(path[index], value, "each one once") }
            result.append(element)
        }
        return result
    }

    /// Whether it is `domain:action`, `domain:*` or `*`.
    private static func isPattern(_ text: String) -> Bool {
        text.utf8.count <= 64 && text.wholeMatch(of: /\*|[a-z][a-z0-9-]*:(\*|[a-z0-9][A-Za-z0-9-]*\*?)/) != nil
    }

    private mutating func refuse(_ name: String, _ wanted: String) {
        file.refuse(Self.root / name, object[name], wanted)
    }
}
