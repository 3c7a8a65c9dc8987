import WidgetAPI

@testable import FakePlatforms
@testable import Host

extension KickSamples {
    /// Reads it as the host does, at the moment it was sent.
    func drafts() throws -> [EventDraft] {
        let headers = Dictionary(headers) { first, _ in first }
        let now = Timestamp(rfc3339: timestamp) ?? .now
        return try KickDelivery(header: { headers[$0] }, now: now).read(body).drafts
    }

    @discardableResult
    func post(port: Int) throws -> HTTPExchange {
        try HTTPExchange.perform("POST", "/api/webhooks/kick", headers: headers, body: body, port: port)
    }
}
