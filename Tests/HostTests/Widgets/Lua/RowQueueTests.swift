import Testing
import WidgetAPI

@testable import Host

@Suite struct RowQueueTests {
    private static func event(_ seq: Int64) -> Event {
        Event(
            id: Event.ID("\(seq)"),
            seq: seq,
            type: .chatMessage,
            platform: "twitch",
            occurredAt: Timestamp(milliseconds: seq),
            receivedAt: Timestamp(milliseconds: seq),
            payload: [:]
        )
    }

    @Test func `a later moment takes the place of one that waits, and not of one that is on its way`() {
        var (waiting, asked) = (RowQueue(), RowQueue())

        for moment in [1, 2] as [Int64] { waiting.push(.until(Timestamp(milliseconds: moment))) }
        asked.push(.until(Timestamp(milliseconds: 1)))
        _ = asked.ask(atMost: 32)
        asked.push(.until(Timestamp(milliseconds: 2)))
        _ = asked.finish(1)

        #expect(waiting.ask(atMost: 32).count == 1)
        #expect(asked.end == Timestamp(milliseconds: 2), "it was never told")
    }

    @Test func `the oldest row that leaves is not one that is on its way`() {
        var queue = RowQueue()
        for seq in 1...3 as ClosedRange<Int64> { queue.push(.event(Self.event(seq))) }
        _ = queue.ask(atMost: 1)

        let dropped = queue.dropOldest()
        _ = queue.finish(1)

        #expect(dropped?.seq == 2)
        #expect(queue.firstEvent?.seq == 3 && queue.eventCount == 1)
    }

    @Test func `what a cell wants once more stays, with the moment after it`() {
        var queue = RowQueue()
        queue.push(.event(Self.event(1)))
        queue.push(.until(Timestamp(milliseconds: 1)))
        queue.push(.event(Self.event(2)))
        queue.push(.until(Timestamp(milliseconds: 3)))
        let batch = queue.ask(atMost: 32)

        #expect(batch.count == 4 && batch.events.map(\.seq) == [1, 2])
        #expect(queue.steps(holding: 0, of: 4) == 0)
        #expect(queue.steps(holding: 1, of: 4) == 2)
        #expect(queue.steps(holding: 2, of: 4) == 3)
    }
}
