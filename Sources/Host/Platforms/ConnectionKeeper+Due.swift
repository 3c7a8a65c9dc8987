import Logging
import ServiceLifecycle
import WidgetAPI

/// What has to be done about connections without anybody asking.
extension ConnectionKeeper {
    /// Connections that are looked after in one go.
    static let slice = 50
    /// The pause between two looks at what is due: short against any token's life, and a look is two steps in an index.
    private static let pause = Duration.seconds(1)

    /// Looks at what is due, again and again.
    func watch() async {
        guard !platforms.isEmpty else { return }
        try? await cancelWhenGracefulShutdown {
            // Each by itself: who waits for one platform keeps nobody of another waiting.
            try await withThrowingDiscardingTaskGroup { group in
                for platform in self.platforms.keys { group.addTask { try await self.watch(platform) } }
            }
        }
    }

    private func watch(_ platform: Platform) async throws {
        do { try await store.validateAll(on: platform) } catch {
            logger.warning("validations are late", metadata: ["reason": "\(error)"])
        }
        while !Task.isCancelled {
            let isDone = await lookAfterDue(on: platform)
            try await Task.sleep(for: isDone ? Self.pause : .zero)
        }
    }

    /// Renews and validates what is due on a platform.
    ///
    /// - Returns: whether that was all.
    func lookAfterDue(on platform: Platform) async -> Bool {
        forgetOldSilence()
        do {
            let aside = aside.tenants(on: platform)
            let limit = Self.slice + aside.count
            let stale = try await store.dueForRefresh(on: platform, limit: limit)
                .filter { !aside.contains($0.tenant) }
            let unproven = try await store.dueForValidation(on: platform, limit: limit)
                .filter { !aside.contains($0.tenant) }
            await withDiscardingTaskGroup { group in
                for due in stale { group.addTask { await self.renew(due) } }
            }
            await withDiscardingTaskGroup { group in
                for due in unproven { group.addTask { await self.validate(due) } }
            }
            return stale.count < Self.slice && unproven.count < Self.slice
        } catch is CancellationError {
            // The host goes down.
            return true
        } catch {
            logger.warning("connections could not be looked after", metadata: ["reason": "\(error)"])
            return true
        }
    }

    private func renew(_ due: ConnectionStore.Due) async {
        do {
            _ = try await refreshed(due.platform, after: due.generation, in: scope(due.tenant))
        } catch is PlatformFailure {
            // Said where it happened.
        } catch {
            fail(due, error)
        }
    }

    private func validate(_ due: ConnectionStore.Due) async {
        let scope = scope(due.tenant)
        do {
            guard let platform = platforms[due.platform],
                let seen = try await store.connection(on: due.platform, in: scope)
            else { return }
            let left: Int64?
            do throws(PlatformFailure) {
                left = try await platform.validate(seen.accessToken)
            } catch {
                guard error == .tokenRefused else {
                    logger.info("a token could not be validated", metadata: Self.metadata(due, error))
                    return try await putOff(due.platform, scope)
                }
                _ = try await refreshed(due.platform, after: seen.generation, in: scope)
                return
            }
            answered(due.platform, scope)
            // A refresh answer may not say how long the tokens last; this one does.
            let next = ConnectionSchedule(
                lifetimeSeconds: left,
                wantsValidation: true,
                now: now(),
                jitter: .random(in: 0...1)
            )
            try await store.postpone(
                due.platform,
                refreshAt: next.refreshAt,
                validateAt: next.validateAt,
                in: scope
            )
        } catch is PlatformFailure {
            // Said where it happened.
        } catch {
            fail(due, error)
        }
    }

    private func fail(_ due: ConnectionStore.Due, _ error: any Error) {
        logger.warning("a connection could not be looked after", metadata: Self.metadata(due, error))
        aside.add(due, until: later)
    }

    private static func metadata(_ due: ConnectionStore.Due, _ error: any Error) -> Logger.Metadata {
        ["platform": "\(due.platform.rawValue)", "streamer": "\(due.tenant)", "reason": "\(error)"]
    }
}
