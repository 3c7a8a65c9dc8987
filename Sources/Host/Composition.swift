import BuiltinWidgets
import Logging
import NIOCore
import NIOPosix
import WidgetAPI

/// The host put together: the one place where concrete parts are chosen.
struct Composition: Sendable {
    /// The demo's knobs.
    struct Demo: Sendable {
        var rate: Double
        var seed: UInt64
    }

    /// What every host offers, whoever wrote more.
    static let builtinWidgets = BuiltinWidgets.all

    let settings: Settings
    let logger: Logger
    let database: any Database
    let channels: ChannelStore
    let sessions: SessionStore
    let vault: Vault
    let connections: ConnectionStore
    let adapters: [any PlatformAdapter]
    let loginPlatforms: [Platform: any LoginPlatform]
    let keeper: ConnectionKeeper
    let hub: RealtimeHub
    let sockets: SessionSockets
    let strangers: StrangersWidgets
    let catalogue: WidgetCatalogue
    let log: EventLog
    let runtimes: TenantRuntimes
    let previews: Previews
    let feeds: PlatformFeeds
    let intakes: [any PlatformIntake]
    let deliveries: DeliverySubscriptions
    let streamQuestions: StreamQuestions
    /// Those whose events come over sockets alone.
    let socketPlatforms: [Platform]
    let liveStreams: LiveStreams
    let images: ImageProxy
    let pictureRoutes: [PictureRoute]
    let files: FileStore
    let publicAddress: PublicAddress
    let assets: WebAssets
    let pages: Pages
    let demo: Demo?
    let demoTenant: Tenant.ID?
    let now: @Sendable () -> Timestamp
    let readiness = Readiness()
    let probe: StorageProbe

    /// Puts a host together on an opened and migrated database.
    init(
        settings: Settings,
        database: any Database,
        group: any EventLoopGroup = MultiThreadedEventLoopGroup.singleton,
        demo: Demo?,
        http: PlatformHTTP = PlatformHTTP(),
        logger: Logger,
        now: @escaping @Sendable () -> Timestamp
    ) async throws {
        self.settings = settings
        let database = MeasuredDatabase(wrapped: database, counters: .shared)
        self.database = database
        probe = StorageProbe(database: database)
        self.logger = logger
        self.now = now
        self.demo = demo
        channels = ChannelStore(database: database, now: now)
        publicAddress = PublicAddress(settings)
        vault = try await Vault.open(
            database,
            given: settings.secretKey,
            dataDirectory: settings.dataDirectory,
            isStarting: true
        )
        connections = ConnectionStore(database: database, vault: vault, now: now)
        let platforms = settings.platforms.map { [publicAddress] in $0.hosted(at: publicAddress, http) }
        let adapters = platforms.compactMap(\.adapter)
        self.adapters = adapters
        loginPlatforms = Dictionary(uniqueKeysWithValues: adapters.map { ($0.login.platform, $0.login) })
        let keeper = ConnectionKeeper(loginPlatforms, store: connections, http: http, now: now, logger: logger)
        self.keeper = keeper
        hub = RealtimeHub(group: group)
        sockets = SessionSockets(hub: hub)
        sessions = SessionStore(
            database: database,
            now: now,
            isSecure: publicAddress.isSecure,
            sockets: sockets
        )
        images = ImageProxy(
            sources: ImageSources(settings.platforms.map(\.pictureServers)),
            cache: ImageCache(folder: "\(settings.dataDirectory)/images"),
            logger: logger
        )
        pictureRoutes = platforms.flatMap { [channels] in $0.pictures(channels, logger) }
        files = FileStore(database: database, folder: FileFolder(path: "\(settings.dataDirectory)/files"))
        var assets = WebAssets()
        strangers = await StrangersWidgets.open(
            folders: [settings.widgetsDirectory, "\(settings.dataDirectory)/widgets"],
            level: settings.sandboxLevel,
            logger: logger
        )
        catalogue = WidgetCatalogue(Self.builtinWidgets, strangers: strangers.kinds)
        pages = try Pages(&assets, fonts: FontShelf(folder: FontShelf.folder(setting: settings.fontsDirectory)))
        self.assets = assets
        let surroundings = TenantRuntime.Surroundings(
            catalogue: catalogue,
            layouts: LayoutStore(database: database),
            checkpoints: CheckpointStore(database: database),
            events: EventStore(database: database),
            hub: hub,
            zygote: strangers.zygote,
            soundAddress: { [assets, packaged = strangers.assets] asset in
                packaged[asset]?.type.hasPrefix("audio/") == true ? asset : assets.soundAddress(asset)
            },
            now: now,
            logger: logger
        )
        let runtimes = TenantRuntimes(around: surroundings)
        previews = Previews(around: surroundings, themes: ThemeStore(database: database))
        let looks: LiveStreams.Looks = AsyncStream.makeStream()
        log = EventLog(database: database, rates: settings.currencyRates, now: now, logger: logger) { tenant, rows in
            runtimes.announce(tenant, rows)
            if LiveStreams.isNews(rows) { looks.continuation.yield(.streamer(tenant)) }
        }
        runtimes.attach(log)
        self.runtimes = runtimes
        let counts = AudienceCounts(
            adapters.map(\.counts),
            keeper: keeper,
            channels: channels,
            store: CountStore(database: database, log: log, now: now),
            now: now,
            logger: logger
        )
        let questions = StreamQuestions(
            adapters.map { [keeper] in $0.streams(keeper) },
            keeper: keeper,
            database: database,
            log: log,
            now: now,
            logger: logger
        )
        streamQuestions = questions
        feeds = Self.feeds(adapters, channels, keeper, counts, questions, log, logger)
        deliveries = DeliverySubscriptions(
            adapters.compactMap { [keeper] in $0.deliveries(keeper, logger) },
            keeper: keeper,
            lookedAfter: { questions.ask(about: $0, on: $1) },
            logger: logger
        )
        let place = IntakePlace(
            channels: channels,
            keeper: keeper,
            deliveries: deliveries,
            log: log,
            now: now,
            logger: logger
        )
        intakes = platforms.map { $0.intake(in: place) }
        socketPlatforms = adapters.filter { $0.hasFeed && !$0.feedIsOpenChat }.map(\.login.platform)
            .filter { [deliveries] in !deliveries.covers($0) }
        liveStreams = LiveStreams(
            store: StreamSessionStore(database: database),
            looks: looks,
            feeds: feeds,
            now: now,
            logger: logger
        )
        demoTenant = demo == nil ? nil : try await Self.demoStreamer(channels)
        if let demoTenant { try await placeGuest(for: demoTenant) }
        try await accountRemoval.resume()
        await sweepFiles()
    }

