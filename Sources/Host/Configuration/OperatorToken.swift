import Crypto

/// The word by which an operator's tools are known from elsewhere.
///
/// Only its hash is kept: comparing two hashes takes the same time whatever they have in common.
struct OperatorToken: Sendable, CustomStringConvertible {
    private let hash: SHA256.Digest

    /// Takes printable ASCII without spaces, as a header can carry it; `nil` for anything else.
    init?(_ text: String) {
        guard !text.isEmpty, text.utf8.count <= 1024, text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
            return nil
        }
        hash = SHA256.hash(data: Array(text.utf8))
    }

    func matches(_ text: some StringProtocol) -> Bool {
        SHA256.hash(data: Array(text.utf8)) == hash
    }

    var description: String { "<redacted>" }
}
