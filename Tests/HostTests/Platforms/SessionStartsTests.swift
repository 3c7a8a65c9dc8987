import Synchronization
import Testing

@testable import Host

@Suite struct SessionStartsTests {
    @Test func `so many begin at once, and each of them once`() async throws {
        let starts = SessionStarts(atOnce: 3)
        let seen = Seen()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<200 {
                group.addTask {
                    try await starts.turn {
                        seen.begins(number)
                        for _ in 0..<3 { await Task.yield() }
                        seen.stands()
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(seen.under == 0)
        #expect(seen.most == 3)
        #expect(seen.begun.sorted() == Array(0..<200))
    }

    @Test func `who waits is served in the order of coming`() async throws {
        let starts = SessionStarts(atOnce: 1)
        let door = Door()
        let seen = Seen()
        let first = Task { try await starts.turn { await door.opened() } }
        #expect(await Deadline.comes { door.isWaitedFor })
        var others: [Task<Void, any Error>] = []
        for number in 0..<5 {
            others.append(Task { try await starts.turn { seen.begins(number) } })
            #expect(await Deadline.comes { starts.waiting == number + 1 })
        }
        door.open()
        try await first.value
        for other in others { try await other.value }
        #expect(seen.begun == [0, 1, 2, 3, 4])
    }

    @Test func `who fails or gives up leaves their turn to the next`() async throws {
        let starts = SessionStarts(atOnce: 1)
        let fails: @Sendable () async throws -> Void = { throw Failed() }
        await #expect(throws: Failed.self) { try await starts.turn(fails) }

        let door = Door()
        let first = Task { try await starts.turn { await door.opened() } }
        #expect(await Deadline.comes { door.isWaitedFor })
        let tired = Task { try await starts.turn { Issue.record("its turn has come") } }
        #expect(await Deadline.comes { starts.waiting == 1 })
        let patient = Task { try await starts.turn { 7 } }
        #expect(await Deadline.comes { starts.waiting == 2 })
        tired.cancel()
        await #expect(throws: CancellationError.self) { try await tired.value }
        #expect(starts.waiting == 1)
        door.open()
        try await first.value
        #expect(try await patient.value == 7)

        let late = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return try await starts.turn { Issue.record("it was cancelled before it came") }
        }
        await #expect(throws: CancellationError.self) { try await late.value }
        #expect(try await starts.turn { 8 } == 8)
    }

    @Test(.timeLimit(.minutes(10))) func `who gives up at any moment takes no place along`() async throws {
        let starts = SessionStarts(atOnce: 3)
        await withTaskGroup(of: Void.self) { group in
            for number in 0..<100 {
                group.addTask {
                    let one = Task { try await starts.turn { for _ in 0..<3 { await Task.yield() } } }
                    for _ in 0..<Int.random(in: 0...9) { await Task.yield() }
                    if number.isMultiple(of: 2) { one.cancel() }
                    _ = await one.result
                }
            }
        }
        #expect(starts.waiting == 0)

        // As many places as there were.
        let doors = (0..<3).map { _ in Door() }
        let inside = doors.map { door in Task { try await starts.turn { await door.opened() } } }
        #expect(await Deadline.comes { doors.allSatisfy(\.isWaitedFor) })
        let next = Task { try await starts.turn { 4 } }
        #expect(await Deadline.comes { starts.waiting == 1 })
        for door in doors { door.open() }
        for one in inside { try await one.value }
        #expect(try await next.value == 4)
    }

    // MARK: Steps

    private struct Failed: Error {}

    /// Who has begun, in order, and how many were at it at one moment.
    private final class Seen: Sendable {
        private let state = Mutex((under: 0, most: 0, begun: [Int]()))

        var under: Int { state.withLock { $0.under } }
        var most: Int { state.withLock { $0.most } }
        var begun: [Int] { state.withLock { $0.begun } }

        func begins(_ number: Int) {
            state.withLock { state in
                state.under += 1
                state.most = max(state.most, state.under)
                state.begun.append(number)
            }
        }

        func stands() {
            state.withLock { $0.under -= 1 }
        }
    }

    /// Keeps who comes until it is opened.
    private final class Door: Sendable {
        private let state = Mutex((isOpen: false, waiter: CheckedContinuation<Void, Never>?.none))

        var isWaitedFor: Bool { state.withLock { $0.waiter != nil } }

        func opened() async {
            await withCheckedContinuation { waiter in
                let isOpen = state.withLock { state in
                    if !state.isOpen { state.waiter = waiter }
                    return state.isOpen
                }
                if isOpen { waiter.resume() }
            }
        }

        func open() {
            state.withLock { state in
                state.isOpen = true
                return state.waiter.take()
            }?.resume()
        }
    }
}
