import WidgetAPI

/// Every operation of `/api` that a dashboard calls; a test holds the list against the router.
extension APIOperation {
    static let all = account + tipSources + layouts + widgets + themes + files + events

    /// Signed by platforms and services, for no dashboard; their forms are the platforms' own.
    static let undescribed = ["/api/webhooks/"]

    private static let withoutFollowers = Platform.withoutFollowers.map(\.title).joined(separator: " or ")

    private static let account = [
        APIOperation(
            .delete,
            "/api/account",
            "deleteAccount",
            "Deletes the streamer and everything of theirs, at once and for ever.",
            conflicts: true
        ),
        APIOperation(
            .get,
            "/api/account/export",
            "exportAccount",
            "Everything that is kept of the streamer, as a file.",
            .document("AccountExport")
        ),
        APIOperation(
            .post,
            "/api/viewers/erase",
            "eraseViewer",
            "Takes a viewer's name and words out of the log and off the screen.",
            body: .json("ErasedViewer"),
            .data("Erasure")
        ),
        APIOperation(.get, "/api/session", "getSession", "Who is signed in.", .data("Session")),
        APIOperation(
            .get,
            "/api/sessions",
            "listSessions",
            "Where the streamer is signed in.",
            .list("BrowserSession")
        ),
        APIOperation(.delete, "/api/sessions/{sessionId}", "endSession", "Signs a browser out."),
        APIOperation(
            .put,
            "/api/connections/{platform}",
            "setFollowersAtStart",
            "Says how many followers \(withoutFollowers) had before this host counted.",
            body: .json("ConnectionInput"),
            .data("Connection")
        ),
        APIOperation(
            .delete,
            "/api/connections/{platform}",
            "disconnect",
            "Takes a platform off; the last one stays.",
            conflicts: true
        ),
        APIOperation(.get, "/api/settings", "getSettings", "The streamer's own settings.", .data("Settings")),
        APIOperation(
            .put,
            "/api/settings",
            "setSettings",
            "Changes settings; what is absent stays.",
            body: .json("SettingsInput"),
            .data("Settings")
        ),
        APIOperation(.get, "/api/overlays", "listOverlays", "Pages that are connected.", .list("OpenPage")),
    ]

    private static let layouts = [
        APIOperation(.get, "/api/layouts", "listLayouts", "All layouts.", .list("Layout")),
        APIOperation(
            .post,
            "/api/layouts",
            "addLayout",
            "Makes an empty layout, at most 10.",
            body: .json("LayoutName"),
            .data("Layout"),
            status: 201,
            conflicts: true
        ),
        APIOperation(.get, "/api/layouts/{layoutId}", "getLayout", "One layout.", .data("Layout")),
        APIOperation(
            .put,
            "/api/layouts/{layoutId}",
            "putLayout",
            "Changes a layout as a whole; it is on air at once, and its draft is gone.",
            body: .json("LayoutInput"),
            .data("Layout"),
            conflicts: true
        ),
        APIOperation(
            .delete,
            "/api/layouts/{layoutId}",
            "deleteLayout",
            "Deletes a layout with its widgets; the last one stays.",
            conflicts: true
        ),
        APIOperation(
            .post,
            "/api/layouts/{layoutId}/duplicate",
            "duplicateLayout",
            "Copies a layout with its widgets.",
            .data("Layout"),
            status: 201,
            conflicts: true
        ),
        APIOperation(
            .put,
            "/api/layouts/{layoutId}/default",
            "makeDefaultLayout",
            "Makes it the one that addresses without a layout show.",
            .data("Layout")
        ),
        APIOperation(
            .get,
            "/api/layouts/{layoutId}/draft",
            "getDraft",
            "The unpublished layout; with orLayout the layout itself where there is none.",
            query: [APIParameter(name: "orLayout", schema: ["type": "boolean", "default": false])],
            .data("Layout")
        ),
        APIOperation(
            .put,
            "/api/layouts/{layoutId}/draft",
            "putDraft",
            "Keeps an unpublished layout.",
            body: .json("LayoutInput"),
            .data("Layout"),
            conflicts: true
        ),
        APIOperation(.delete, "/api/layouts/{layoutId}/draft", "deleteDraft", "Throws the unpublished layout away."),
        APIOperation(.get, "/api/layouts/{layoutId}/key", "getKey", "A private layout's key.", .data("OverlayKey")),
        APIOperation(
            .post,
            "/api/layouts/{layoutId}/key",
            "rotateKey",
            "Makes the layout private under a new key.",
            .data("OverlayKey"),
            status: 201
        ),
        APIOperation(
            .delete,
            "/api/layouts/{layoutId}/key",
            "deleteKey",
            "Makes the layout public, or ends its replaced keys alone.",
            query: [APIParameter(name: "previous", schema: ["type": "boolean", "default": false])]
        ),
    ]

    private static let layoutId = APIParameter(name: "layoutId", schema: ["type": "string", "minLength": 1])

