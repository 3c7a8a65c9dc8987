import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization
import WidgetAPI

/// What is asked of a platform.
struct PlatformRequest: Sendable {
    var method = HTTPMethod.GET
    let url: String
    /// Names and values; a token among them is never logged.
    var headers: [(name: String, value: String)] = []
    /// A form to be sent as the body, or `nil`.
    var form: [(name: String, value: String)]?
    /// An object to be sent as the body, or `nil`.
    var json: JSONValue?
    /// Whether asking twice does no more than asking once; then a platform that stumbles is asked again.
    var mayRepeat = true
    /// Whether what is asked for is had once, and lost with its answer, as fresh tokens are for which the old ones end:
    /// then a platform has fifteen seconds for it, and it is asked again only where it cannot have heard the question.
    var isHadOnce = false
    /// How long who asks may wait, all in all, for a platform that wants to be left alone; a login keeps a browser.
    var patience = Duration.seconds(3)
    /// Each attempt takes a turn of it; `nil` for what need not leave room.
    var share: PlatformShare?
    /// Bytes of the answer at most.
    var answerLimit = PlatformHTTP.answerLimit

    /// Fields of a form that nobody but the platform may read.
    private static let secretFields: Set<String> = ["client_secret", "refresh_token", "code", "code_verifier", "token"]

    /// Everything in it that nobody but the platform may read.
    fileprivate var secrets: [String] {
        let fields = (form ?? []).filter { Self.secretFields.contains($0.name) }.map(\.value)
        let tokens = headers.filter { $0.name.lowercased() == "authorization" }.compactMap { header in
            header.value.split(separator: " ").last.map(String.init)
        }
        let secret = json?["transport"]?["secret"]?.stringValue
        return (fields + tokens + [secret].compactMap(\.self)).filter { !$0.isEmpty }
    }
}

/// What a platform said: anything but that it is busy or broken.
struct PlatformAnswer: Sendable {
    let status: Int
    /// `null` when it is no JSON.
    let json: JSONValue
    /// The header of that name, as it stands there.
    var date: String?
    /// Whether it is a limit of the thing itself: there may be no more of it, though more may be asked (429).
    let isLimit: Bool
    /// What was sent with the request and must not be read in the answer.
    fileprivate let secrets: [String]

    /// What the platform says about a refusal; never a token.
    var complaint: String {
        let words = [json["error"]?.stringValue, json["message"]?.stringValue, json["error_description"]?.stringValue]
        return words.compactMap { $0.map(shown) }.joined(separator: ": ")
    }

    /// The beginning of what it says, for the log: a platform may repeat what it was sent.
    func shown(_ words: String) -> String {
        let words = secrets.reduce(words) { $0.replacing($1, with: "<redacted>") }
        return String(words.prefix(120))
    }
}

/// The host's way to the platforms: with time-outs, limits and patience, and without redirects.
///
/// It answers while ``connected(_:)`` runs, which a service does for as long as the host does.
final class PlatformHTTP: Sendable {
    /// Bytes of an answer, where a request names no other limit.
    static let answerLimit = 262_144
    /// Waits before the second and the third attempt; a login waits for them, so they are short.
    static let pauses: [Duration] = [.milliseconds(200), .milliseconds(800)]
    /// Connections with one platform at a time; an attempt that finds none for three seconds has failed.
    static let connections = 64
    /// What an attempt may take where the answer is not to be had again.
    static let onceLimit = Duration.seconds(15)

    /// What one attempt may take.
    private let attemptLimit: Duration
    /// What it may take where the answer is not to be had again.
    private let onceLimit: Duration
    private let budget: PlatformBudget
    private let client = Mutex<HTTPClient?>(nil)

    /// Another budget is of use in tests alone.
    init(
        attemptLimit: Duration = .seconds(5),
        onceLimit: Duration = PlatformHTTP.onceLimit,
        budget: PlatformBudget = PlatformBudget()
    ) {
        (self.attemptLimit, self.onceLimit, self.budget) = (attemptLimit, onceLimit, budget)
    }

    /// Whether requests are let through.
    var isConnected: Bool { client.withLock { $0 != nil } }

    /// Lets requests through as long as the body runs.
    ///
    /// Once its task is cancelled nothing more is asked, not even again; what has been asked may still be answered.
    func connected(_ body: () async throws -> Void) async throws {
        var configuration = HTTPClient.Configuration()
        // A redirect would carry a secret to an address that the platform's answer chose.
        configuration.redirectConfiguration = .disallow
        configuration.decompression = .disabled
        configuration.httpVersion = .http1Only
        configuration.timeout.connect = .seconds(3)
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = Self.connections
        configuration.connectionPool.retryConnectionEstablishment = false
        try await HTTPClient.withHTTPClient(configuration: configuration) { [self] client in
            self.client.withLock { $0 = client }
            defer { self.client.withLock { $0 = nil } }
            try await withTaskCancellationHandler {
                try await body()
            } onCancel: {
                self.client.withLock { $0 = nil }
            }
        }
    }

