import Testing
import WidgetAPI

@testable import Host

/// What a platform's word does to a stream, in every state (SA8, C28).
@Suite struct StreamStateTests {
    private static let began = moment(0)
    private static let ended = moment(60 * minute)
    private static let live = StreamState.Phase.live(since: began)
    private static let over = StreamState.Phase.over(from: began, until: ended)
    private static let minute: Int64 = 60_000

    /// Milliseconds after the beginning of the broadcast that is known, on some evening.
    private static func moment(_ milliseconds: Int64) -> Timestamp {
        Timestamp(milliseconds: 1_700_000_000_000 + milliseconds)
    }

    /// One line of the table: in this state the stream begins or ends at that moment.
    struct Line: Sendable, CustomTestStringConvertible {
        let phase: StreamState.Phase
        let notice: StreamNotice
        let change: StreamState.Change?

        var testDescription: String { "\(phase), \(notice)" }
    }

    private static func online(_ phase: StreamState.Phase, _ at: Int64, _ change: StreamState.Change?) -> Line {
        Line(phase: phase, notice: .online(since: moment(at)), change: change)
    }

    private static func offline(_ phase: StreamState.Phase, _ at: Int64, _ change: StreamState.Change?) -> Line {
        Line(phase: phase, notice: .offline(since: moment(at)), change: change)
    }

    private static let table: [Line] = [
        online(.unknown, 0, .begin(at: began)),
        offline(.unknown, 0, nil),

        // On air: told twice, told late, and a broadcast whose predecessor's end was missed.
        online(live, 0, nil),
        online(live, -1, nil),
        online(live, 1, .resume(at: moment(1))),
        online(live, 5 * minute - 1, .resume(at: moment(5 * minute - 1))),
        online(live, 5 * minute, .resume(at: moment(5 * minute))),
        online(live, 5 * minute + 1, .begin(at: moment(5 * minute + 1))),
        offline(live, -1, nil),
        offline(live, 0, .end(at: began)),
        offline(live, 60 * minute, .end(at: ended)),

        // Off air: dropped for five minutes, and over after that.
        online(over, 0, nil),
        online(over, -1, nil),
        online(over, 60 * minute, .resume(at: ended)),
        online(over, 65 * minute - 1, .resume(at: moment(65 * minute - 1))),
        online(over, 65 * minute, .resume(at: moment(65 * minute))),
        online(over, 65 * minute + 1, .begin(at: moment(65 * minute + 1))),
        // An end that is told when the stream is back already.
        online(over, 55 * minute, .resume(at: moment(55 * minute))),
        online(over, 55 * minute - 1, nil),
        offline(over, 60 * minute, nil),
        offline(over, 59 * minute, nil),
        offline(over, 61 * minute, nil),
    ]

    @Test(arguments: table) func `each word does what the table says`(line: Line) {
        var state = StreamState(phase: line.phase)

        let change = state.hear(line.notice)

        #expect(change == line.change)
        let after: StreamState.Phase =
            switch change {
            case .begin(let moment), .resume(let moment): .live(since: moment)
            case .end(let moment): .over(from: Self.began, until: moment)
            case .endPrevious, .joinPrevious, nil: line.phase
            }
        #expect(state.phase == after)
    }

    /// What an end does after a beginning an hour after the first, of which no end had been told.
    private static let ends: [(Int64, StreamState.Change?)] = [
        (-1, nil),
        (0, .endPrevious(at: began)),
        (55 * minute - 1, .endPrevious(at: moment(55 * minute - 1))),
        (55 * minute, .joinPrevious),
        (60 * minute - 1, .joinPrevious),
        (60 * minute, .end(at: ended)),
        (90 * minute, .end(at: moment(90 * minute))),
    ]

    @Test(arguments: ends) func `an end that is told after the next beginning ends what it belongs to`(
        at milliseconds: Int64,
        change: StreamState.Change?
    ) {
        var state = StreamState(phase: Self.live)
        let next = state.hear(.online(since: Self.ended))

        let first = state.hear(.offline(since: Self.moment(milliseconds)))
        let second = state.hear(.offline(since: Self.moment(milliseconds)))

        #expect(next == .begin(at: Self.ended))
        #expect(first == change)
        #expect(second == nil)
    }

    @Test func `an end that belongs to the session before is heard after the last one's, too`() {
        var state = StreamState(phase: Self.live)
        for notice in [StreamNotice.online(since: Self.ended), .offline(since: Self.moment(90 * Self.minute))] {
            _ = state.hear(notice)
        }

        let change = state.hear(.offline(since: Self.moment(30 * Self.minute)))

        #expect(change == .endPrevious(at: Self.moment(30 * Self.minute)))
        #expect(state.phase == .over(from: Self.ended, until: Self.moment(90 * Self.minute)))
    }

    @Test func `a session whose end was told has no second one`() {
        var state = StreamState(phase: Self.over)
        _ = state.hear(.online(since: Self.moment(90 * Self.minute)))

        let change = state.hear(.offline(since: Self.moment(61 * Self.minute)))

        #expect(change == nil)
        #expect(state.phase == .live(since: Self.moment(90 * Self.minute)))
    }

    @Test func `what is told twice changes nothing the second time`() {
        for line in Self.table {
            var state = StreamState(phase: line.phase)
            _ = state.hear(line.notice)
            let once = state
            #expect(state.hear(line.notice) == nil, "\(line.testDescription)")
            #expect(state == once)
        }
    }
}
