import WidgetAPI

@testable import Host

/// Reads bytes as what Kick posts: type and version in the first line, as headers would say them, then the body.
enum KickReading {
    private static let sentAt = "2026-03-01T18:00:00Z"
    private static let now = Timestamp(milliseconds: 1_772_388_002_000)

    static func run(_ bytes: [UInt8]) throws(FuzzFinding) {
        let lines = bytes.split(separator: 0x0A, maxSplits: 1, omittingEmptySubsequences: false)
        let words = lines[0].split(separator: 0x20, maxSplits: 1).map { String(decoding: $0, as: UTF8.self) }
        let body = lines.count > 1 ? Array(lines[1]) : []
        let headers = [
            "Kick-Event-Message-Id": "message-1", "Kick-Event-Message-Timestamp": sentAt,
            "Kick-Event-Signature": "nobody reads it here", "Kick-Event-Type": words.first ?? "",
            "Kick-Event-Version": words.count > 1 ? words[1] : "1",
        ]
        guard let delivery = try? KickDelivery(header: { headers[$0] }, now: now) else {
            return try FuzzFinding.unless(words.isEmpty, "an envelope that is whole is taken")
        }
        guard let (broadcasterId, drafts) = try read(body, delivery) else { return }
        try FuzzFinding.unless(!broadcasterId.isEmpty, "a delivery is for somebody")
        try DraftPromises.check(drafts, of: .kick, broadcasterId)
        let again = try read(body, delivery)?.drafts
        try FuzzFinding.unless(again == drafts, "a delivery that is read twice says the same")
        guard delivery.type == "channel.subscription.gifts", drafts.count > 1 else { return }
        let parts = drafts.indices.dropFirst().map { "message-1:\($0)" }
        try FuzzFinding.unless(drafts.map(\.id.text) == ["message-1"] + parts, "the parts of a bomb are counted")
    }

    /// What the body says, or `nil` where it was refused for what it says; it may be refused for nothing else.
    private static func read(
        _ body: [UInt8],
        _ delivery: KickDelivery
    ) throws(FuzzFinding) -> (broadcasterId: String, drafts: [EventDraft])? {
        do throws(KickDeliveryError) {
            return try delivery.read(body)
        } catch {
            guard case .malformed(let reason) = error else {
                throw FuzzFinding(description: "a body is refused for nothing but itself: \(error)")
            }
            try DraftPromises.check(reason)
            return nil
        }
    }
}
