import Logging
import ServiceLifecycle
import WidgetAPI

/// Lets the simulated stream happen, through the same intake as real platforms.
struct SimulatorService: Service {
    let scope: TenantScope
    let log: EventLog
    let rate: Double
    let seed: UInt64
    let now: @Sendable () -> Timestamp
    let logger: Logger

    func run() async throws {
        try? await cancelWhenGracefulShutdown {
            // Ids carry the start, so that a second demo on the same data dir is not taken for a repetition.
            var stream = SimulatedStream(run: "\(now().milliseconds)", seed: seed, rate: rate)
            while true {
                let step = stream.next(now: now())
                if !step.drafts.isEmpty {
                    do {
                        try await log.append(step.drafts, in: scope)
                    } catch is CancellationError {
                        return
                    } catch {
                        logger.warning("simulated events were not stored", metadata: ["reason": "\(error)"])
                    }
                }
                try await Task.sleep(for: step.delay)
            }
        }
    }
}
