/// Seeded damage: the same broken inputs in every run, so that a finding can be found again.
struct BrokenBytes {
    /// Pieces of the languages that are read; a changed byte alone seldom makes a word.
    private static let words = [
        "null", "{}", "[]", "-1", "1e300", "9223372036854775807", "\"\"", "true", ":", ",", "[", "]", "{", "}", "\"",
        "\\u0000", "\\ud800", "\"type\"", "\"array\"", "\"items\"", "\"enum\"", "\"multipleOf\"", "\"minimum\"",
        "\"pattern\"", "\"(a*)*\"", "\"x-when\"", "\"div\"", "\"k\"", "\"class\"", "\"style\"", "\"source\"",
        "\"title\"", "\"src\"", "\"before\"", "\"view\"", "url(", "'", "(", ")", "@media ", "@font-face", "/*", "*/",
        ";", "\\", "image-set(", "\n--- a.lua\n", "\n--- style.css\n", "\n--- widget.json\n",
    ].map { Array($0.utf8) }

    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next(below limit: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int(state >> 33) % max(limit, 1)
    }

    /// A few changes to one of the inputs.
    mutating func next(of inputs: [[UInt8]]) -> [UInt8] {
        var bytes = inputs[next(below: inputs.count)]
        for _ in 0...next(below: 4) {
            if bytes.isEmpty { bytes = [0] }
            let place = next(below: bytes.count)
            switch next(below: 8) {
            case 0: bytes[place] = UInt8(next(below: 256))
            case 1: bytes[place] ^= 1 << UInt8(next(below: 8))
            case 2: bytes.removeSubrange(place..<min(bytes.count, place + next(below: 30)))
            case 3: bytes.insert(contentsOf: bytes[place..<min(bytes.count, place + next(below: 60))], at: place)
            case 4: bytes[place] = [0, 0xFF, 0x7F, 0x80][next(below: 4)]
            case 5:
                let other = inputs[next(below: inputs.count)]
                let start = next(below: other.count)
                bytes.insert(contentsOf: other[start..<min(other.count, start + next(below: 60))], at: place)
            default: bytes.insert(contentsOf: Self.words[next(below: Self.words.count)], at: place)
            }
        }
        return bytes
    }
}
