import WidgetAPI

/// Settings whose value is a file of the streamer's: `/files/{fileId}`.
struct AssetSettings {
    /// One such setting with a value.
    struct Value: Equatable {
        /// Where it stands in the config, such as `variations[2].sound`.
        let field: String
        let path: String
        let kind: AssetType.Kind

        /// The id of the file, whoever owns it.
        var fileId: StoredFile.ID { StoredFile.ID(String(path.dropFirst(StoredFile.prefix.count))) }
    }

    private(set) var values: [Value] = []

    /// Every file that settings of that type name; an empty value names none.
    init(_ config: JSONValue, of manifest: WidgetManifest) {
        walk(config, ConfigSchema(everySettingOf: manifest).fields, "")
    }

    private mutating func walk(_ config: JSONValue, _ fields: [ConfigSchema.Field], _ path: String) {
        for field in fields {
            guard let value = config[field.name] else { continue }
            note(value, field.kind, path.isEmpty ? field.name : "\(path).\(field.name)")
        }
    }

    private mutating func note(_ value: JSONValue, _ kind: ConfigSchema.Kind, _ path: String) {
        switch kind {
        case .text(_, .assetImage): add(value, .image, path)
        case .text(_, .assetSound): add(value, .sound, path)
        case .text(_, .assetVideo): add(value, .video, path)
        case .object(let fields): walk(value, fields, path)
        case .list(let element, _, _):
            for (index, item) in (value.arrayValue ?? []).enumerated() { note(item, element, "\(path)[\(index)]") }
        case .boolean, .integer, .number, .text, .choice: break
        }
    }

    private mutating func add(_ value: JSONValue, _ kind: AssetType.Kind, _ field: String) {
        guard let path = value.stringValue, !path.isEmpty else { return }
        values.append(Value(field: field, path: path, kind: kind))
    }
}

extension Layout {
    /// Refuses a new value of a setting that is not a file of the streamer's, of the kind that the setting takes.
    ///
    /// What stood there before may stay: a file that has been deleted must not keep anybody from saving the rest.
    func checkFiles(
        over old: [PlacedWidget],
        _ catalogue: WidgetCatalogue,
        of tenant: Tenant.ID,
        sql: any SQLSession
    ) throws {
        var elsewhere: LayoutError?
        for widget in widgets {
            guard let manifest = catalogue.kind(widget.type)?.manifest else { continue }
            let before = old.first { $0.id == widget.id }.map { AssetSettings($0.settings.config, of: manifest).values }
            let fresh = AssetSettings(widget.settings.config, of: manifest).values.filter { value in
                before?.contains { $0.path == value.path && $0.kind == value.kind } != true
            }
            for value in fresh {
                guard let file = try FileStore.file(value.fileId, of: tenant, sql: sql) else {
                    elsewhere = elsewhere ?? .elsewhere(field: "config.\(value.field)", id: value.fileId.text)
                    continue
                }
                guard file.type.kind == value.kind else {
                    throw LayoutError.wrongFile(
                        field: "config.\(value.field)",
                        value: value.path,
                        type: file.type.name,
                        wanted: "a file of the kind \(value.kind.rawValue)"
                    )
                }
            }
        }
        if let elsewhere { throw elsewhere }
    }
}
