import Logging
import NIOCore
import WidgetAPI

/// The host's end of a page's WebSocket: an overlay, or a dashboard that follows the log.
final class PageSocket: WebSocketPeer {
    /// What a page's socket needs of the host.
    struct Services: Sendable {
        let channels: ChannelStore
        let sessions: SessionStore
        let runtimes: TenantRuntimes
        let previews: Previews
        let feeds: PlatformFeeds
        let hub: RealtimeHub
        let now: @Sendable () -> Timestamp
        let logger: Logger
    }

    /// A page watches one thing; another subscription needs another socket.
    private enum Phase {
        case fresh
        case subscribing
        case watching(TenantRuntime, AudienceTicket)
        case previewing(WidgetPreview)
        case closed
    }

    let messageSizeLimit = 65_536
    private let services: Services
    private let sessionToken: SessionToken?
    private let loop: any EventLoop
    private var phase = Phase.fresh
    private var isResyncing = false
    /// The last thing the page has asked for, done or not.
    private var last: EventLoopFuture<Void>?
    /// How much of it is not done yet.
    private var waiting = 0
    private static let waitingLimit = 256
    /// What it has asked to see.
    private(set) var kind = ConnectionKind.unsubscribed

    init(services: Services, sessionToken: SessionToken?, loop: any EventLoop) {
        self.services = services
        self.sessionToken = sessionToken
        self.loop = loop
    }

    func opened(_ connection: WebSocketConnection) {}

    func received(text: ByteBuffer, on connection: WebSocketConnection) {
        do throws(ClientMessage.Fault) {
            switch try ClientMessage.read(text) {
            case .subscribe(let wish): begin(connection, .overlay) { [services] in await Self.show(wish, $0, services) }
            case .subscribeToEvents(let patterns, let after):
                let token = sessionToken
                begin(connection, .events) { [services] in await Self.follow(patterns, after, token, $0, services) }
            case .subscribeToPreview(let subject):
                let (token, loop) = (sessionToken, loop)
                begin(connection, .preview) { [services] in await Self.tryOut(subject, token, $0, loop, services) }
            case .previewEvent(let type, let payload): play(type, payload, connection)
            case .resync(let widgetId):
                resync(widgetId, connection)
            case .ping(let health):
                if case .watching(let runtime, let ticket) = phase {
                    Task { await runtime.note(health, of: ticket) }
                }
                let pong = ServerMessage.frame("system:pong", tenant: nil, at: services.now()) { $0.raw("{}") }
                connection.send(pong)
            case .alertShown(let seq, let widgetId):
                switch phase {
                case .watching(let runtime, let ticket):
                    inTurn(connection) { await runtime.acknowledge(seq, widgetId, for: ticket) }
                case .previewing(let preview): inTurn(connection) { await preview.acknowledge(seq, widgetId) }
                case .fresh, .subscribing, .closed: break
                }
            case .acknowledge: break
            }
        } catch {
            switch error {
            case .invalid(let message): complain(message, connection)
            case .badSubscribe(let reason): connection.close(.badSubscribe, reason)
            }
        }
    }

    func received(binary: ByteBuffer, on connection: WebSocketConnection) {
        connection.close(.unacceptableData, "this socket speaks text")
    }

    func closed(_ connection: WebSocketConnection) {
        switch phase {
        case .watching(let runtime, let ticket):
            services.feeds.pageClosed(runtime.scope.tenant)
            inTurn { await runtime.leave(ticket) }
        case .previewing(let preview): inTurn { [previews = services.previews] in await previews.end(preview) }
        case .fresh, .subscribing, .closed: break
        }
        phase = .closed
    }

    /// Does it once everything is done that the page has asked for before: of two test events the first comes first,
    /// and an alert whose page goes right after its report has been shown.
    ///
    /// A page that asks faster than is done is sent away, to come back.
    @discardableResult
    private func inTurn<Answer: Sendable>(
        _ connection: WebSocketConnection? = nil,
        _ work: @escaping @Sendable () async -> Answer
    ) -> EventLoopFuture<Answer>.Isolated {
        let answer = loop.makeFutureWithTask { [before = last] in
            // Nothing here fails.
            _ = try? await before?.get()
            return await work()
        }
        last = answer.map { _ in }
        waiting += 1
        if waiting > Self.waitingLimit { connection?.close(.tryLater, "too much at once") }
        let isolated = answer.assumeIsolated()
        isolated.whenComplete { _ in self.waiting -= 1 }
        return isolated
    }

    private func play(_ type: EventType, _ payload: JSONValue, _ connection: WebSocketConnection) {
        guard case .previewing(let preview) = phase else {
            return complain("preview:event is for a socket that shows a preview.", connection)
        }
        inTurn(connection) { await preview.play(type, payload) }.whenSuccess { [weak connection] isTaken in
            guard !isTaken, let connection else { return }
            self.complain("preview:event: \(type.name.prefix(64)) with this payload is no core event.", connection)
        }
    }

    /// One at a time: a page asks once for a widget, and more is more work than a stranger may cause.
    private func resync(_ widgetId: PlacedWidget.ID, _ connection: WebSocketConnection) {
        if case .previewing(let preview) = phase { inTurn(connection) { await preview.resync(widgetId) } }
        guard case .watching(let runtime, let ticket) = phase, !isResyncing else { return }
        isResyncing = true
        // It may have to wait for the log, and nothing that the page reports waits for it.
        loop.makeFutureWithTask { await runtime.resync(widgetId, for: ticket) }
            .assumeIsolated().whenComplete { _ in self.isResyncing = false }
    }

