import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import NIOHTTP1
import ServiceLifecycle
import WidgetAPI

/// The server with everything that runs beside it.
extension Composition {
    /// What lets old events leave, and knows how far back the log remembers.
    var retention: EventRetention {
        EventRetention(database: database, days: settings.eventRetentionDays, now: now, logger: logger)
    }

    /// What a `ServiceGroup` runs.
    ///
    /// `onReady` is called with the port once requests are answered.
    func application(onReady: @escaping @Sendable (Int) async -> Void) -> some ApplicationProtocol {
        let services = PageSocket.Services(
            channels: channels,
            sessions: sessions,
            runtimes: runtimes,
            previews: previews,
            feeds: feeds,
            hub: hub,
            now: now,
            logger: logger
        )
        let (hub, origins, publicAddress, hostname) = (hub, origins, publicAddress, settings.hostname)
        let (readiness, deliveries) = (readiness, deliveries)
        let (cookie, sockets) = (sessions.cookie, sockets)
        let server = HTTPServerBuilder { responder in
            UpgradableHTTP1(responder: responder, hub: hub) { head, loop in
                guard head.uri.split(separator: "?").first == "/ws",
                    origins.accept(origin: head.headers.first(name: "origin"), host: head.headers.first(name: "host"))
                else { return .http }
                let token = cookie.token(in: head.headers.first(name: "cookie"))
                let page = PageSocket(services: services, sessionToken: token, loop: loop)
                return .webSocket(token.map { sockets.bound(page, to: $0, on: loop) } ?? page)
            }
        }
        var background: [any Service] = [
            // Told last to stop: a platform that is slow to give fresh tokens keeps nobody else from the end.
            keeper,
            runtimes,
            hub,
            images,
            feeds,
            deliveries,
            streamQuestions,
            liveStreams,
            retention,
        ]
        if let demo, let demoTenant {
            background.append(
                SimulatorService(
                    scope: TenantScope(granting: demoTenant, to: .host),
                    log: log,
                    rate: demo.rate,
                    seed: demo.seed,
                    now: now,
                    logger: logger
                )
            )
        }
        var quiet = logger
        // The library announces every start and stop at info; our own lines say it once.
        quiet.logLevel = max(logger.logLevel, .notice)
        return Application(
            router: Routes.router(self),
            server: server,
            configuration: .init(address: .hostname(hostname, port: settings.port), serverName: "streamvibes"),
            services: background,
            onServerRunning: { channel in
                let port = channel.localAddress?.port ?? 0
                publicAddress.listens(on: hostname, port: port)
                readiness.begin()
                deliveries.open()
                await onReady(port)
            },
            logger: quiet
        )
    }
}
