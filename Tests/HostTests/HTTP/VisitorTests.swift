import HTTPTypes
import Testing

@testable import Host

/// Whose word counts for who a visitor is.
@Suite struct VisitorTests {
    private let proxies = TrustedProxies("10.0.0.0/8, 192.0.2.7,fd00::/8")

    private func visitor(_ peer: String, _ headers: HTTPFields) throws -> Visitor {
        Visitor(peer: IPAddress(peer), headers: headers, trusting: try #require(proxies))
    }

    @Test(arguments: ["", "10.0.0.0/33", "10.0.0/8", "::/129", "10.0.0.1:80", "example", "10.0.0.0/8,", "10.0.0.0/-1"])
    func `what is no range of addresses is refused`(_ text: String) {
        #expect(TrustedProxies(text) == nil)
    }

    @Test(
        arguments: [
            ("10.255.255.255", true), ("11.0.0.0", false), ("9.255.255.255", false), ("192.0.2.7", true),
            ("192.0.2.6", false), ("fdff::1", true), ("fe00::1", false), ("::ffff:10.1.2.3", true),
        ]
    )
    func `a range holds its first and its last address and no other`(_ text: String, _ isIn: Bool) throws {
        let address = try #require(IPAddress(text))

        #expect(proxies?.contains(address) == isIn)
    }

    @Test func `nobody but a trusted proxy can name another visitor`() throws {
        let said: HTTPFields = [HeaderNames.forwardedFor: "203.0.113.9", HeaderNames.forwardedProto: "https"]

        let stranger = try visitor("198.51.100.1", said)
        let proxied = try visitor("10.0.0.1", said)

        #expect(stranger.address == IPAddress("198.51.100.1"))
        #expect(stranger.scheme == nil)
        #expect(proxied.address == IPAddress("203.0.113.9"))
        #expect(proxied.scheme == .https)
    }

    @Test func `what a visitor wrote in front of the proxies' own words does not count`() throws {
        let through = try visitor("10.0.0.1", [HeaderNames.forwardedFor: "1.1.1.1, 203.0.113.9, 10.0.0.2"])
        let nonsense = try visitor("10.0.0.1", [HeaderNames.forwardedFor: "203.0.113.9, unknown"])

        #expect(through.address == IPAddress("203.0.113.9"))
        #expect(nonsense.address == IPAddress("10.0.0.1"))
    }

    @Test func `a household of IPv6 is one visitor, two addresses of IPv4 are two`() throws {
        let first = try #require(IPAddress("2001:db8:1:2::1"))

        #expect(first.household == IPAddress("2001:db8:1:2:ffff::9")?.household)
        #expect(first.household != IPAddress("2001:db8:1:3::1")?.household)
        #expect(IPAddress("192.0.2.1")?.household != IPAddress("192.0.2.2")?.household)
        #expect("\(first)" == "2001:db8:1:2::1")
    }
}
