/// What has happened since the program began, for operators.
///
/// One process is one host, so there is one of these; nothing is decided by it.
final class HostCounters: Sendable {
    static let shared = HostCounters()
    /// Who delivers, by the word of their address; all others are the last one.
    static let deliverers = Platform.allCases.filter { $0 != .streamvibes }.map(\.rawValue) + ["other"]

    let requests = RouteGroup.allCases.map { _ in CounterTable<StatusClass>() }
    let requestSeconds = Histogram()
    let deliveries = HostCounters.deliverers.map { _ in CounterTable<DeliveryOutcome>() }
    let eventsAppended = Counter()
    let eventCommits = Counter()
    let eventCommitsFailed = Counter()
    let writeSeconds = Histogram()
    let writeFailures = Counter()
    let checkpointsWritten = Counter()
    let widgetFaults = CounterTable<WidgetFaultKind>()
    let connectionsOpened = Counter()
    let framesPublished = Counter()

    func count(_ group: RouteGroup, _ status: Int) {
        guard let index = RouteGroup.allCases.firstIndex(of: group) else { return }
        requests[index].add(StatusClass(status))
    }

    func count(deliveryFrom word: some StringProtocol, _ outcome: DeliveryOutcome) {
        let index = Self.deliverers.firstIndex { $0 == word } ?? Self.deliverers.count - 1
        deliveries[index].add(outcome)
    }

    /// Kinds of addresses, by what is asked rather than by whom.
    enum RouteGroup: String, CaseIterable, Sendable {
        case api, webhook, overlay, dashboard, auth, asset, image, file, ops, other
    }

    enum StatusClass: String, CaseIterable, Sendable {
        case informational = "1xx"
        case success = "2xx"
        case redirect = "3xx"
        case clientError = "4xx"
        case serverError = "5xx"

        init(_ status: Int) {
            switch status {
            case ..<200: self = .informational
            case ..<300: self = .success
            case ..<400: self = .redirect
            case ..<500: self = .clientError
            default: self = .serverError
            }
        }
    }

    enum DeliveryOutcome: String, CaseIterable, Sendable {
        /// Taken, or known already.
        case accepted
        /// A signature, a date or a header that is not right.
        case refused
        case malformed
        case unknownChannel = "unknown_channel"
        case tooLarge = "too_large"
        /// The log could not be written; the platform sends it again.
        case unavailable
        case failed

        init(status: Int) {
            switch status {
            case ..<300: self = .accepted
            case 401, 403: self = .refused
            case 404: self = .unknownChannel
            case 413: self = .tooLarge
            case 503: self = .unavailable
            case 500...: self = .failed
            default: self = .malformed
            }
        }
    }

    /// The kinds of faults that the API tells of.
    enum WidgetFaultKind: String, CaseIterable, Sendable {
        case error, limit, memory, killed, rejected, permission, other
    }
}
