import WidgetAPI

/// Layouts, widgets and widget types as the API shows them.
struct LayoutJSON: Sendable {
    let catalogue: WidgetCatalogue

    func layout(_ layout: Layout) -> JSONValue {
        [
            "id": .string(layout.id.text), "name": .string(layout.name), "isDefault": .bool(layout.isDefault),
            "mode": .string(layout.mode.rawValue),
            "grid": [
                "columns": .integer(layout.grid.columns), "rows": .integer(layout.grid.rows),
                "gap": .integer(layout.grid.gap),
            ],
            "themeId": .string(layout.themeId.text),
            "widgets": .array(layout.widgets.map { widget($0, on: layout) }), "version": .integer(layout.version),
            "createdAt": .string(layout.createdAt.iso8601), "updatedAt": .string(layout.updatedAt.iso8601),
        ]
    }

    func widget(_ widget: PlacedWidget, on layout: Layout) -> JSONValue {
        [
            "id": .string(widget.id.text), "layoutId": .string(layout.id.text), "type": .string(widget.type),
            "config": config(of: widget),
            "position": [
                "x": .integer(widget.position.x), "y": .integer(widget.position.y),
                "width": .integer(widget.position.width), "height": .integer(widget.position.height),
            ],
            "zIndex": .integer(widget.zIndex), "visible": .bool(widget.visible), "locked": .bool(widget.locked),
        ]
    }

    /// Complete and of today's version; as it was stored where that cannot be.
    private func config(of widget: PlacedWidget) -> JSONValue {
        guard let kind = catalogue.kind(widget.type), let config = try? widget.settings.current(for: kind) else {
            return widget.settings.config
        }
        return .object(config)
    }

    func type(_ kind: any WidgetKind) -> JSONValue {
        let manifest = kind.manifest
        let schema = ConfigSchema(everySettingOf: manifest)
        return [
            "id": .string(manifest.id), "name": .string(manifest.name), "version": .string(manifest.version),
            "kind": .string(kind.language.rawValue), "description": .string(manifest.description),
            "author": .string(manifest.author),
            "icon": .string(manifest.icon), "category": .string(manifest.category.rawValue),
            "defaultSize": [
                "width": .integer(Int64(manifest.defaultSize.width)),
                "height": .integer(Int64(manifest.defaultSize.height)),
            ],
            "configSchema": schema.jsonSchema, "defaults": .object(schema.defaults),
            "events": .array(manifest.events.map { .string($0.text) }),
            "permissions": .array(manifest.permissions.map { .string($0.rawValue) }),
        ]
    }
}
