import ArgumentParser
import Glibc
import Hummingbird
import NIOCore

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

    func run() async throws {
        var options = storage.given
        options["STREAMVIBES_HOSTNAME"] = hostname
        options["STREAMVIBES_PORT"] = port
        guard (0...100).contains(demoRate) else {
            throw CommandFailure(.usage, "--demo-rate: \"\(demoRate)\" seen, a number from 0 to 100 wanted")
        }
        let place = try await Workplace.open(options: options, forServing: true)
        if demo, !place.settings.isLoopback {
            throw CommandFailure(
                .usage,
                "--hostname: \"\(place.settings.hostname)\" seen, a loopback address wanted with --demo"
            )
        }
        OpenFileLimit.raise(place.logger)
        let host = try await Composition(
            settings: place.settings,
            database: place.database,
            demo: demo ? .init(rate: demoRate, seed: demoSeed) : nil,
            logger: place.logger
        )
        let application = host.application { _ in await Self.announce(host) }
        do {
            try await application.runService()
        } catch let error as IOError {
            throw CommandFailure(
                .unavailable,
                "port: \(place.settings.port) on \(place.settings.hostname) seen, a free address wanted (\(error))"
            )
        }
    }

    /// Says where the pages are; into a pipe too, at once.
    private static func announce(_ host: Composition) async {
        let base = host.publicAddress.text
        print("Dashboard: \(base)/dashboard")
        for channel in ((try? await host.channels.all()) ?? []).prefix(20) {
            print("Overlay: \(base)/\(channel.platform.rawValue)/\(channel.name)/overlay")
        }
        fflush(nil)
    }
}