    private static let widgets = [
        APIOperation(.get, "/api/widget-types", "listWidgetTypes", "The catalogue.", .list("WidgetType")),
        APIOperation(
            .get,
            "/api/widgets",
            "listWidgets",
            "Widgets of a layout, the default one where none is named.",
            query: [layoutId],
            .list("Widget")
        ),
        APIOperation(
            .post,
            "/api/widgets",
            "addWidget",
            "Places a widget, at most 10 on a layout.",
            query: [layoutId],
            body: .json("NewWidget"),
            .data("Widget"),
            status: 201,
            conflicts: true
        ),
        APIOperation(.get, "/api/widgets/{widgetId}", "getWidget", "One widget.", .data("Widget")),
        APIOperation(
            .put,
            "/api/widgets/{widgetId}",
            "putWidget",
            "Changes a widget; what is absent stays, a config is replaced whole.",
            body: .json("WidgetInput"),
            .data("Widget"),
            conflicts: true
        ),
        APIOperation(.delete, "/api/widgets/{widgetId}", "deleteWidget", "Takes a widget off its layout."),
        APIOperation(.get, "/api/widgets/{widgetId}/health", "getHealth", "How a widget fares.", .data("Health")),
        APIOperation(
            .post,
            "/api/widgets/{widgetId}/restart",
            "restartWidget",
            "Starts a widget again that has stopped.",
            .data("Health")
        ),
    ]

    private static let themes = [
        APIOperation(.get, "/api/themes", "listThemes", "All themes.", .list("Theme")),
        APIOperation(
            .post,
            "/api/themes",
            "addTheme",
            "Makes a theme; what is not said is as in \"Signal\".",
            body: .json("NewTheme"),
            .data("Theme"),
            status: 201,
            conflicts: true
        ),
        APIOperation(
            .post,
            "/api/themes/import",
            "importTheme",
            "Makes a theme of a file.",
            body: .json("ThemeFile"),
            .data("Theme"),
            status: 201,
            conflicts: true
        ),
        APIOperation(.get, "/api/themes/{themeId}", "getTheme", "One theme.", .data("Theme")),
        APIOperation(
            .put,
            "/api/themes/{themeId}",
            "putTheme",
            "Changes a theme; what is absent stays.",
            body: .json("ThemeInput"),
            .data("Theme")
        ),
        APIOperation(
            .delete,
            "/api/themes/{themeId}",
            "deleteTheme",
            "Deletes a theme that no layout wears and that is not the default.",
            conflicts: true
        ),
        APIOperation(
            .put,
            "/api/themes/{themeId}/default",
            "makeDefaultTheme",
            "Makes it the one that new layouts wear.",
            .data("Theme")
        ),
        APIOperation(
            .get,
            "/api/themes/{themeId}/export",
            "exportTheme",
            "The theme as a file.",
            .document("ThemeFile")
        ),
    ]

    private static let files = [
        APIOperation(.get, "/api/files", "listFiles", "All files.", .list("File")),
        APIOperation(
            .post,
            "/api/files",
            "addFile",
            "Keeps a file of at most 10 MiB; its first bytes say what it is.",
            query: [APIParameter(name: "name", schema: ["type": "string", "minLength": 1, "maxLength": 120])],
            body: .file,
            .data("File"),
            status: 201,
            conflicts: true
        ),
        APIOperation(.delete, "/api/files/{fileId}", "deleteFile", "Deletes a file."),
    ]

    private static let place: JSONValue = ["type": "integer", "minimum": 0]

    private static let events = [
        APIOperation(
            .get,
            "/api/events",
            "listEvents",
            "The log, oldest first; newest first with `before`.",
            query: [
                APIParameter(name: "after", schema: place), APIParameter(name: "before", schema: place),
                APIParameter(name: "limit", schema: ["type": "integer", "minimum": 1, "maximum": 500, "default": 100]),
                APIParameter(name: "types", schema: ["type": "string"]),
            ],
            .document("EventList")
        ),
        APIOperation(
            .post,
            "/api/events/test",
            "sendTestEvent",
            "Sends an event that is shown like a real one and counted nowhere.",
            body: .json("TestEvent"),
            .data("Event"),
            status: 201,
            conflicts: true
        ),
        APIOperation(.get, "/api/alerts", "getAlerts", "What is shown and what waits.", .data("Alerts")),
        APIOperation(.post, "/api/alerts/pause", "pauseAlerts", "Lets alerts wait.", .data("Event")),
        APIOperation(.post, "/api/alerts/resume", "resumeAlerts", "Shows alerts again.", .data("Event")),
        APIOperation(.post, "/api/alerts/skip", "skipAlert", "Ends the alert that is shown.", .data("Event")),
        APIOperation(.post, "/api/alerts/clear", "clearAlerts", "Forgets all that waits.", .data("Event")),
        APIOperation(.post, "/api/alerts/{seq}/replay", "replayAlert", "Shows an alert once more.", .data("Event")),
    ]
}
