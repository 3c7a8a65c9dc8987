@testable import FakePlatforms

extension SignedDelivery {
    /// Posts it and returns the status.
    @discardableResult
    func post(port: Int) throws -> Int {
        try HTTPExchange.perform("POST", "/api/webhooks/twitch", headers: headers, body: body, port: port).status
    }
}
