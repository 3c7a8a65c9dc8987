import Glibc
import Logging

/// The number of sockets and files this process may have open.
enum OpenFileLimit {
    /// A thousand pages on one channel and their platform connections, with room.
    static let comfortable: UInt64 = 4096

    /// How far the system lets us raise it; 0 where it does not say.
    static var highest: UInt64 {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return 0 }
        return UInt64(limit.rlim_max)
    }

    /// Raises the limit as far as the system lets us, and says so when that is not far.
    static func raise(_ logger: Logger) {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return }
        limit.rlim_cur = limit.rlim_max
        setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        if UInt64(limit.rlim_cur) < comfortable {
            logger.warning(
                "few files may be open at once; raise it with ulimit -n or LimitNOFILE",
                metadata: ["limit": "\(limit.rlim_cur)", "wanted": "\(comfortable)"]
            )
        }
    }
}
