/// What a streamer owns: layouts, keys, themes, files and settings.
extension Composition {
    private var themes: ThemeStore { ThemeStore(database: database) }

    private var objects: ObjectDirectory { ObjectDirectory(database: database) }

    private var ownedLayouts: OwnedLayouts {
        OwnedLayouts(
            store: LayoutStore(database: database),
            catalogue: catalogue,
            objects: objects,
            log: log,
            previews: previews,
            now: now
        )
    }

    var layoutRoutes: LayoutRoutes { LayoutRoutes(sessions: sessions, themes: themes, owned: ownedLayouts) }

    var overlayKeyRoutes: OverlayKeyRoutes {
        OverlayKeyRoutes(sessions: sessions, owned: ownedLayouts, keys: OverlayKeyStore(vault: vault))
    }

    var widgetRoutes: WidgetRoutes { WidgetRoutes(sessions: sessions, owned: ownedLayouts) }

    var themeRoutes: ThemeRoutes {
        ThemeRoutes(sessions: sessions, themes: themes, objects: objects, log: log, now: now)
    }

    var settingsRoutes: StreamerSettingsRoutes {
        StreamerSettingsRoutes(sessions: sessions, settings: StreamerSettingsStore(database: database))
    }

    var fileRoutes: FileRoutes { FileRoutes(sessions: sessions, files: files, objects: objects, now: now) }

    var openPageRoutes: OpenPageRoutes { OpenPageRoutes(sessions: sessions, runtimes: runtimes) }
}
