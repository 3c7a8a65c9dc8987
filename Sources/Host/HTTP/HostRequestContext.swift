import Hummingbird
import NIOCore

/// What a handler knows about a request beside the request itself.
struct HostRequestContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    private let remoteAddress: SocketAddress?
    /// Who asks and how they came, where a trusted proxy may have said so; ``VisitorReading`` finds it out.
    var forwarded: Visitor?

    init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        remoteAddress = source.channel.remoteAddress
    }

    /// Who opened the connection: the visitor, or a proxy in between.
    ///
    /// Read anew each time: of the deliveries nobody wants to know it.
    var peer: IPAddress? { remoteAddress?.ipAddress.flatMap { IPAddress($0) } }

    /// Who asks.
    var visitor: Visitor { forwarded ?? Visitor(peer: peer, headers: [:], trusting: TrustedProxies()) }
}