    /// What came of a subscription.
    private enum Outcome: Sendable {
        case watching(TenantRuntime, AudienceTicket)
        case previewing(WidgetPreview)
        case refused(CloseCode, String)
    }

    private func begin(
        _ connection: WebSocketConnection,
        _ kind: ConnectionKind,
        _ subscribe: @escaping @Sendable (ConnectionHandle) async -> Outcome
    ) {
        guard case .fresh = phase else {
            return connection.close(.badSubscribe, "this socket has subscribed already")
        }
        phase = .subscribing
        self.kind = kind
        let handle = services.hub.handle(connection, on: loop)
        loop.makeFutureWithTask { await subscribe(handle) }
            .assumeIsolated().whenSuccess { [weak connection] outcome in
                self.finish(outcome, connection)
            }
    }

    private func finish(_ outcome: Outcome, _ connection: WebSocketConnection?) {
        switch outcome {
        case .watching(let runtime, let ticket):
            guard case .subscribing = phase else {
                // The page went away meanwhile.
                inTurn { await runtime.leave(ticket) }
                return
            }
            phase = .watching(runtime, ticket)
            services.feeds.pageOpened(runtime.scope.tenant)
        case .previewing(let preview):
            guard case .subscribing = phase else {
                inTurn { [previews = services.previews] in await previews.end(preview) }
                return
            }
            // The page may answer the first picture at once, so it comes when everything is in its place.
            phase = .previewing(preview)
            inTurn { await preview.present() }
        case .refused(let code, let reason): connection?.close(code, reason)
        }
    }

    private static func show(
        _ wish: ClientMessage.Subscribe,
        _ connection: ConnectionHandle,
        _ services: Services
    ) async -> Outcome {
        do {
            guard let channel = try await services.channels.channel(named: wish.channel, on: wish.platform) else {
                return .refused(.unknownChannel, "no such channel")
            }
            let page = OverlaySubscription(
                view: wish.view,
                layoutId: wish.layoutId,
                keyHash: wish.key?.hash,
                epoch: wish.epoch,
                revs: wish.revs,
                connection: connection
            )
            let scope = TenantScope(granting: channel.tenant, to: .overlayAddress)
            return outcome(await services.runtimes.subscribe(page, in: scope))
        } catch {
            services.logger.warning("a page could not be served", metadata: ["reason": "\(error)"])
            return .refused(.tryLater, "storage is not available right now")
        }
    }

    private static func tryOut(
        _ subject: PreviewSubject,
        _ token: SessionToken?,
        _ connection: ConnectionHandle,
        _ loop: any EventLoop,
        _ services: Services
    ) async -> Outcome {
        do {
            guard let token, let session = try await services.sessions.session(token) else {
                return .refused(.noSession, "sign in first")
            }
            return .previewing(try await services.previews.begin(subject, on: connection, loop, in: session.scope))
        } catch let error as PreviewError {
            switch error {
            case .unknownLayout: return .refused(.badSubscribe, "no such layout")
            case .unknownType(let type): return .refused(.badSubscribe, "no widget type \(type.prefix(40))")
            case .config(let reason):
                // A close frame has room for 123 bytes (RFC 6455 section 5.5).
                let text = "config: \(reason)"
                return .refused(.badSubscribe, text.utf8.count <= 123 ? text : "config does not fit this type")
            case .tooMany: return .refused(.tryLater, "too many previews are open")
            }
        } catch {
            services.logger.warning("a preview could not be served", metadata: ["reason": "\(error)"])
            return .refused(.tryLater, "storage is not available right now")
        }
    }

    private static func follow(
        _ patterns: Set<EventPattern>,
        _ after: Int64?,
        _ token: SessionToken?,
        _ connection: ConnectionHandle,
        _ services: Services
    ) async -> Outcome {
        do {
            guard let token, let session = try await services.sessions.session(token) else {
                return .refused(.noSession, "sign in first")
            }
            return outcome(
                await services.runtimes.subscribe(
                    toEvents: patterns,
                    after: after,
                    connection: connection,
                    in: session.scope
                )
            )
        } catch {
            services.logger.warning("a dashboard could not be served", metadata: ["reason": "\(error)"])
            return .refused(.tryLater, "storage is not available right now")
        }
    }

    private static func outcome(_ result: (TenantRuntime, SubscribeResult)?) -> Outcome {
        switch result {
        case (let runtime, .subscribed(let ticket))?: .watching(runtime, ticket)
        case (_, .unknownLayout)?: .refused(.badSubscribe, "no such layout")
        case (_, .wrongKey)?: .refused(.wrongKey, "this layout is private; its address has changed, or never had a key")
        case (_, .unavailable)?: .refused(.tryLater, "the log cannot be read right now")
        case (_, .retired)?, nil: .refused(.tryLater, "this streamer cannot be woken right now")
        }
    }

    private func complain(_ message: String, _ connection: WebSocketConnection) {
        let frame = ServerMessage.frame("system:error", tenant: nil, at: services.now()) { writer in
            writer.write([
                "code": .string(FailureCode.validation.rawValue), "message": .string(message), "retryable": false,
            ])
        }
        connection.send(frame)
    }
}