    /// Removes what an earlier server began to write and did not finish; without it only room is wasted.
    private func sweepFiles() async {
        do {
            let strays = try await files.open()
            if strays > 0 {
                logger.notice("files that belong to nobody were removed", metadata: ["count": "\(strays)"])
            }
        } catch {
            logger.warning("uploaded files cannot be kept", metadata: ["reason": "\(error)"])
        }
    }

    /// The demo shows what a stranger's widget looks like, too, where the host offers it.
    ///
    /// Few words fill it: the demo's chat has no thousand voices.
    private static let guest = (
        type: "hype-meter", position: PlacedWidget.Position(x: 9, y: 2, width: 3, height: 1),
        config: ["target": 4, "decay": 60] as JSONValue
    )

    /// Puts it on the demo's layout as long as nobody has changed that.
    private func placeGuest(for tenant: Tenant.ID) async throws {
        guard let kind = catalogue.kind(Self.guest.type) else { return }
        let (scope, moment) = (TenantScope(granting: tenant, to: .host), now())
        let first = try await LayoutStore(database: database).stages(in: scope).map(\.layout).first(where: \.isDefault)
        guard let before = first, before.version == 1 else { return }
        var layout = before
        layout.widgets.append(
            PlacedWidget(
                id: PlacedWidget.ID(""),
                type: Self.guest.type,
                settings: WidgetSettings(version: kind.manifest.version, config: Self.guest.config),
                position: Self.guest.position
            )
        )
        let after = layout
        try await log.append(in: scope) { sql in
            try LayoutStore.save(after, over: before, of: tenant, at: moment, sql: sql)
        }
    }

    /// One streamer with a channel on each platform.
    private static func demoStreamer(_ channels: ChannelStore) async throws -> Tenant.ID? {
        var tenant: Tenant.ID?
        for platform in Platform.ofChannels {
            tenant = try await channels.add(platform, "demo", userId: "demo-\(platform.rawValue)", owner: tenant).tenant
        }
        return tenant
    }

    // MARK: Routes

    var overlayRoutes: OverlayRoutes {
        OverlayRoutes(
            channels: channels,
            pages: pages,
            assets: assets,
            packageAssets: strangers.assets,
            origins: origins,
            layouts: LayoutStore(database: database),
            objects: ObjectDirectory(database: database)
        )
    }

    var dashboardRoutes: DashboardRoutes {
        DashboardRoutes(
            sessions: sessions,
            streamers: StreamerStore(database: database),
            channels: channels,
            connections: connections,
            keeper: keeper,
            settings: StreamerSettingsStore(database: database),
            runtimes: runtimes,
            platforms: offeredPlatforms,
            socketPlatforms: socketPlatforms,
            adapters: adapters,
            pages: pages,
            publicURL: publicAddress,
            demoTenant: demoTenant
        )
    }

    var eventRoutes: EventRoutes {
        EventRoutes(sessions: sessions, events: EventStore(database: database))
    }

    var healthRoutes: HealthRoutes {
        HealthRoutes(
            sessions: sessions,
            layouts: LayoutStore(database: database),
            runtimes: runtimes,
            objects: ObjectDirectory(database: database)
        )
    }

    var testEventRoutes: TestEventRoutes {
        TestEventRoutes(sessions: sessions, channels: channels, log: log, now: now)
    }

    var alertRoutes: AlertRoutes {
        AlertRoutes(
            sessions: sessions,
            events: EventStore(database: database),
            runtimes: runtimes,
            log: log,
            now: now
        )
    }

    var opsRoutes: OpsRoutes {
        OpsRoutes(
            readiness: readiness,
            probe: probe,
            log: log,
            runtimes: runtimes,
            hub: hub,
            counters: .shared,
            token: settings.operatorToken,
            version: ProgramVersion.text
        )
    }

    var origins: AllowedOrigins { AllowedOrigins(publicURL: settings.publicURL) }
}