    /// The answer; asked again when the platform is busy, broken or away (platforms.md 0 and 1).
    func send(_ request: PlatformRequest) async throws(PlatformFailure) -> PlatformAnswer {
        let host = PlatformBudget.host(of: request.url)
        var attempt = 0
        var patience = request.patience
        while true {
            try await waitForRest(of: host, &patience)
            if let share = request.share {
                guard (try? await share.turn()) != nil else { throw .unreachable(reason: "the host gave up") }
                // The platform may have had enough meanwhile.
                guard budget.rest(at: host) == nil else { continue }
            }
            // Looked at before each attempt: the host may go down between two.
            guard let client = client.withLock({ $0 }) else { throw .unreachable(reason: "the host is going down") }
            let reason: String
            do {
                let answer = try await self.attempt(request, client)
                if answer.status < 500, answer.status != 429 || answer.isLimit { return answer }
                reason = "it answers \(answer.status)"
            } catch is CancellationError {
                throw .unreachable(reason: "the host gave up")
            } catch let failure as PlatformFailure {
                throw failure
            } catch {
                reason = "\(error)"
                guard !request.isHadOnce || Self.isUnheard(error) else { throw .unreachable(reason: reason) }
            }
            guard request.mayRepeat, attempt < Self.pauses.count else { throw .unreachable(reason: reason) }
            // Jitter: many hosts ask a platform that has just come back.
            let pause = Self.pauses[attempt] * Double.random(in: 0.75...1.25)
            guard (try? await Task.sleep(for: pause)) != nil else { throw .unreachable(reason: "the host gave up") }
            attempt += 1
        }
    }

    /// Whether a request has failed before there was anybody to hear it.
    private static func isUnheard(_ error: any Error) -> Bool {
        error is NIOConnectionError
            || [.connectTimeout, .getConnectionFromPoolTimeout].contains(error as? HTTPClientError)
    }

    /// One attempt, whatever is answered: for who wants to know whether somebody is there.
    func look(at url: String) async throws(PlatformFailure) -> PlatformAnswer {
        guard let client = client.withLock({ $0 }) else { throw .unreachable(reason: "the host is going down") }
        do {
            return try await self.attempt(PlatformRequest(url: url), client)
        } catch let failure as PlatformFailure {
            throw failure
        } catch {
            throw .unreachable(reason: "\(error)")
        }
    }

    /// Waits until the platform may be asked, if the patience that is left is enough, and takes the wait from it.
    ///
    /// Others may be told meanwhile that it was enough once more, again and again.
    private func waitForRest(of host: String, _ patience: inout Duration) async throws(PlatformFailure) {
        while let rest = budget.rest(at: host) {
            guard rest <= patience else {
                throw .unreachable(reason: "it wants to be left alone for \(rest.components.seconds + 1) s")
            }
            patience -= rest
            // Jitter: all who wait would come at once.
            let wait = rest + .milliseconds(.random(in: 0...250))
            guard (try? await Task.sleep(for: wait)) != nil else { throw .unreachable(reason: "the host gave up") }
        }
    }

    private func attempt(_ request: PlatformRequest, _ client: HTTPClient) async throws -> PlatformAnswer {
        try await withThrowingTaskGroup(of: PlatformAnswer.self) { group in
            group.addTask { try await self.read(request, client) }
            // The client's own deadline ends with the head; a body may come a byte a second.
            group.addTask {
                try await Task.sleep(for: request.isHadOnce ? self.onceLimit : self.attemptLimit)
                throw LateAnswer()
            }
            defer { group.cancelAll() }
            guard let answer = try await group.next() else { throw CancellationError() }
            return answer
        }
    }

    private func read(_ request: PlatformRequest, _ client: HTTPClient) async throws -> PlatformAnswer {
        var message = HTTPClientRequest(url: request.url)
        message.method = request.method
        message.headers.add(name: "User-Agent", value: "streamvibes")
        message.headers.add(name: "Accept", value: "application/json")
        for (name, value) in request.headers { message.headers.add(name: name, value: value) }
        if let form = request.form {
            message.headers.add(name: "Content-Type", value: "application/x-www-form-urlencoded")
            message.body = .bytes(ByteBuffer(string: FormText.encode(form)))
        } else if let json = request.json {
            message.headers.add(name: "Content-Type", value: "application/json")
            message.body = .bytes(ByteBuffer(string: json.text))
        }
        let response = try await client.execute(message, deadline: .distantFuture)
        let status = Int(response.status.code)
        let isLimit = budget.heard(
            from: PlatformBudget.host(of: request.url),
            status: status,
            header: { response.headers.first(name: $0) },
            epochSeconds: Timestamp.now.milliseconds / 1000
        )
        var bytes = ByteBuffer()
        for try await part in response.body {
            guard bytes.readableBytes + part.readableBytes <= request.answerLimit else {
                throw PlatformFailure.unusable(reason: "an answer of more than \(request.answerLimit) bytes")
            }
            bytes.writeImmutableBuffer(part)
        }
        let json = (try? JSONValue(parsing: bytes.readableBytesView)) ?? .null
        return PlatformAnswer(
            status: status,
            json: json,
            date: response.headers.first(name: "Date"),
            isLimit: isLimit,
            secrets: request.secrets
        )
    }
}

/// An answer that did not come in time.
private struct LateAnswer: Error, CustomStringConvertible {
    let description = "it takes too long"
}

/// Fields of a form or a query, percent-encoded.
enum FormText {
    static func encode(_ fields: [(name: String, value: String)]) -> String {
        fields.map { "\(encode($0.name))=\(encode($0.value))" }.joined(separator: "&")
    }

    /// Everything but RFC 3986's unreserved characters: refresh tokens have `%`, `=` and `+` in them.
    static func encode(_ text: String) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E: bytes.append(byte)
            default: bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
