import WidgetAPI

/// What a preview shows.
enum PreviewSubject: Sendable, Equatable {
    /// The draft of a layout, or the layout itself where there is none.
    case layout(Layout.ID)
    /// One widget of a type with these settings; the others take their defaults.
    case widget(type: String, config: JSONValue)
}

/// A preview that cannot be shown.
enum PreviewError: Error, Equatable {
    case unknownLayout
    case unknownType(String)
    /// The settings are not the type's.
    case config(String)
    /// This streamer tries out as much as they may.
    case tooMany
}

extension PreviewSubject {
    /// The id of the widget that a preview of one type has.
    static let widgetId = PlacedWidget.ID("preview")

    /// What it shows now, and in which theme.
    func stage(in layouts: LayoutStore, _ themes: ThemeStore, _ scope: TenantScope) async throws -> Stage {
        let stages = try await layouts.stages(in: scope)
        switch self {
        case .layout(let id):
            guard var stage = stages.first(where: { $0.layout.id == id }) else { throw PreviewError.unknownLayout }
            guard let draft = try await layouts.draft(of: stage.layout, in: scope) else { return stage }
            if draft.themeId != stage.layout.themeId,
                let theme = try await themes.themes(in: scope).first(where: { $0.id == draft.themeId })
            {
                stage.theme = theme
            }
            stage.layout = draft
            return stage
        case .widget(let type, let config):
            guard var stage = stages.first(where: \.layout.isDefault) else { throw PreviewError.unknownLayout }
            stage.layout.widgets = [
                PlacedWidget(
                    id: Self.widgetId,
                    type: type,
                    settings: WidgetSettings(version: "", config: config),
                    position: .init(x: 0, y: 0, width: 1, height: 1)
                )
            ]
            return stage
        }
    }
}
