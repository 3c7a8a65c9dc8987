import WidgetAPI

/// A streamer's account with a tip service: the address at which it delivers, and what proves that it does.
struct TipSource: Sendable, Equatable {
    typealias ID = Identifier<TipSource>

    /// Sources of one streamer at most.
    static let limit = 10

    let id: ID
    let service: TipService
    let key: TipSourceKey
    /// When the service was last believed; `nil` before the first time.
    var lastDeliveryAt: Timestamp?

    /// Written as `{id,service,address,lastDeliveryAt}`; the secret is told to nobody again.
    func json(under publicURL: String) -> JSONValue {
        [
            "id": .string(id.text), "service": .string(service.rawValue),
            "address": .string("\(publicURL)/api/webhooks/\(service.rawValue)/\(key.text)"),
            "lastDeliveryAt": .optional(lastDeliveryAt?.iso8601),
        ]
    }
}

/// The end of a tip source's address, which nobody can guess.
struct TipSourceKey: Sendable, Equatable, CustomStringConvertible {
    let text: String

    /// 256 random bits.
    static func random() -> TipSourceKey {
        TipSourceKey(text: RandomText.make(bytes: 32))
    }

    /// What is compared: an address that was asked for never meets the one that is kept.
    var hash: String { RandomText.hash(text) }

    var description: String { "<redacted>" }
}

/// Why a tip source is not taken.
enum TipSourceError: HostFailure, Equatable {
    case tooMany

    var code: FailureCode { .conflict }
    var publicMessage: String { "There are \(TipSource.limit) tip services already, which is the limit." }
}
