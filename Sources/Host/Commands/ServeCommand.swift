import ArgumentParser
import Glibc
import Hummingbird
import Logging
import NIOCore
import ServiceLifecycle
import UnixSignals

/// Written as `streamvibes serve`.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "serve", abstract: "Run the host.")

    @Option(help: "The address to listen on (default 127.0.0.1).")
    var hostname: String?

    @Option(help: "The port to listen on (default 8080); 0 takes any free one.")
    var port: String?

    @OptionGroup var storage: StorageOptions

    @Flag(help: "Add a demo channel with a simulator and a one-click login; on this machine only.")
    var demo = false

    @Option(help: "Multiplies the simulator's rates, 0 to 100 (default 1).")
    var demoRate: Double = 1

    @Option(help: "Fixes what the simulator sends (default 1).")
    var demoSeed: UInt64 = 1

    /// From a signal until everybody is cut off who still holds on.
    ///
    /// Only tokens that a platform has been asked for are waited for longer, until they are stored; so a unit has to
    /// wait longer too (TimeoutStopSec).
    static let shutdownLimit = Duration.seconds(10)

    func run() async throws {
        var options = storage.given
        options["STREAMVIBES_HOSTNAME"] = hostname
        options["STREAMVIBES_PORT"] = port
        guard (0...100).contains(demoRate) else {
            throw CommandFailure(.usage, "--demo-rate: \"\(demoRate)\" seen, a number from 0 to 100 wanted")
        }
        let demo = demo
        let place = try await Workplace.open(options: options, forServing: true) { settings in
            guard !demo || settings.isLoopback else {
                throw CommandFailure(
                    .usage,
                    "--hostname: \"\(settings.hostname)\" seen, a loopback address wanted with --demo"
                )
            }
        }
        OpenFileLimit.raise(place.logger)
        try await Self.reportingFailures(of: place.settings) {
            let clock = SteadyClock()
            let host = try await Composition(
                settings: place.settings,
                database: place.database,
                demo: demo ? .init(rate: demoRate, seed: demoSeed) : nil,
                logger: place.logger,
                now: { clock.now() }
            )
            try await Self.serve(host)
        }
    }

    /// Runs until a signal asks to stop; then everything has a few seconds to end well.
    private static func serve(_ host: Composition) async throws {
        let application = host.application { port in
            warn(host)
            await announce(host, port: port)
        }
        var configuration = ServiceGroupConfiguration(
            // The last one is told first.
            services: [application, host.readiness],
            gracefulShutdownSignals: [.sigterm, .sigint],
            logger: application.logger
        )
        // One peer that sends a byte a minute must not keep the others from their goodbye.
        configuration.maximumGracefulShutdownDuration = shutdownLimit
        do {
            try await ServiceGroup(configuration: configuration).run()
        } catch is CancellationError {
            host.logger.warning("some requests were cut off at the end")
        }
    }

    /// Turns what can go wrong at start into one line with its exit status.
    private static func reportingFailures(of settings: Settings, _ body: () async throws -> Void) async throws {
        let address = "\(settings.hostname) and port \(settings.port)"
        do {
            try await body()
        } catch let error as IOError {
            throw CommandFailure(.unavailable, "hostname, port: \(address) seen, a free address wanted (\(error))")
        } catch let error as SocketAddressError.UnknownHost {
            throw CommandFailure(
                .unavailable,
                "hostname: \(address) seen, an address of this machine wanted (\(error))"
            )
        } catch let error as Host.ChannelError {
            throw CommandFailure(.badData, "--demo: \(error.publicMessage)")
        } catch let error as VaultError {
            throw CommandFailure(.badConfiguration, error.description)
        } catch StorageError.unavailable(let reason) {
            throw CommandFailure(.unavailable, "DATABASE_URL: storage that can be written wanted (\(reason))")
        }
    }

    /// Says what would fail in a streamer's browser only.
    private static func warn(_ host: Composition) {
        for platform in host.settings.platforms where platform.application != nil {
            guard let objection = platform.objection(to: host.publicAddress) else { continue }
            host.logger.warning(
                "\(objection); set PUBLIC_URL to such an address",
                metadata: ["PUBLIC_URL": "\(host.publicAddress.text)"]
            )
        }
    }

    /// Says where the pages are; into a pipe too, at once.
    private static func announce(_ host: Composition, port: Int) async {
        let base = host.publicAddress.text
        print("Dashboard: \(base)/dashboard")
        for channel in ((try? await host.channels.all()) ?? []).prefix(20) {
            print("Overlay: \(base)/\(channel.platform.rawValue)/\(channel.name)/overlay")
        }
        // The other lines name the address that browsers use.
        if host.settings.port == 0, host.settings.publicURL != nil {
            print("Listening: http://\(host.settings.hostname):\(port)")
        }
        fflush(nil)
    }
}
