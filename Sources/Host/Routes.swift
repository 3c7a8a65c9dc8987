import Hummingbird

/// Every address of the host, in one place.
enum Routes {
    typealias Context = HostRequestContext

    static func router(_ host: Composition) -> Router<Context> {
        let router = Router(context: Context.self)
        router.add(middleware: RequestCount(counters: .shared))
        router.add(middleware: SafetyHeaders())
        router.add(middleware: VisitorReading(proxies: host.settings.trustedProxies))
        router.add(middleware: SecureTransport(publicAddress: host.publicAddress))
        router.add(middleware: FailureMiddleware())
        let auditing = Auditing(sessions: host.sessions, audit: host.audit, logger: host.logger)
        router.add(middleware: RateLimits(cookie: host.sessions.cookie, now: host.now))
        router.add(middleware: auditing)

        let pages = host.overlayRoutes
        let auth = host.authRoutes
        let logins = host.loginRoutes
        let connections = host.connectionRoutes
        let sessions = host.sessionRoutes
        let dashboard = host.dashboardRoutes
        let events = host.eventRoutes
        let tests = host.testEventRoutes
        let layouts = host.layoutRoutes
        let keys = host.overlayKeyRoutes
        let widgets = host.widgetRoutes
        let account = host.accountRoutes
        let themes = host.themeRoutes
        let settings = host.settingsRoutes
        let files = host.fileRoutes
        let open = host.openPageRoutes
        let health = host.healthRoutes
        let alerts = host.alertRoutes
        let tips = host.tipIntakeRoutes
        let tipSources = host.tipSourceRoutes
        let images = host.imageRoutes
        let ops = host.opsRoutes

        router.get("/") { request, _ in try await auth.landingPage(request) }
        router.get("/sample") { request, _ in auth.samplePage(request) }
        router.get("/licences") { request, _ in pages.licences(request) }
        router.get("/health") { _, _ in await ops.health() }
        router.get("/metrics") { request, context in try await ops.metrics(request, from: context.peer) }
        router.get("/ws") { request, _ in pages.refusedUpgrade(request) }
        router.get("/assets/widgets/**") { _, context in pages.packageAsset(context) }
        router.get("/assets/:hash/**") { request, context in pages.asset(request, context) }
        router.get("/fonts/:version/:name") { _, context in pages.font(context) }
        let description = OpenAPIDocument(cookie: host.sessions.cookie)
        router.get("/openapi.json") { _, _ in description.reply }
        router.get("/schemas/widget-1.json") { _, _ in pages.schema("widget-1.json") }

        for route in host.pictureRoutes {
            router.get("\(route.path)") { _, context in try await images.picture(of: route, context) }
        }
        router.get("/img/demo/emote/:name") { _, context in
            try images.demo(.emote, named: context.parameters.get("name"))
        }
        router.get("/img/demo/avatar/:name") { _, context in
            try images.demo(.avatar, named: context.parameters.get("name"))
        }

        router.get("/auth/login") { request, _ in auth.loginPage(request) }
        router.get("/auth/login/:platform") { request, context in try await logins.begin(request, context) }
        router.get("/auth/callback/:platform") { request, context in try await logins.finish(request, context) }
        router.post("/auth/demo") { request, context in try await auth.demoLogin(request, context) }
        router.post("/auth/logout") { request, context in try await auth.logout(request, context) }

        for page in DashboardPage.allCases {
            router.get("\(page.path)") { request, _ in try await dashboard.page(page, request) }
        }
        router.get("/dashboard/goal") { request, _ in try await dashboard.goal(request) }
        router.get("/api/session") { request, _ in try await dashboard.session(request) }
        router.delete("/api/account") { request, _ in try await account.remove(request) }
        router.post("/api/viewers/erase") { request, _ in try await account.erase(request) }
        router.get("/api/account/export") { request, _ in try await account.export(request) }
        router.get("/api/sessions") { request, _ in try await sessions.list(request) }
        router.delete("/api/sessions/:sessionId") { request, context in try await sessions.end(request, context) }
        router.put("/api/connections/:platform") { request, context in try await connections.put(request, context) }
        router.delete("/api/connections/:platform") { request, context in
            try await connections.delete(request, context)
        }

        router.get("/api/settings") { request, _ in try await settings.get(request) }
        router.put("/api/settings") { request, _ in try await settings.put(request) }
        router.get("/api/overlays") { request, _ in try await open.list(request) }

        router.get("/api/layouts") { request, _ in try await layouts.list(request) }
        router.post("/api/layouts") { request, _ in try await layouts.add(request) }
        router.get("/api/layouts/:layoutId") { request, context in try await layouts.get(request, context) }
        router.put("/api/layouts/:layoutId") { request, context in try await layouts.put(request, context) }
        router.delete("/api/layouts/:layoutId") { request, context in try await layouts.remove(request, context) }
        router.post("/api/layouts/:layoutId/duplicate") { request, context in
            try await layouts.duplicate(request, context)
        }
        router.put("/api/layouts/:layoutId/default") { request, context in
            try await layouts.makeDefault(request, context)
        }
        router.get("/api/layouts/:layoutId/draft") { request, context in try await layouts.draft(request, context) }
        router.put("/api/layouts/:layoutId/draft") { request, context in try await layouts.putDraft(request, context) }
        router.delete("/api/layouts/:layoutId/draft") { request, context in
            try await layouts.removeDraft(request, context)
        }
        router.get("/api/layouts/:layoutId/key") { request, context in try await keys.get(request, context) }
        router.post("/api/layouts/:layoutId/key") { request, context in try await keys.rotate(request, context) }
        router.delete("/api/layouts/:layoutId/key") { request, context in try await keys.remove(request, context) }

        router.get("/api/themes") { request, _ in try await themes.list(request) }
        router.post("/api/themes") { request, _ in try await themes.add(request) }
        router.post("/api/themes/import") { request, _ in try await themes.load(request) }
        router.get("/api/themes/:themeId") { request, context in try await themes.get(request, context) }
        router.put("/api/themes/:themeId") { request, context in try await themes.put(request, context) }
        router.delete("/api/themes/:themeId") { request, context in try await themes.remove(request, context) }
        router.put("/api/themes/:themeId/default") { request, context in
            try await themes.makeDefault(request, context)
        }
        router.get("/api/themes/:themeId/export") { request, context in try await themes.export(request, context) }

        router.get("/api/files") { request, _ in try await files.list(request) }
        router.post("/api/files") { request, _ in try await files.add(request) }
        router.delete("/api/files/:fileId") { request, context in try await files.remove(request, context) }
        router.get("/files/:fileId") { _, context in try await files.content(context) }

        router.get("/api/tip-sources") { request, _ in try await tipSources.list(request) }
        router.post("/api/tip-sources") { request, _ in try await tipSources.add(request) }
        router.delete("/api/tip-sources/:sourceId") { request, context in
            try await tipSources.remove(request, context)
        }

        router.get("/api/widget-types") { request, _ in try await widgets.types(request) }
        router.get("/api/widgets") { request, _ in try await widgets.list(request) }
        router.post("/api/widgets") { request, _ in try await widgets.add(request) }
        router.get("/api/widgets/:widgetId") { request, context in try await widgets.get(request, context) }
        router.put("/api/widgets/:widgetId") { request, context in try await widgets.put(request, context) }
        router.delete("/api/widgets/:widgetId") { request, context in try await widgets.remove(request, context) }
        router.get("/api/widgets/:widgetId/health") { request, context in try await health.health(request, context) }
        router.post("/api/widgets/:widgetId/restart") { request, context in
            try await health.restart(request, context)
        }

        router.get("/api/events") { request, _ in try await events.list(request) }
        router.post("/api/events/test") { request, _ in try await tests.send(request) }
        router.get("/api/alerts") { request, _ in try await alerts.status(request) }
        for control in AlertRoutes.Control.allCases {
            router.post("/api/alerts/\(control.rawValue)") { request, _ in try await alerts.control(control, request) }
        }
        router.post("/api/alerts/:seq/replay") { request, context in try await alerts.replay(request, context) }

        for intake in host.intakes {
            router.post("/api/webhooks/\(intake.platform.rawValue)") { request, context in
                try await intake.deliver(request, context)
            }
        }
        for service in TipService.allCases {
            router.post("/api/webhooks/\(service.rawValue)/:key") { request, context in
                try await tips.deliver(from: service, request, context)
            }
        }

        for view in OverlayView.allCases {
            router.get("/:platform/:channel/\(view.rawValue)") { request, context in
                try await pages.page(view, request, context)
            }
        }
        return router
    }
}
