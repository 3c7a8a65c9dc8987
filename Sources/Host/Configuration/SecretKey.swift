import Crypto
import Foundation

/// The key-encryption key: 32 bytes that seal the data keys (`SECRET_KEY`).
struct SecretKey: Sendable, Equatable, CustomStringConvertible, CustomReflectable {
    /// How a wrong one is described.
    static let wanted = "32 bytes in base64 (openssl rand -base64 32)"

    let bytes: [UInt8]

    init() {
        var generator = SystemRandomNumberGenerator()
        bytes = (0..<32).map { _ in UInt8.random(in: 0...255, using: &generator) }
    }

    /// Reads base64 of exactly 32 bytes.
    init?(_ text: String) {
        guard let data = Data(base64Encoded: text), data.count == 32 else { return nil }
        bytes = Array(data)
    }

    /// As it is written into a setting or a file.
    var exposed: String { Data(bytes).base64EncodedString() }

    /// Tells keys apart without telling anything about them.
    var id: String {
        let digest = SHA256.hash(data: Array("streamvibes secret key".utf8) + bytes)
        return digest.prefix(4).map { byte in
            let digits = String(byte, radix: 16)
            return digits.count == 1 ? "0\(digits)" : digits
        }.joined()
    }

    var description: String { "<redacted>" }
    var customMirror: Mirror { Mirror(self, children: []) }
}
