import Hummingbird

/// Every address of the host, in one place.
enum Routes {
    typealias Context = HostRequestContext

    static func router(_ host: Composition) -> Router<Context> {
        let router = Router(context: Context.self)
        router.add(middleware: RequestCount(counters: .shared))
        router.add(middleware: SafetyHeaders())
        let proxies = host.settings.trustedProxies
        router.add(middleware: SecureTransport(publicAddress: host.publicAddress, proxies: proxies))
        router.add(middleware: FailureMiddleware())
        router.add(middleware: RateLimits(trusting: proxies, now: host.now))

        let pages = host.overlayRoutes
        let auth = host.authRoutes
        let dashboard = host.dashboardRoutes
        let events = host.eventRoutes
        let tests = host.testEventRoutes
        let layouts = host.layoutRoutes
        let health = host.healthRoutes
        let alerts = host.alertRoutes
        let twitch = host.twitchRoutes
        let images = host.imageRoutes
        let ops = host.opsRoutes

        router.get("/") { _, _ in Replies.redirect(to: "/dashboard") }
        router.get("/health") { _, _ in await ops.health() }
        router.get("/metrics") { request, context in try await ops.metrics(request, from: context.peer) }
        router.get("/ws") { request, _ in pages.refusedUpgrade(request) }
        router.get("/assets/widgets/**") { _, context in pages.packageAsset(context) }
        router.get("/assets/:hash/**") { _, context in pages.asset(context) }
        router.get("/openapi.json") { _, _ in OpenAPIDocument.reply }
        router.get("/schemas/widget-1.json") { _, _ in pages.schema("widget-1.json") }

        router.get("/img/twitch/emote/:id") { _, context in try await images.twitchEmote(context) }
        router.get("/img/demo/emote/:name") { _, context in
            try images.demo(.emote, named: context.parameters.get("name"))
        }
        router.get("/img/demo/avatar/:name") { _, context in
            try images.demo(.avatar, named: context.parameters.get("name"))
        }

        router.get("/auth/login") { _, _ in auth.loginPage() }
        router.post("/auth/demo") { _, _ in try await auth.demoLogin() }
        router.post("/auth/logout") { request, context in try await auth.logout(request, context) }

        router.get("/dashboard") { request, _ in try await dashboard.home(request) }
        router.get("/api/session") { request, _ in try await dashboard.session(request) }

        router.get("/api/widget-types") { request, _ in try await layouts.types(request) }
        router.get("/api/layouts") { request, _ in try await layouts.list(request) }
        router.get("/api/layouts/:layoutId") { request, context in try await layouts.get(request, context) }
        router.put("/api/layouts/:layoutId") { request, context in try await layouts.put(request, context) }
        router.get("/api/widgets") { request, _ in try await layouts.listWidgets(request) }
        router.post("/api/widgets") { request, _ in try await layouts.addWidget(request) }
        router.get("/api/widgets/:widgetId") { request, context in try await layouts.getWidget(request, context) }
        router.put("/api/widgets/:widgetId") { request, context in try await layouts.putWidget(request, context) }
        router.delete("/api/widgets/:widgetId") { request, context in try await layouts.removeWidget(request, context) }
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

        router.post("/api/webhooks/twitch") { request, context in try await twitch.deliver(request, context) }

        for view in OverlayView.allCases {
            router.get("/:platform/:channel/\(view.rawValue)") { request, context in
                try await pages.page(view, request, context)
            }
        }
        return router
    }
}
