import Foundation
import Synchronization

@testable import FakePlatforms

/// A platform that delivers at a steady rate and repeats each delivery until it is answered, as Twitch does.
///
/// A delivery that is not answered 2xx is sent again after 1, 2, 4 and from then on every 4 seconds, with the same id
/// and timestamp.
final class DeliveryLoad: Sendable {
    private struct Record {
        var isStopping = false
        var answered: [String] = []
        var repetitions = 0
        var abandoned: [String] = []
    }

    private let record = Mutex(Record())
    private let workers = DispatchGroup()
    private let port: Int
    private let patience: Double

    /// Starts at once.
    ///
    /// `patience` stretches or shortens the waits before a repetition; 1 is a platform's.
    init(port: Int, perSecond rate: Int, connections: Int, patience: Double) {
        self.port = port
        self.patience = patience
        for worker in 0..<connections {
            workers.enter()
            Thread.detachNewThread {
                self.work(worker, interval: Double(connections) / Double(rate))
                self.workers.leave()
            }
        }
    }

    /// Ids that were answered 2xx, in the order of the answers.
    var answered: [String] { record.withLock { $0.answered } }
    /// How often something had to be sent again.
    var repetitions: Int { record.withLock { $0.repetitions } }

    /// Begins nothing new, and returns the ids that never were answered.
    func finish(withinSeconds limit: Double) -> [String] {
        record.withLock { $0.isStopping = true }
        guard workers.wait(timeout: .now() + limit) == .success else { return ["a delivery is still on its way"] }
        return record.withLock { $0.abandoned }
    }

    private func work(_ worker: Int, interval: Double) {
        var socket: Socket?
        var next = ContinuousClock.now
        var number = 0
        while !record.withLock({ $0.isStopping }) {
            number += 1
            let name = "viewer\(worker)x\(number)"
            let delivery = number % 5 == 0 ? SignedDelivery.follow(by: name) : .chat("line \(number) of \(worker)")
            deliver(delivery, on: &socket)
            next += .seconds(interval)
            let wait = next - ContinuousClock.now
            if wait > .zero { usleep(UInt32(wait / .microseconds(1))) } else { next = .now }
        }
    }

    private func deliver(_ delivery: SignedDelivery, on socket: inout Socket?) {
        for attempt in 0..<60 {
            if attempt > 0 {
                record.withLock { $0.repetitions += 1 }
                usleep(UInt32(min(4, pow(2, Double(attempt - 1))) * patience * 1_000_000))
            }
            if post(delivery, on: &socket) {
                return record.withLock { $0.answered.append(delivery.messageId) }
            }
        }
        record.withLock { $0.abandoned.append(delivery.messageId) }
    }

    /// Whether it was answered 2xx; a broken connection is replaced by the next attempt.
    private func post(_ delivery: SignedDelivery, on socket: inout Socket?) -> Bool {
        do {
            let open = try socket ?? Socket(port: port)
            socket = open
            let answer = try HTTPExchange.perform(
                "POST",
                "/api/webhooks/twitch",
                headers: delivery.headers,
                body: delivery.body,
                on: open
            )
            return (200..<300).contains(answer.status)
        } catch {
            socket = nil
            return false
        }
    }
}
