import WidgetAPI

@testable import Host

/// What a script comes to, by plain arithmetic over its lines.
struct StreamSums {
    let chatLines: Int
    let follows: Int
    /// What each goal shows, by its label.
    let goals: [String: String]
    /// The ten last tips, the newest first.
    let lastTips: [String]
    /// The lines that are left in a chat of fifteen.
    let lastLines: [String]

    init(_ script: StreamScript) {
        chatLines = script.payloads(of: .chatMessage).count
        follows = script.payloads(of: .follow).count
        let tips = script.payloads(of: .tip)
        let bits = tips.filter { $0["kind"] == "bits" }.reduce(0) { $0 + Self.minor($1) }
        let cents = tips.filter { $0["kind"] == "donation" }.reduce(0) { $0 + Self.euroCents($1) }
        let subscribers = script.payloads(of: .subscribe).filter { subscription in
            // A bomb has no user; a renewal is nobody new.
            subscription["kind"] != "renewal" && subscription["user"]?.isNull == false
        }
        goals = [
            "followers": "\(follows)", "subscribers": "\(subscribers.count)", "bits": "\(bits)",
            "tips": "€" + Self.decimals(cents),
        ]
        lastTips = Self.lastTips(script)
        lastLines = Self.lastLines(script)
    }

    private static func lastTips(_ script: StreamScript) -> [String] {
        let tips = script.lines.filter { line in
            line.draft.type == .tip && minor(line.draft.payload) >= 100
                && line.draft.payload["user"]?["id"] != "banned"
        }
        return tips.suffix(10).reversed().map { line in
            let payload = line.draft.payload
            let currency = payload["amount"]?["currency"]?.stringValue ?? ""
            let amount =
                currency == "BITS"
                ? "\(minor(payload)) bits"
                : (["EUR": "€", "USD": "$", "GBP": "£"][currency] ?? "") + decimals(minor(payload))
            return "\(payload["user"]?["displayName"]?.stringValue ?? "") \(amount)"
        }
    }

    private static func lastLines(_ script: StreamScript) -> [String] {
        var lines: [(id: String, platform: Platform, text: String)] = []
        for line in script.lines {
            let payload = line.draft.payload
            switch line.draft.type {
            case .chatMessage:
                lines.append((line.draft.id.text, line.draft.platform, payload["text"]?.stringValue ?? ""))
                if lines.count > 15 { lines.removeFirst() }
            case .chatDelete:
                lines.removeAll { $0.id == payload["messageId"]?.stringValue && $0.platform == line.draft.platform }
            default: break
            }
        }
        return lines.map(\.text)
    }

    /// Worth in cents of a euro, half a cent up.
    private static func euroCents(_ tip: JSONValue) -> Int64 {
        let hundredths: Int64 = ["EUR": 100, "USD": 92, "GBP": 117][tip["amount"]?["currency"]?.stringValue ?? ""] ?? 0
        return (minor(tip) * hundredths + 50) / 100
    }

    private static func minor(_ tip: JSONValue) -> Int64 { tip["amount"]?["minor"]?.integerValue ?? 0 }

    private static func decimals(_ cents: Int64) -> String {
        "\(cents / 100).\(cents % 100 < 10 ? "0" : "")\(cents % 100)"
    }
}
