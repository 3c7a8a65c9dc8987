import WidgetAPI

@testable import FakePlatforms

/// A running host with Alice's channel on it, and what her viewers do.
final class AliceHost {
    let server: ServerProcess
    /// Deliveries share a connection, as Twitch's do.
    private var socket: Socket?

    init() throws {
        server = try ServerProcess()
        let added = try server.command("channel", "add", "twitch", "alice", "--user-id", "1234")
        guard added.status == 0 else { throw Socket.Failure(description: added.errors) }
        try server.showFastChat()
        try server.start()
    }

    /// The address of one of her overlay pages.
    func address(_ view: String = "overlay", port: Int? = nil) -> String {
        "http://127.0.0.1:\(port ?? server.port)/twitch/alice/\(view)"
    }

    func restart() throws {
        socket = nil
        try server.start()
    }

    func say(_ text: String, by name: String = "viewer") throws {
        try deliver(.chat(text, by: name))
    }

    func say(_ texts: [String]) throws {
        for text in texts { try say(text) }
    }

    func follow(by name: String) throws {
        try deliver(.follow(by: name))
    }

    /// A cheer, which is a tip in bits.
    func cheer(_ bits: Int64, _ message: String, by name: String) throws {
        let event: JSONValue = [
            "broadcaster_user_id": "1234", "user_id": "id-cheer", "user_login": "cheer", "user_name": .string(name),
            "is_anonymous": false, "bits": .integer(bits), "message": .string(message),
        ]
        try deliver(.notification("channel.cheer", "1", event, in: "1234"))
    }

    /// - Throws: `Socket.Failure` when the host does not take it.
    private func deliver(_ delivery: SignedDelivery) throws {
        // The host ends a connection on which it has heard nothing for a minute.
        try self.socket?.receive(withinMilliseconds: 0)
        if self.socket?.isAtEnd == true { self.socket = nil }
        let socket = try socket ?? Socket(port: server.port)
        self.socket = socket
        let answer = try HTTPExchange.perform(
            "POST",
            "/api/webhooks/twitch",
            headers: delivery.headers,
            body: delivery.body,
            on: socket
        )
        guard answer.status == 204 else {
            throw Socket.Failure(description: "the host answered \(answer.status) to a delivery: \(answer.body)")
        }
    }
}

extension Browser {
    /// Opens an overlay page and returns when it shows what the host knows.
    func overlay(_ address: String) throws -> Page {
        let page = try newPage()
        try page.open(address)
        try page.wait(until: "document.body.dataset.link === 'up'", "\(address) is connected")
        return page
    }
}

extension Page {
    /// The texts of the chat lines on screen, the oldest first.
    func chatLines() throws -> [String] {
        try evaluate("probe.lines()").arrayValue?.compactMap(\.stringValue) ?? []
    }

    /// Waits until a chat line with exactly that text stands on screen.
    func waitForLine(_ text: String, withinSeconds limit: Double = 60) throws {
        let text = JSONValue.string(text).text
        try wait(until: "probe.lines().includes(\(text))", "the line \(text.prefix(80)) is there", withinSeconds: limit)
    }
}
