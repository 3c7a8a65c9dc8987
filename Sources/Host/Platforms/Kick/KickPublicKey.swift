import Crypto
import CryptoExtras
import Foundation

/// The proof that Kick sent a delivery: RSASSA-PKCS1-v1_5 with SHA-256.
///
/// Source: https://docs.kick.com/events/webhook-security
struct KickPublicKey: Sendable {
    private let key: _RSA.Signing.PublicKey

    /// Reads an RSA key of 2,048 bits or more in PEM; `nil` for anything else.
    init?(pem: String) {
        guard let key = try? _RSA.Signing.PublicKey(pemRepresentation: pem) else { return nil }
        self.key = key
    }

    /// Reads the file of that path.
    init?(path: String) {
        guard let pem = try? String(contentsOfFile: path, encoding: .utf8) else { return nil }
        self.init(pem: pem)
    }

    /// Whether the signature fits; `signature` is in base64.
    func accepts(_ signature: String, for signed: [UInt8]) -> Bool {
        guard let bytes = Data(base64Encoded: signature) else { return false }
        let signature = _RSA.Signing.RSASignature(rawRepresentation: bytes)
        return key.isValidSignature(signature, for: SHA256.hash(data: signed), padding: .insecurePKCS1v1_5)
    }
}
