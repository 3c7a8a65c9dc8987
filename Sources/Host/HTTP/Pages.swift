import Hummingbird
import Mustache

/// The pages as HTML, from their templates.
struct Pages: Sendable {
    /// What a page needs besides its template; the program's own files say it, once.
    private struct Parts: Sendable {
        /// The address of the page's own module, or `nil`.
        let entry: String?
        /// Modules besides, where they are loaded one by one.
        let modules: [String]
        let styles: [String]
        /// The sentences that the modules use, by language.
        let words: [String: String]
    }

    /// The modules as they are while the pages are put together.
    private struct Modules {
        let bundled: BundledModules
        var graph: ModuleGraph
        private let text: (String) -> String?
        private var beginnings: [String: Set<String>] = [:]
        private let key = /["`]([a-z]+)\.[a-zA-Z$]/

        init(_ assets: WebAssets) {
            text = assets.text
            bundled = BundledModules(assets)
            graph = ModuleGraph(text: assets.text)
        }

        /// The words with which the keys of sentences begin that a module uses.
        mutating func beginnings(in path: String) -> Set<String> {
            if let known = beginnings[path] { return known }
            let found = Set(text(path)?.matches(of: key).map { String($0.1) } ?? [])
            beginnings[path] = found
            return found
        }
    }

    /// Templates of whole pages.
    private static let names =
        ["overlay", "landing", "sample", "login", "error", "licences"] + DashboardPage.allCases.map(\.rawValue)
    /// What they are put together from.
    private static let partials = ["head", "shell", "alone", "icon"]
    private static let sheets = ["tokens", "base", "components"]
    /// Sheets of a page besides its own: what other pages may use too, or what is too long for one.
    private static let moreSheets = ["editor": ["form", "stage"], "widgets": ["stage"]]
    /// What the modules say that a page of the dashboard loads later, on every page and on some.
    private static let laterWords: Set = ["shell", "palette", "shortcuts", "nav", "dialog", "toast"]
    private static let moreWords: [String: Set<String>] = ["editor": ["contrast", "form", "home", "kind"]]

    let fonts: FontShelf
    private let library: MustacheLibrary
    private let locales: Locales
    private let parts: [String: Parts]
    private let assets: String

    /// Adds to the assets what pages load in one piece.
    init(_ assets: inout WebAssets, fonts: FontShelf) throws {
        var templates: [String: MustacheTemplate] = [:]
        var parts: [String: Parts] = [:]
        let locales = try Locales(assets)
        for name in Self.partials + Self.names {
            templates[name] = try MustacheTemplate(string: assets.text("pages/\(name).mustache") ?? "")
        }
        var modules = Modules(assets)
        for name in Self.names { parts[name] = try Self.parts(of: name, &assets, &modules, locales) }
        self.fonts = fonts
        self.locales = locales
        self.parts = parts
        library = MustacheLibrary(templates: templates)
        self.assets = assets.prefix
    }

    private static func parts(
        of name: String,
        _ assets: inout WebAssets,
        _ modules: inout Modules,
        _ locales: Locales
    ) throws -> Parts {
        let isOverlay = name == "overlay"
        let entry = isOverlay ? "overlay/main.js" : "dashboard/pages/\(name).js"
        let imports = modules.graph.imports(of: entry)
        let isShell = DashboardPage(rawValue: name) != nil
        let more = (isShell ? ["floating", "shell"] : []) + moreSheets[name, default: []]
        let styles = isOverlay ? [] : sheets + more + [name]
        let own = isOverlay ? [] : Set(([entry] + imports).flatMap { modules.beginnings(in: $0) })
        let beginnings = isShell ? own.union(laterWords).union(moreWords[name, default: []]) : own
        let sheet = try StyleBundle.text(of: styles.map { "dashboard/css/\($0).css" }, text: assets.text)
        let loose = assets.text(entry).map { [prefix = assets.prefix] _ in "\(prefix)/\(entry)" }
        let bundle = assets.addBundles(of: entry, among: modules.bundled)
        return Parts(
            entry: bundle ?? loose,
            modules: bundle == nil ? imports.map { [prefix = assets.prefix] in "\(prefix)/\($0)" } : [],
            styles: sheet.isEmpty ? [] : [assets.add(sheet, as: "bundles/\(name).css")],
            words: Dictionary(
                uniqueKeysWithValues: Locales.names.map { language in
                    (language, locales.words(chosen: language, accepted: nil).block(of: beginnings))
                }
            )
        )
    }

    /// The language of an answer: the streamer's own, else what the browser asks for.
    func words(for request: Request, chosen: String? = nil) -> Words {
        locales.words(chosen: chosen, accepted: request.headers[.acceptLanguage])
    }

