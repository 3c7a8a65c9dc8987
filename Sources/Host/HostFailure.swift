import WidgetAPI

/// An error that a peer may see: what it is called outside and what it says.
///
/// Every other error answers 500 with a fixed sentence, so that no query, path or stack ever leaves the host.
protocol HostFailure: Error {
    var code: FailureCode { get }
    /// One sentence that names the field, the value and what is wanted, where there are such.
    var publicMessage: String { get }
    /// What a form needs to show the fault where it is, or `nil`.
    var details: JSONValue? { get }
}

extension HostFailure {
    var details: JSONValue? { nil }
}

/// The codes of the error envelope, each with its HTTP status (contract section 2).
enum FailureCode: String, Sendable {
    case validation = "VALIDATION_ERROR"
    case unauthorized = "UNAUTHORIZED"
    case forbidden = "FORBIDDEN"
    case notFound = "NOT_FOUND"
    case conflict = "CONFLICT"
    case payloadTooLarge = "PAYLOAD_TOO_LARGE"
    case rateLimited = "RATE_LIMITED"
    case internalError = "INTERNAL_ERROR"
    case unavailable = "UNAVAILABLE"

    var status: Int {
        switch self {
        case .validation: 400
        case .unauthorized: 401
        case .forbidden: 403
        case .notFound: 404
        case .conflict: 409
        case .payloadTooLarge: 413
        case .rateLimited: 429
        case .internalError: 500
        case .unavailable: 503
        }
    }
}
