/// Why an order is not obeyed: what was wrong, and what is wanted.
struct OrderFailure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}

/// The words of an order, read one after the other.
struct OrderWords {
    private var words: ArraySlice<String>
    /// What has been read of them.
    private var read: [String] = []

    init(_ line: String) {
        words = line.split(whereSeparator: \.isWhitespace).map(String.init)[...]
    }

    var isEmpty: Bool { words.isEmpty }

    /// The next word; `wanted` says what could stand there.
    mutating func word(_ wanted: String) throws(OrderFailure) -> String {
        guard let word = words.popFirst() else { throw OrderFailure("\(place) wants \(wanted), and nothing is there.") }
        read.append(word)
        return word
    }

    /// The next word, which is one of these.
    mutating func choice(of choices: [String]) throws(OrderFailure) -> String {
        let wanted = choices.joined(separator: ", ")
        let before = place
        let word = try word("one of \(wanted)")
        guard choices.contains(word) else { throw OrderFailure("\(before) wants one of \(wanted), not '\(word)'.") }
        return word
    }

    /// The next word, which is a whole number of that range.
    mutating func number(_ name: String, _ range: ClosedRange<Int>) throws(OrderFailure) -> Int {
        let wanted = "\(name), a whole number from \(range.lowerBound) to \(range.upperBound)"
        let before = place
        let word = try word(wanted)
        guard let number = Int(word), range.contains(number) else {
            throw OrderFailure("\(before) wants \(wanted), not '\(word)'.")
        }
        return number
    }

    /// The same where it may be left out.
    mutating func number(_ name: String, _ range: ClosedRange<Int>, else usual: Int) throws(OrderFailure) -> Int {
        isEmpty ? usual : try number(name, range)
    }

    /// The next word, or `usual` where there is none.
    mutating func word(else usual: String) -> String {
        guard let word = words.popFirst() else { return usual }
        read.append(word)
        return word
    }

    /// Nothing may stand behind an order.
    func end() throws(OrderFailure) {
        guard let word = words.first else { return }
        throw OrderFailure("\(place) wants nothing more, not '\(word)'.")
    }

    private var place: String { read.isEmpty ? "An order" : "'\(read.joined(separator: " "))'" }
}
