import Glibc

/// How long a test waits for something that will come; no test waits for a fixed time.
struct Deadline {
    private let end: ContinuousClock.Instant

    init(seconds: Double) {
        end = .now + .seconds(seconds)
    }

    var isOver: Bool { ContinuousClock.now >= end }

    /// What is left of it, for calls that wait by themselves.
    var millisecondsLeft: Int { max(0, Int((end - .now) / .milliseconds(1))) }

    /// Asks again and again until the condition holds; `false` when it never did.
    ///
    /// A condition that waits by itself needs no pause.
    static func wait(
        seconds: Double,
        pausing milliseconds: UInt32 = 10,
        until condition: () throws -> Bool
    ) rethrows -> Bool {
        let deadline = Deadline(seconds: seconds)
        while !deadline.isOver {
            if try condition() { return true }
            pause(milliseconds: milliseconds)
        }
        return try condition()
    }

    /// Asks again and again as `wait` does, and leaves the thread to other tests between two looks.
    ///
    /// It waits long: at the start of a run all tests stand in line for two threads, and each look is one step of many.
    static func comes(seconds: Double = 600, _ condition: () async -> Bool) async -> Bool {
        let deadline = Deadline(seconds: seconds)
        while !deadline.isOver {
            if await condition() { return true }
            try? await Task.sleep(for: .milliseconds(5))
        }
        return await condition()
    }

    /// Gives the processor to the others before the next look.
    static func pause(milliseconds: UInt32) {
        usleep(milliseconds * 1000)
    }
}