    /// An overlay page.
    func overlay(_ channel: Channel, view: OverlayView, layoutId: String?) -> Response {
        page(
            "overlay",
            [
                "title": "\(channel.name) on \(channel.platform.title)", "platform": channel.platform.rawValue,
                "channel": channel.name, "view": view.rawValue, "layoutId": layoutId ?? "",
            ],
            locales.words(chosen: nil, accepted: nil),
            policy: .overlay
        )
    }

    /// A page of the dashboard.
    func dashboard(_ view: DashboardView, _ words: Words) -> Response {
        var values = view.values(words)
        values["pageTitle"] = words.sentence("nav.\(view.page.rawValue)")
        return page(view.page.rawValue, values, words, policy: .dashboard)
    }

    /// How people can sign in at this host.
    struct LoginChoices: Sendable {
        let isDemo: Bool
        let platforms: [Platform]
        /// Those of them that cannot reach this host.
        let quiet: [QuietPlatform]
    }

    /// A platform that would post events, but cannot reach this host.
    struct QuietPlatform: Sendable {
        let platform: Platform
        /// Whether chat comes all the same.
        let hasChat: Bool
    }

    /// A platform as people are offered it.
    private struct LoginChoice {
        let platform: String
        let label: String
    }

    /// The first page that anybody sees.
    func landing(_ choices: LoginChoices, isSignedIn: Bool, _ words: Words) -> Response {
        var values = self.values(choices, words)
        values["isSignedIn"] = isSignedIn
        values["pageTitle"] = words.sentence("landing.title")
        return page("landing", values, words, policy: .dashboard)
    }

    /// The overlay that plays on the first page; it belongs to nobody.
    func sample(_ words: Words) -> Response {
        page("sample", ["pageTitle": words.sentence("landing.overlay")], words, policy: .overlay)
    }

    func login(_ choices: LoginChoices, problem: String?, _ words: Words) -> Response {
        var values = self.values(choices, words)
        values["problem"] = problem
        values["pageTitle"] = words.sentence("login.title")
        return page("login", values, words, policy: .dashboard)
    }

    private func values(_ choices: LoginChoices, _ words: Words) -> [String: Any] {
        [
            "demo": choices.isDemo,
            "platforms": choices.platforms.map { platform in
                let label = words.sentence("login.with", ["platform": platform.title])
                return LoginChoice(platform: platform.rawValue, label: label)
            },
            "closed": choices.platforms.isEmpty && !choices.isDemo,
            "hints": choices.quiet.map { quiet in
                words.sentence(quiet.hasChat ? "login.chat-alone" : "login.silent", ["platform": quiet.platform.title])
            },
        ]
    }

    /// The licences of what the host serves and did not write.
    func licences(_ words: Words) -> Response {
        let title = words.sentence("licences.title")
        return page(
            "licences",
            ["pageTitle": title, "licences": fonts.licences, "none": fonts.licences.isEmpty],
            words,
            policy: .dashboard
        )
    }

    /// A page that says what is not here.
    func notFound(_ reason: String, _ words: Words) -> Response {
        error("not-found", reason, words, .notFound)
    }

    /// A page that says that this is somebody else's.
    func forbidden(_ reason: String, _ words: Words) -> Response {
        error("not-yours", reason, words, .forbidden)
    }

    private func error(_ title: String, _ reason: String, _ words: Words, _ status: HTTPResponse.Status) -> Response {
        let title = words.sentence("error.\(title)")
        return page(
            "error",
            ["pageTitle": title, "title": title, "text": words.sentence("error.\(reason)")],
            words,
            status: status,
            // Where an overlay stood, which the editor may still show in its frame.
            policy: .overlay
        )
    }

    private func page(
        _ name: String,
        _ values: [String: Any],
        _ words: Words,
        status: HTTPResponse.Status = .ok,
        policy: ContentPolicy
    ) -> Response {
        let parts = parts[name]
        var frame: [String: Any] = [
            "assets": assets, "lang": words.language, "words": words, "modules": parts?.modules ?? [],
            "styles": parts?.styles ?? [], "catalogue": parts?.words[words.language] ?? "{}",
        ]
        frame["entry"] = parts?.entry
        frame["fontSheet"] = fonts.sheet
        let values = values.merging(frame) { own, _ in own }
        return Replies.html(library.render(values, withTemplate: name) ?? "", status: status, policy: policy)
    }
}

/// Templates write `{{words.shell.search}}`.
extension Words: MustacheParent {
    func child(named name: String) -> Any? { step(name) }
}
