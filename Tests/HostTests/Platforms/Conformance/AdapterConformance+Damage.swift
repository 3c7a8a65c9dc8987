import WidgetAPI

@testable import Host

/// Rules of deliveries that are not as documented.
extension AdapterConformance {
    func growthBreaches(by happening: Happening) -> [String] {
        adapter.deliveries(of: happening, Telling()).flatMap { spoken -> [String] in
            var breaches: [String] = []
            var grown = spoken
            grown.event = spoken.event.mappingObjects { $0["member_of_tomorrow"] = ["kinds": ["new", 1, .null]] }
            if drafts(grown) != drafts(spoken) { breaches.append("\(spoken.type): an unknown member changes it") }
            for path in adapter.choices(of: spoken.type) {
                var other = spoken
                other.event = spoken.event.setting(path, to: "value_of_tomorrow")
                if other.event == spoken.event { breaches.append("\(spoken.type): there is no \(path)") }
                breaches += faults(of: other).map { "\(spoken.type), unknown \(path): \($0)" }
            }
            return breaches
        }
    }

    func absenceBreaches(by happening: Happening) -> [String] {
        adapter.deliveries(of: happening, Telling()).flatMap { spoken -> [String] in
            let required = adapter.required(by: spoken.type)
            return spoken.event.memberPaths().filter { !required.contains($0) }.flatMap { path -> [String] in
                Self.substitutes.flatMap { substitute -> [String] in
                    var other = spoken
                    other.event = spoken.event.setting(path, to: substitute)
                    let shown = substitute?.text ?? "missing"
                    return faults(of: other).map { "\(spoken.type), \(path) \(shown): \($0)" }
                }
            }
        }
    }

    /// In place of a member: nothing, and what nobody would expect there.
    private static let substitutes: [JSONValue?] = [
        nil, .null, "", [], [:], true, -1, 1.5, .integer(.max), [["id": [:]]],
    ]

    /// What is wrong with a delivery that has to be taken.
    private func faults(of spoken: Spoken) -> [String] {
        switch reading(spoken) {
        case .drafts(let drafts): drafts.isEmpty ? ["nothing is told"] : shapeFaults(in: drafts)
        case .refused(let reason): ["refused: \(reason)"]
        case .failed(let error): ["failed: \(error)"]
        }
    }

    func malformedBreaches(by happening: Happening) -> [String] {
        adapter.deliveries(of: happening, Telling()).flatMap { spoken -> [String] in
            adapter.required(by: spoken.type).sorted().flatMap { requiredBreaches($0, spoken) } + bytesBreaches(spoken)
        }
    }

    private func requiredBreaches(_ path: String, _ spoken: Spoken) -> [String] {
        var other = spoken
        other.event = spoken.event.setting(path, to: nil)
        var breaches: [String] = []
        switch reading(other) {
        case .refused(let reason):
            let name = path.split(separator: ".").last.map(String.init) ?? path
            if !reason.contains(name) { breaches.append("\(spoken.type) without \(path) is refused for: \(reason)") }
        case .drafts: breaches.append("\(spoken.type) without \(path) is taken")
        case .failed(let error): breaches.append("\(spoken.type) without \(path) failed: \(error)")
        }
        for substitute in Self.substitutes.compactMap(\.self) {
            other.event = spoken.event.setting(path, to: substitute)
            switch reading(other) {
            case .drafts where adapter.waived[.absence] != nil:
                // What is taken as it is written has the shape that it was written in.
                break
            case .drafts(let drafts):
                breaches += shapeFaults(in: drafts).map { "\(spoken.type), \(path) \(substitute.text): \($0)" }
            case .failed(let error): breaches.append("\(spoken.type), \(path) \(substitute.text) failed: \(error)")
            case .refused: break
            }
        }
        return breaches
    }

    private func bytesBreaches(_ spoken: Spoken) -> [String] {
        let body = adapter.body(of: spoken)
        let cuts = stride(from: 0, to: body.count, by: max(1, body.count / 16)).map { Array(body.prefix($0)) }
        let others: [[UInt8]] = ["[]", "{}", "null", "\"text\"", "1"].map { Array($0.utf8) } + [[0xFF, 0xFE], [0]]
        return (cuts + others).compactMap { bytes in
            switch reading(spoken, bytes) {
            case .refused(let reason): reason.isEmpty ? "a refusal says nothing" : nil
            case .drafts(let drafts): cutFault(in: drafts, spoken, bytes)
            case .failed(let error): "\(spoken.type): bytes failed: \(error)"
            }
        }
    }

    /// What is wrong with taking a body that was cut.
    private func cutFault(in drafts: [EventDraft], _ spoken: Spoken, _ bytes: [UInt8]) -> String? {
        let said = "\(spoken.type): \(String(decoding: bytes.suffix(40), as: UTF8.self))"
        guard !adapter.tellsCutBodies else { return "\(said) is taken" }
        // Then it is less of the same, and nothing else.
        let type = self.drafts(spoken).first?.type
        if let other = drafts.first(where: { $0.type != type }) { return "\(said) is \(other.type)" }
        return shapeFaults(in: drafts).first.map { "\(said): \($0)" }
    }
}
