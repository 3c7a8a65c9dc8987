/// Why a service's delivery is refused: the first four as not the service's, the last as not understood.
enum TipDeliveryError: HostFailure, Equatable {
    case missingHeader(String)
    case badSignature
    case staleTimestamp
    /// The token in the body is not that of the streamer's account.
    case badToken
    /// Proven, but not what the type promises; says where.
    case malformed(String)

    var code: FailureCode {
        switch self {
        case .missingHeader, .badSignature, .staleTimestamp, .badToken: .forbidden
        case .malformed: .validation
        }
    }

    var publicMessage: String {
        switch self {
        case .missingHeader(let name): "The header \(name) is missing."
        case .badSignature: "The signature does not fit this delivery."
        case .staleTimestamp:
            "Stripe-Signature was made more than \(StripeSignature.oldestMilliseconds / 1000) seconds ago."
        case .badToken: "data.verification_token is not the token of this address's account."
        case .malformed(let reason): "This delivery is malformed: \(reason)."
        }
    }
}
