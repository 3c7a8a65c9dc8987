import Testing
import WidgetAPI

@testable import Host

@Suite(.serialized, .withProcesses) struct SchemaRouteTests {
    @Test func `an editor finds the schema of widget.json at its published address`() throws {
        let server = try ServerProcess()
        try server.start()

        let answer = try HTTPExchange.perform("GET", "/schemas/widget-1.json", port: server.port)
        let unknown = try HTTPExchange.perform("GET", "/schemas/widget-2.json", port: server.port)

        #expect(answer.status == 200)
        #expect(answer.headers["content-type"] == "application/schema+json")
        #expect(answer.headers["access-control-allow-origin"] == "*")
        #expect(try JSONValue(parsing: answer.bytes)["$id"] == "/schemas/widget-1.json")
        #expect(unknown.status == 404)
    }
}
