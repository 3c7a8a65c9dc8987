import Crypto
import Foundation
import WidgetAPI

/// Where a secret stands; sealed for one place, it opens at no other.
struct SealedPlace: Sendable {
    let table: String
    let column: String
    /// What tells the row from the streamer's others.
    let row: String
    /// Whose it is; empty for what is the host's own.
    let streamer: String

    /// The four texts as JSON: no two places give the same bytes.
    fileprivate var context: [UInt8] {
        let texts = [table, column, row, streamer].map { JSONValue.string($0) }
        return Array(JSONValue.array(texts).text.utf8)
    }
}

/// A secret under a data key: `v1.KEY-ID.BASE64`, AES-256-GCM with a nonce of its own each time.
struct SealedText: Sendable {
    private static let version = "v1"

    let keyId: String
    private let box: Data

    /// What stands in a column; `nil` when it was written by something else.
    init?(_ text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0] == Self.version, let box = Data(base64Encoded: String(parts[2])) else {
            return nil
        }
        keyId = String(parts[1])
        self.box = box
    }

    init(sealing bytes: [UInt8], under key: SymmetricKey, id: String, for place: SealedPlace) throws {
        keyId = id
        let sealed = try AES.GCM.seal(bytes, using: key, authenticating: place.context)
        // There is always a combined form with the library's own nonce size.
        guard let combined = sealed.combined else { throw VaultError.damaged(table: place.table) }
        box = combined
    }

    var text: String { "\(Self.version).\(keyId).\(box.base64EncodedString())" }

    /// Throws `VaultError.damaged` when key, place or bytes are not those it was sealed with.
    func opened(with key: SymmetricKey, for place: SealedPlace) throws(VaultError) -> [UInt8] {
        do {
            return Array(try AES.GCM.open(AES.GCM.SealedBox(combined: box), using: key, authenticating: place.context))
        } catch {
            throw .damaged(table: place.table)
        }
    }
}

/// Why secrets cannot be sealed or opened.
enum VaultError: HostFailure, Equatable, CustomStringConvertible {
    /// No key is given and none lies in the data dir, but secrets are kept.
    case noKey(path: String, wanted: String)
    case wrongKey(seen: String, wanted: String)
    /// The key in use was replaced by `rotate-keys`.
    case replacedKey(seen: String, wanted: String)
    case unusableFile(path: String, reason: String)
    /// A key was changed and the server has not been started since.
    case changeUnderWay
    case sameKey
    case damaged(table: String)

    var code: FailureCode { .internalError }
    var publicMessage: String { "Something went wrong on our side. Nothing was changed." }

    var description: String {
        switch self {
        case .noKey(let path, let wanted):
            "SECRET_KEY: none seen, nor one in \(path); the key \(wanted) wanted, which sealed what this database keeps"
        case .wrongKey(let seen, let wanted):
            "SECRET_KEY: the key \(seen) seen, the key \(wanted) wanted, which sealed what this database keeps"
        case .replacedKey(let seen, let wanted):
            "SECRET_KEY: the key \(seen) seen, the key \(wanted) wanted, by which rotate-keys replaced it"
        case .unusableFile(let path, let reason):
            "SECRET_KEY: \(path) seen, a file of this user with \(SecretKey.wanted) wanted (\(reason))"
        case .changeUnderWay:
            "SECRET_KEY: a change that waits for the server's next start seen, a server started with the new key wanted"
        case .sameKey: "NEW_SECRET_KEY: the present key seen, another one wanted"
        case .damaged(let table):
            "a secret in \(table) seen that its key does not open, the bytes as this program wrote them wanted"
        }
    }
}
