import Hummingbird
import Mustache

/// The pages as HTML, from their templates.
struct Pages: Sendable {
    private let library: MustacheLibrary
    private let assets: String

    init(_ assets: WebAssets) throws {
        var templates: [String: MustacheTemplate] = [:]
        for name in ["overlay", "dashboard", "login", "error"] {
            templates[name] = try MustacheTemplate(string: assets.template(name))
        }
        library = MustacheLibrary(templates: templates)
        self.assets = assets.prefix
    }

    /// An overlay page.
    func overlay(_ channel: Channel, view: OverlayView, layoutId: String?) -> Response {
        page(
            "overlay",
            [
                "title": "\(channel.name) on \(channel.platform.title)", "platform": channel.platform.rawValue,
                "channel": channel.name, "view": view.rawValue, "layoutId": layoutId ?? "",
            ],
            policy: .overlay
        )
    }

    /// One channel as the dashboard shows it.
    struct DashboardChannel {
        let platform: String
        let channel: String
        let overlayUrl: String
        let obsUrl: String
    }

    func dashboard(
        displayName: String,
        csrfToken: String,
        channels: [DashboardChannel],
        isDemo: Bool,
        message: (text: String, isBad: Bool)?
    ) -> Response {
        var values: [String: Any] = [
            "displayName": displayName, "csrfToken": csrfToken, "channels": channels, "demo": isDemo,
        ]
        if let message { values[message.isBad ? "problem" : "message"] = message.text }
        return page("dashboard", values, policy: .dashboard)
    }

    /// A platform as the login page offers it.
    struct LoginChoice {
        let platform: String
        let title: String
    }

    func login(isDemo: Bool, platforms: [Platform], message: String?) -> Response {
        var values: [String: Any] = [
            "demo": isDemo,
            "platforms": platforms.map { LoginChoice(platform: $0.rawValue, title: $0.title) },
            "closed": platforms.isEmpty && !isDemo,
        ]
        if let message { values["message"] = message }
        return page("login", values, policy: .dashboard)
    }

    /// A page that says what is not here.
    func notFound(_ text: String) -> Response {
        page("error", ["title": "Not found", "text": text], status: .notFound, policy: .dashboard)
    }

    /// A page that says that this is somebody else's.
    func forbidden(_ text: String) -> Response {
        page("error", ["title": "Not yours", "text": text], status: .forbidden, policy: .dashboard)
    }

    private func page(
        _ name: String,
        _ values: [String: Any],
        status: HTTPResponse.Status = .ok,
        policy: ContentPolicy
    ) -> Response {
        let values = values.merging(["assets": assets]) { own, _ in own }
        return Replies.html(library.render(values, withTemplate: name) ?? "", status: status, policy: policy)
    }
}
