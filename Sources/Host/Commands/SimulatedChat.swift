import WidgetAPI

/// Chat as the simulator writes it, for measurements: every run the same lines.
enum SimulatedChat {
    /// So many lines, 50 ms apart, as rows of a log.
    static func lines(_ count: Int) -> [Event] {
        var stream = SimulatedStream(run: "measured", seed: 1, rate: 1)
        var events: [Event] = []
        while events.count < count {
            for draft in stream.next(now: Timestamp(milliseconds: 0)).drafts where draft.type == .chatMessage {
                let seq = Int64(events.count + 1)
                events.append(
                    Event(
                        id: draft.id,
                        seq: seq,
                        type: draft.type,
                        platform: draft.platform.rawValue,
                        channelId: draft.channelId,
                        occurredAt: draft.occurredAt,
                        receivedAt: Timestamp(milliseconds: seq * 50),
                        payload: draft.payload
                    )
                )
            }
        }
        return Array(events.prefix(count))
    }
}
