import Hummingbird
import NIOCore

/// What a handler knows about a request beside the request itself.
struct HostRequestContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    /// Who opened the connection: the visitor, or a proxy in between.
    let peer: IPAddress?
    /// Who asks; until ``VisitorReading`` has looked at the headers, whoever opened the connection.
    var visitor: Visitor

    init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        peer = source.channel.remoteAddress?.ipAddress.flatMap { IPAddress($0) }
        visitor = Visitor(peer: peer, headers: [:], trusting: TrustedProxies())
    }
}
