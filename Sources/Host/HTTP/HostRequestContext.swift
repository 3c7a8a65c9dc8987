import Hummingbird
import NIOCore

/// What is known of a request besides its bytes.
struct HostRequestContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    /// Who opened the connection: the visitor, or a proxy in between.
    let peer: IPAddress?

    init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        peer = source.channel.remoteAddress?.ipAddress.flatMap { IPAddress($0) }
    }
}
