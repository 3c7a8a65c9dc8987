import WidgetAPI

@testable import Host

/// What holds for all events that a delivery of a platform is read as.
enum DraftPromises {
    static func check(_ drafts: [EventDraft], of platform: Platform, _ broadcasterId: String) throws(FuzzFinding) {
        try FuzzFinding.unless(!drafts.isEmpty, "a delivery that is taken is something")
        let ids = drafts.map(\.id.text)
        try FuzzFinding.unless(Set(ids).count == ids.count && !ids.contains(""), "each event has an id of its own")
        for draft in drafts {
            try FuzzFinding.unless(
                draft.platform == platform && draft.channelId == broadcasterId && !draft.isTest,
                "an event is its channel's"
            )
            try check(draft)
        }
    }

    /// What holds for an event, whoever tells of it.
    static func check(_ draft: EventDraft) throws(FuzzFinding) {
        let faults = CanonicalShape.faults(of: draft.type, draft.payload)
        try FuzzFinding.unless(faults.isEmpty, "a payload has the contract's shape: \(faults)")
        let again = try? JSONValue(parsing: draft.payload.text)
        try FuzzFinding.unless(again == draft.payload, "a payload that is stored and read again is equal")
        let moment = Timestamp(rfc3339: draft.occurredAt.iso8601)
        try FuzzFinding.unless(moment == draft.occurredAt, "a moment can be written down")
    }

    /// What a platform is told of a delivery that cannot be read is something, and not too much.
    static func check(_ reason: String) throws(FuzzFinding) {
        try FuzzFinding.unless((1...300).contains(reason.unicodeScalars.count), "a refusal says why, in short")
        try FuzzFinding.unless(!reason.unicodeScalars.contains { $0.value < 0x20 }, "a refusal is one line")
    }
}
