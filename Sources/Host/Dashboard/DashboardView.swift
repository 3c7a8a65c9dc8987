/// The pages of the dashboard, by the names of their templates and modules.
enum DashboardPage: String, Sendable, CaseIterable {
    case home, editor, widgets, theme, settings, alerts

    /// Those in the bar at the side; alert control is a page of its own, for a dock in OBS.
    static let ofBar: [DashboardPage] = [.home, .editor, .widgets, .theme, .settings]

    var path: String {
        switch self {
        case .home: "/dashboard"
        case .editor: "/dashboard/overlay"
        case .widgets, .theme, .settings, .alerts: "/dashboard/\(rawValue)"
        }
    }

    fileprivate var icon: String {
        switch self {
        case .editor: "layouts"
        case .alerts: "bell"
        case .home, .widgets, .theme, .settings: rawValue
        }
    }
}

/// What a page of the dashboard shows before any of its modules has run.
struct DashboardView: Sendable {
    /// One channel with its addresses.
    struct Place: Sendable {
        let platform: String
        let platformTitle: String
        let channel: String
        let overlayUrl: String
        let obsUrl: String
    }

    /// A place as the switcher offers it.
    private struct Choice {
        let place: Place
        let isCurrent: Bool
        let address: String
    }

    /// A page as the bar at the side offers it.
    private struct Link {
        let path: String
        let icon: String
        let label: String
        let isCurrent: Bool
    }

    let page: DashboardPage
    /// Whose page it is, as `GET /api/session` names them.
    let streamer: String
    let displayName: String
    let csrfToken: String
    let places: [Place]
    /// The platform that is shown, one of the places'.
    let platform: Platform?
    let hasShortcuts: Bool
    /// How dates and numbers are written; `nil` as the browser does.
    let locale: String?
    let timeZone: String?
    /// `dark` or `light`; `nil` as the system has it.
    let look: String?
    let isDemo: Bool
    /// Platforms with which people can sign in here.
    let offered: [Platform]
    /// Whether platforms can deliver events here: browsers and platforms reach this host under HTTPS.
    let deliversEvents: Bool
    /// Platforms whose events this host listens for at a socket all the same.
    let listenedTo: [Platform]
    /// Platforms of which it listens for chat and nothing else.
    let chatsRead: [Platform]
    /// What came of connecting a platform.
    let notice: (text: String, isBad: Bool)?

    /// The same for a template.
    func values(_ words: Words) -> [String: Any] {
        let current = places.first { $0.platform == platform?.rawValue } ?? places.first
        let choices = places.map { place in
            Choice(
                place: place,
                isCurrent: place.platform == current?.platform,
                address: "\(page.path)?platform=\(place.platform)"
            )
        }
        let links = DashboardPage.ofBar.map { other in
            Link(
                path: other.path,
                icon: other.icon,
                label: words.sentence("nav.\(other.rawValue)"),
                isCurrent: other == page
            )
        }
        var values: [String: Any] = [
            "page": page.rawValue, "streamer": streamer, "displayName": displayName, "csrfToken": csrfToken,
            "channels": places, "links": links, "choices": choices, "hasChoice": choices.count > 1, "demo": isDemo,
            "shortcuts": hasShortcuts ? "on" : "off", "overlayUrl": current?.overlayUrl ?? "",
            "initial": String(displayName.prefix(1)).uppercased(), "isRail": page == .editor,
        ]
        values["offered"] = offered.map(\.rawValue).joined(separator: " ")
        values["deliversEvents"] = deliversEvents
        values["sockets"] = listenedTo.map(\.rawValue).joined(separator: " ")
        values["chats"] = chatsRead.map(\.rawValue).joined(separator: " ")
        values["uncounted"] = Platform.withoutFollowers.map(\.rawValue).joined(separator: " ")
        values["current"] = current
        values["locale"] = locale ?? ""
        values["timeZone"] = timeZone ?? ""
        values["look"] = look
        if let notice { values[notice.isBad ? "problem" : "message"] = notice.text }
        return values
    }
}
