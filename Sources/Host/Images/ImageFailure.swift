/// Why there is no picture.
///
/// Texts of reasons are for the log; nobody outside sees them.
enum ImageFailure: HostFailure, Equatable {
    /// The id can be none, or its source knows none of it.
    case unknown
    /// The source refuses this one, or sent something that is not served; others may be had.
    case unusable(reason: String)
    /// The source did not answer, or not in time, or with a failure of its own.
    case unreachable(reason: String)
    /// Too many pictures are waiting already, or the host is going down.
    case busy

    var code: FailureCode {
        switch self {
        case .unknown: .notFound
        case .unusable, .unreachable, .busy: .unavailable
        }
    }

    var publicMessage: String {
        switch self {
        case .unknown: "There is no such picture."
        case .unusable:
            "The source of this picture sent no PNG, GIF, WebP or JPEG of at most \(RasterImage.sizeLimit) bytes."
        case .unreachable: "The source of this picture does not answer."
        case .busy: "Too many pictures are being fetched at the moment."
        }
    }

    /// Whether the source would say the same again.
    var isWorthRemembering: Bool {
        switch self {
        case .unknown, .unusable, .unreachable: true
        case .busy: false
        }
    }
}
