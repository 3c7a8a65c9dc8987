import Glibc

/// The addresses whose `X-Forwarded-*` headers are believed, as ranges in CIDR notation (RFC 4632, RFC 4291).
struct TrustedProxies: Sendable, Equatable {
    /// Ranges there may be.
    static let limit = 64

    private var ranges: [AddressRange] = []

    /// Nobody is believed.
    init() {}

    /// Reads `10.0.0.0/8,fd00::/8,192.0.2.7`; `nil` where a part is no range.
    init?(_ text: String) {
        let parts = text.split(separator: ",", omittingEmptySubsequences: false)
        guard parts.count <= Self.limit else { return nil }
        for part in parts {
            guard let range = AddressRange(part.trimmed) else { return nil }
            ranges.append(range)
        }
    }

    /// Whether there is any.
    var isEmpty: Bool { ranges.isEmpty }

    func contains(_ address: IPAddress) -> Bool {
        ranges.contains { $0.contains(address) }
    }
}

/// An address of the internet protocol, version 4 or 6, as sixteen bytes.
///
/// One of version 4 stands there as `::ffff:a.b.c.d` (RFC 4291 section 2.5.5.2), so that both are compared alike.
struct IPAddress: Sendable, Hashable, CustomStringConvertible {
    fileprivate let bytes: [UInt8]
    fileprivate let isOld: Bool

    /// Reads `192.0.2.7` or `2001:db8::7`; `nil` for anything else, a port included.
    init?(_ text: some StringProtocol) {
        var old = in_addr()
        var new = in6_addr()
        if inet_pton(AF_INET, String(text), &old) == 1 {
            let four = withUnsafeBytes(of: &old) { Array($0) }
            bytes = [UInt8](repeating: 0, count: 10) + [0xFF, 0xFF] + four
        } else if inet_pton(AF_INET6, String(text), &new) == 1 {
            bytes = withUnsafeBytes(of: &new) { Array($0) }
        } else {
            return nil
        }
        isOld = bytes.prefix(10).allSatisfy { $0 == 0 } && bytes[10] == 0xFF && bytes[11] == 0xFF
    }

    /// Whose traffic is counted together: of version 6 the network of a household, as each has 2^64 addresses.
    var household: [UInt8] { isOld ? bytes : Array(bytes.prefix(8)) }

    var description: String {
        if isOld { return bytes.suffix(4).map(String.init).joined(separator: ".") }
        var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        guard inet_ntop(AF_INET6, bytes, &text, socklen_t(text.count)) != nil else { return "?" }
        return String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}

/// All addresses with the same first bits.
private struct AddressRange: Sendable, Equatable {
    let base: IPAddress
    let bits: Int

    /// Reads `10.0.0.0/8`, or a single address.
    init?(_ text: Substring) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), let base = IPAddress(parts[0]) else { return nil }
        let width = base.isOld ? 32 : 128
        guard let own = parts.count == 2 ? Int(parts[1]) : width, (0...width).contains(own) else { return nil }
        (self.base, bits) = (base, 128 - width + own)
    }

    func contains(_ address: IPAddress) -> Bool {
        let (whole, rest) = bits.quotientAndRemainder(dividingBy: 8)
        guard base.bytes.prefix(whole) == address.bytes.prefix(whole) else { return false }
        guard rest > 0 else { return true }
        return (base.bytes[whole] ^ address.bytes[whole]) >> (8 - rest) == 0
    }
}

extension Substring {
    /// Without the blanks around it.
    fileprivate var trimmed: Substring {
        var text = drop { $0 == " " || $0 == "\t" }
        while text.last == " " || text.last == "\t" { text.removeLast() }
        return text
    }
}
