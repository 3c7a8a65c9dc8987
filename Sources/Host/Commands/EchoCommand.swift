import ArgumentParser
import Glibc
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import NIOPosix
import ServiceLifecycle
import UnixSignals

/// `streamvibes ws-echo`: the WebSocket layer behind an echo, for conformance suites.
struct EchoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ws-echo",
        abstract: "Echo WebSocket messages on loopback.",
        shouldDisplay: false
    )

    @Option(help: "The port to listen on; 0 takes any free one.")
    var port: Int = 9001

    func run() async throws {
        let hub = RealtimeHub(group: MultiThreadedEventLoopGroup.singleton)
        let application = Application(
            router: Router(context: BasicRequestContext.self),
            server: HTTPServerBuilder { responder in
                UpgradableHTTP1(responder: responder, hub: hub) { _, _ in .webSocket(EchoPeer()) }
            },
            configuration: .init(address: .hostname("127.0.0.1", port: port)),
            services: [hub],
            onServerRunning: { channel in
                print("Echo: ws://127.0.0.1:\(channel.localAddress?.port ?? 0)/")
                fflush(nil)
            },
            logger: Logger(label: "ws-echo") { _ in SwiftLogNoOpLogHandler() }
        )
        try await application.runService()
    }
}

/// Sends every message back.
final class EchoPeer: WebSocketPeer {
    let kind = ConnectionKind.unsubscribed
    // Autobahn's largest message (case 9.1.6) has 16 MiB.
    let messageSizeLimit = 16 << 20

    func opened(_ connection: WebSocketConnection) {}

    func received(text: ByteBuffer, on connection: WebSocketConnection) {
        connection.send(OutboundFrame(text: text.readableBytesView))
    }

    func received(binary: ByteBuffer, on connection: WebSocketConnection) {
        connection.send(OutboundFrame(binary: binary.readableBytesView))
    }

    func closed(_ connection: WebSocketConnection) {}
}
