/// What the doctor has found in one place, as a line for the operator, and what to do about it.
struct Finding: Sendable, Equatable {
    enum Grade: Sendable, Equatable {
        case ok
        /// The host works; something that somebody may want does not.
        case warning
        case problem(Fault)
    }

    /// Where a problem is mended.
    enum Fault: Sendable {
        /// In a setting, or in what the data dir holds.
        case setting
        /// On the machine, or at a platform.
        case service
    }

    let grade: Grade
    /// Where was looked.
    let place: String
    let seen: String
    /// What to do; `nil` where nothing is.
    let advice: String?

    private init(_ grade: Grade, _ place: String, _ seen: String, _ advice: String?) {
        (self.grade, self.place, self.seen, self.advice) = (grade, place, seen, advice)
    }

    static func ok(_ place: String, _ seen: String) -> Finding { Finding(.ok, place, seen, nil) }

    static func warning(_ place: String, _ seen: String, do advice: String) -> Finding {
        Finding(.warning, place, seen, advice)
    }

    static func problem(_ fault: Fault, _ place: String, _ seen: String, do advice: String) -> Finding {
        Finding(.problem(fault), place, seen, advice)
    }

    /// One line, and one more where there is something to do.
    var text: String {
        let word =
            switch grade {
            case .ok: "ok     "
            case .warning: "warning"
            case .problem: "problem"
            }
        // What a system or a library says may have lines of its own.
        let line = "\(word)  \(place): \(seen)".split(whereSeparator: \.isNewline).joined(separator: " ")
        return advice.map { "\(line)\n         do: \($0)" } ?? line
    }
}
