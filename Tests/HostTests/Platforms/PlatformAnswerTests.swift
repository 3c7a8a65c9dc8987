import NIOHTTP1
import Testing
import WidgetAPI

@testable import FakePlatforms
@testable import Host

/// What the log is told of a refusal.
@Suite struct PlatformAnswerTests {
    @Test func `a platform that repeats what it was sent gives no secret away`() async throws {
        let server = try LoopbackServer { request in
            let sent = [
                request.headers["authorization"], request.field("refresh_token"), request.field("client_secret"),
                (try? JSONValue(parsing: request.body))?["transport"]?["secret"]?.stringValue,
            ]
            let words = sent.compactMap(\.self).joined(separator: ", ")
            return .json((["error": "Bad Request", "message": .string("not \(words)")] as JSONValue).text, status: 400)
        }
        let http = PlatformHTTP.patient
        try await http.connected { () async throws in
            let asked = PlatformRequest(
                method: .POST,
                url: server.base + "/subscriptions",
                headers: [("Authorization", "Bearer access-1")],
                json: ["transport": ["secret": "a-secret-of-ours"]]
            )
            #expect(try await http.send(asked).complaint == "Bad Request: not Bearer <redacted>, <redacted>")
            let renewed = PlatformRequest(
                method: .POST,
                url: server.base + "/token",
                form: [("grant_type", "refresh_token"), ("refresh_token", "r%1+="), ("client_secret", "of-the-client")]
            )
            #expect(try await http.send(renewed).complaint == "Bad Request: not <redacted>, <redacted>")
        }
    }
}
