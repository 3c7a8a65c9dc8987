import Testing

@testable import Host

@Suite struct TwitchSignatureTests {
    /// Made with Python's hmac: sha256 over "8e2c-11", the timestamp and the body.
    private let golden = "13a8358188c1fad2e5d6ec3818dd4ab303f65ae5619fba7a51a4acc1baab9a46"
    private let body = #"{"hello":"wörld"}"#

    private func accepts(_ signature: String, id: String = "8e2c-11", body: String? = nil) throws -> Bool {
        try TwitchSamples.signature().accepts(
            signature: signature,
            messageId: id,
            timestamp: TwitchSamples.sentAt,
            body: Array((body ?? self.body).utf8)
        )
    }

    @Test func `a delivery that Twitch signed is accepted, as often as it comes`() throws {
        #expect(try accepts("sha256=\(golden)"))
        #expect(try accepts("sha256=\(golden)"))
    }

    @Test func `a body whose bytes are not in one piece gives the same answer`() throws {
        let signature = try TwitchSamples.signature()
        let pieces = [Array(body.utf8.prefix(5)), Array(body.utf8.dropFirst(5))].joined()

        let accepted = signature.accepts(
            signature: "sha256=\(golden)",
            messageId: "8e2c-11",
            timestamp: TwitchSamples.sentAt,
            body: Array(pieces)[...]
        )
        let lazily = signature.accepts(
            signature: "sha256=\(golden)",
            messageId: "8e2c-11",
            timestamp: TwitchSamples.sentAt,
            body: pieces
        )

        #expect(accepted && lazily)
    }

    @Test func `any one bit that differs in the signature refuses the delivery`() throws {
        let digits = Array("0123456789abcdef")
        for place in 0..<64 {
            var characters = Array(golden)
            let value = try #require(characters[place].hexDigitValue)
            for bit in [1, 2, 4, 8] {
                characters[place] = digits[value ^ bit]
                #expect(try !accepts("sha256=\(String(characters))"))
            }
        }
    }

    @Test func `another id, timestamp or body is refused`() throws {
        #expect(try !accepts("sha256=\(golden)", id: "8e2c-12"))
        #expect(try !accepts("sha256=\(golden)", body: body + " "))
        let signature = try TwitchSamples.signature()
        let accepted = signature.accepts(
            signature: "sha256=\(golden)",
            messageId: "8e2c-11",
            timestamp: "2026-03-01T18:00:00.123456788Z",
            body: Array(body.utf8)
        )
        #expect(!accepted)
    }

    @Test(arguments: ["", "sha256=", "sha1=@", "@", "SHA256=@", "sha256=@0", "sha256=@\u{0}", " sha256=@", "sha256=é@"])
    func `a header of another form is refused`(_ form: String) throws {
        #expect(try !accepts(form.split(separator: "@", omittingEmptySubsequences: false).joined(separator: golden)))
    }

    @Test func `upper-case digits and digits that are none are refused`() throws {
        #expect(try !accepts("sha256=\(golden.uppercased())"))
        #expect(try !accepts("sha256=\(golden.dropLast())g"))
        #expect(try !accepts("sha256=\(golden.dropLast(2))é"))
    }
}

@Suite struct TwitchSecretTests {
    @Test(arguments: [10, 100]) func `10 to 100 characters are a secret`(_ length: Int) throws {
        #expect(throws: Never.self) { try TwitchSecret(String(repeating: "k", count: length)) }
    }

    @Test(arguments: [0, 1, 9, 101]) func `a secret of another length is refused with its length`(_ length: Int) throws
    {
        let error = #expect(throws: TwitchSecretError.self) {
            try TwitchSecret(String(repeating: "k", count: length))
        }
        let message = try #require(error).description
        #expect(message.hasPrefix("TWITCH_EVENTSUB_SECRET has \(length) character"))
        #expect(message.hasSuffix("wanted are 10 to 100 printable ASCII characters."))
    }

    @Test(arguments: ["ein geheimer Schlüssel", "with a line end\n", "🔑🔑🔑🔑🔑🔑🔑🔑🔑🔑"])
    func `what is not printable ASCII is refused and not repeated`(_ text: String) throws {
        let error = try #require(#expect(throws: TwitchSecretError.self) { try TwitchSecret(text) })
        #expect(error.description.contains("not all printable ASCII"))
        #expect(!error.description.contains(text))
    }

    @Test func `a secret does not show itself`() throws {
        let secret = try TwitchSecret("do not tell anybody")
        #expect("\(secret)" == "<redacted>")
        #expect(String(reflecting: [secret]) == "[<redacted>]")
        #expect(!"\(TwitchSignature(secret: secret))".contains("do not tell"))
    }
}
