import WidgetAPI

/// One test's connection to the shared Chromium, with cookies and tabs of its own.
///
/// It speaks the DevTools protocol (https://chromedevtools.github.io/devtools-protocol/) with flat sessions: one socket
/// for all tabs. What a test opens ends with this connection.
final class Browser {
    private let socket: WebSocketClient
    private let context: JSONValue
    private var lastId: Int64 = 0
    /// What went wrong in each tab, by session.
    private var complaints: [String: [String]] = [:]

    init() throws {
        guard let address = Chromium.address else {
            throw Socket.Failure(description: "this suite has no Chromium; it belongs into BrowserTests")
        }
        socket = try WebSocketClient(port: address.port, path: address.path)
        var call = Call("Target.createBrowserContext", ["disposeOnDetach": true])
        context = try call.perform(on: socket) { _ in }["browserContextId"] ?? .null
        lastId = Call.firstId
    }

    /// Opens a tab of 1920×1080 in front of the others, which are hidden then.
    func newPage() throws -> Page {
        let target = try call("Target.createTarget", ["url": "about:blank", "browserContextId": context])["targetId"]
        let attached = try call("Target.attachToTarget", ["targetId": target ?? .null, "flatten": true])
        guard let target = target?.stringValue, let session = attached["sessionId"]?.stringValue else {
            throw Socket.Failure(description: "Chromium opened no tab")
        }
        return try Page(browser: self, target: target, session: session)
    }

    /// Calls a method and waits for its answer; what happens meanwhile is noted.
    ///
    /// - Throws: `Socket.Failure` when Chromium refuses or does not answer in time.
    @discardableResult
    func call(
        _ method: String,
        _ parameters: JSONObject = [:],
        session: String? = nil,
        withinSeconds limit: Int = 60
    ) throws -> JSONValue {
        lastId += 1
        var call = Call(method, parameters, id: lastId, session: session)
        return try call.perform(on: socket, withinSeconds: limit) { try note($0) }
    }

    /// The tab's complaints so far: console errors and warnings, exceptions, refusals of the content policy, dialogs.
    func takeComplaints(of session: String) -> [String] {
        complaints.removeValue(forKey: session) ?? []
    }

    private func note(_ event: JSONValue) throws {
        guard let session = event["sessionId"]?.stringValue, let parameters = event["params"] else { return }
        switch event["method"]?.stringValue {
        case "Runtime.exceptionThrown":
            let details = parameters["exceptionDetails"]
            complaints[session, default: []].append("exception: \(details?.text ?? "")")
        case "Runtime.consoleAPICalled":
            guard let kind = parameters["type"]?.stringValue, ["error", "warning", "assert"].contains(kind) else {
                return
            }
            complaints[session, default: []].append("console \(kind): \(parameters["args"]?.text ?? "")")
        case "Log.entryAdded":
            guard let entry = parameters["entry"], let level = entry["level"]?.stringValue, level != "verbose",
                level != "info"
            else { return }
            let (source, text) = (entry["source"]?.stringValue ?? "", entry["text"]?.stringValue ?? "")
            complaints[session, default: []].append("\(source) \(level): \(text) \(entry["url"]?.stringValue ?? "")")
        case "Page.javascriptDialogOpening":
            complaints[session, default: []].append("dialog: \(parameters["message"]?.stringValue ?? "")")
            // Until somebody answers it, the page stands still and every later call with it.
            lastId += 1
            try Call("Page.handleJavaScriptDialog", ["accept": true], id: lastId, session: session).send(on: socket)
        default: return
        }
    }
}

/// One call of a DevTools method.
private struct Call {
    static let firstId: Int64 = 1

    private let method: String
    private let message: JSONValue
    private let id: Int64
    private var fragments: [UInt8] = []

    init(_ method: String, _ parameters: JSONObject, id: Int64 = firstId, session: String? = nil) {
        self.method = method
        self.id = id
        var message: JSONObject = ["id": .integer(id), "method": .string(method), "params": .object(parameters)]
        message["sessionId"] = session.map { .string($0) }
        self.message = .object(message)
    }

    func send(on socket: WebSocketClient) throws {
        try socket.send(text: message.text)
    }

    /// Sends it and reads until its answer comes; everything else is an event.
    mutating func perform(
        on socket: WebSocketClient,
        withinSeconds limit: Int = 60,
        _ note: (JSONValue) throws -> Void
    ) throws -> JSONValue {
        try send(on: socket)
        let deadline = ContinuousClock.now + .seconds(limit)
        while true {
            let left = max(1, Int((deadline - ContinuousClock.now) / .milliseconds(1)))
            guard ContinuousClock.now < deadline, let frame = try socket.receive(withinMilliseconds: left) else {
                throw Socket.Failure(description: "Chromium did not answer \(method)")
            }
            // A large answer may come in pieces.
            fragments += frame.payload
            guard frame.isFinal else { continue }
            let message = try JSONValue(parsing: String(decoding: fragments, as: UTF8.self))
            fragments = []
            guard message["id"]?.integerValue == id else {
                try note(message)
                continue
            }
            guard let result = message["result"] else {
                throw Socket.Failure(description: "\(method): \(message["error"]?.text ?? "no result")")
            }
            return result
        }
    }
}
