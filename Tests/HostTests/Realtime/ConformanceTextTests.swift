import Testing

/// UTF-8: Autobahn's group 6.
@Suite(.serialized, .withProcesses, .echo) struct ConformanceTextTests {
    private typealias Frame = WebSocketClient.Frame

    /// Every length of a character, the edges of each, and the noncharacters, which are text all the same.
    static let valid = [
        "κόσμε", "Hello-µ@ßöäüàá-UTF-8!!", "\u{0}", "\u{7F}", "\u{80}", "\u{7FF}", "\u{800}", "\u{D7FF}", "\u{E000}",
        "\u{FFFD}", "\u{FFFE}", "\u{FFFF}", "\u{10000}", "\u{1FFFE}", "\u{1FFFF}",
        "\u{10FFFE}", "\u{10FFFF}", "\u{FEFF}start", "👩‍👩‍👧‍👦 family",
        // U+FDD0 and U+FDEF, which the compiler does not take as literals.
        String(decoding: [0xEF, 0xB7, 0x90, 0xEF, 0xB7, 0xAF], as: UTF8.self),
    ]

    static let invalid: [[UInt8]] = [
        // A character that never comes to its end, in every length.
        [0xC2], [0xE0, 0xA0], [0xF0, 0x90, 0x80], [0xCE, 0xBA, 0xE1, 0xBD],
        // Continuation bytes of nothing.
        [0x80], [0xBF], [0x80, 0xBF, 0x80], [0x61, 0x80, 0x61],
        // Bytes that never occur.
        [0xFE], [0xFF], [0xFE, 0xFE, 0xFF, 0xFF], [0xC0], [0xC1], [0xF5],
        // Overlong forms of "/", of U+0000 and of the last character of the shorter form.
        [0xC0, 0xAF], [0xE0, 0x80, 0xAF], [0xF0, 0x80, 0x80, 0xAF], [0xF8, 0x80, 0x80, 0x80, 0xAF],
        [0xFC, 0x80, 0x80, 0x80, 0x80, 0xAF], [0xC0, 0x80], [0xE0, 0x80, 0x80], [0xF0, 0x80, 0x80, 0x80],
        [0xC1, 0xBF], [0xE0, 0x9F, 0xBF], [0xF0, 0x8F, 0xBF, 0xBF],
        // Halves of surrogate pairs, alone and together.
        [0xED, 0xA0, 0x80], [0xED, 0xAD, 0xBF], [0xED, 0xAE, 0x80], [0xED, 0xBF, 0xBF],
        [0xED, 0xA0, 0x80, 0xED, 0xB0, 0x80],
        // Beyond U+10FFFF, and the five and six bytes of old.
        [0xF4, 0x90, 0x80, 0x80], [0xF7, 0xBF, 0xBF, 0xBF], [0xF8, 0x88, 0x80, 0x80, 0x80],
        [0xFC, 0x84, 0x80, 0x80, 0x80, 0x80],
        // A character cut short by an ordinary one.
        [0xE2, 0x82, 0x61], [0xF0, 0x9F, 0x98, 0x61],
    ]

    @Test(arguments: valid) func `text comes back to the byte`(_ text: String) throws {
        let client = try EchoServer.client()

        let answers = try client.echoes(of: [.text(text)])

        #expect(answers == [.text(text)])
    }

    @Test(arguments: valid) func `text may be split at every byte`(_ text: String) throws {
        let client = try EchoServer.client()
        let bytes = Array(text.utf8)

        for place in 0...bytes.count {
            let answers = try client.echoes(of: [
                .text(Array(bytes[..<place]), isFinal: false), .continuation(Array(bytes[place...]), isFinal: true),
            ])
            #expect(answers == [.text(text)], "split after \(place) bytes")
        }
    }

    @Test(arguments: valid) func `text may come a byte a fragment`(_ text: String) throws {
        let client = try EchoServer.client()
        let bytes = Array(text.utf8)
        let rest = bytes.indices.dropFirst().map {
            Frame.continuation([bytes[$0]], isFinal: false)
        }

        let answers = try client.echoes(
            of: [.text([bytes[0]], isFinal: false)] + rest + [.continuation("", isFinal: true)]
        )

        #expect(answers == [.text(text)])
    }

    @Test(arguments: invalid) func `what is not UTF-8 is refused as text`(_ bytes: [UInt8]) throws {
        let client = try EchoServer.client()

        try client.send([.text(bytes), .text("after")])

        let farewell = try client.farewell()
        #expect(farewell.code == 1007)
        #expect(farewell.frames.isEmpty)
        #expect(farewell.isOver)
    }

    @Test(arguments: invalid) func `what is not UTF-8 is refused in fragments too`(_ bytes: [UInt8]) throws {
        for place in 0...bytes.count {
            let client = try EchoServer.client()

            try client.send([
                .text(Array("good ".utf8) + bytes[..<place], isFinal: false),
                .continuation(Array(bytes[place...]), isFinal: true),
            ])

            let farewell = try client.farewell()
            #expect(farewell.code == 1007, "split after \(place) bytes")
            #expect(farewell.frames.isEmpty)
        }
    }

    @Test(arguments: invalid) func `what is not UTF-8 is welcome as binary`(_ bytes: [UInt8]) throws {
        let client = try EchoServer.client()

        let answers = try client.echoes(of: [.binary(bytes)])

        #expect(answers == [.binary(bytes)])
    }
}
