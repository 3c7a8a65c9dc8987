import Testing

/// A host behind a proxy that ends HTTPS.
@Suite(.withProcesses) struct SecureTransportTests {
    private static func host(trusting proxies: String?) throws -> ServerProcess {
        var environment = ServerProcess.environment
        environment["PUBLIC_URL"] = "https://overlays.example"
        environment["TRUSTED_PROXIES"] = proxies
        let server = try ServerProcess(environment: environment)
        try server.start()
        return server
    }

    private static func ask(_ method: String, _ path: String, _ scheme: String?, _ server: ServerProcess) throws
        -> HTTPExchange
    {
        let headers = scheme.map { [("X-Forwarded-Proto", $0)] } ?? []
        return try HTTPExchange.perform(method, path, headers: headers, port: server.port)
    }

    @Test func `who comes without encryption is sent to the same address with it`() throws {
        let server = try Self.host(trusting: "127.0.0.0/8")

        let page = try Self.ask("GET", "/auth/login?a=b%20c", "http", server)
        let form = try Self.ask("POST", "/auth/logout", "http", server)

        #expect(page.status == 308)
        #expect(page.headers["location"] == "https://overlays.example/auth/login?a=b%20c")
        #expect(form.status == 308)
    }

    @Test func `a browser that came encrypted is told to stay so`() throws {
        let server = try Self.host(trusting: "127.0.0.1")

        let page = try Self.ask("GET", "/auth/login", "https", server)
        let direct = try Self.ask("GET", "/health", nil, server)

        #expect(page.status == 200)
        #expect(page.headers["strict-transport-security"] == "max-age=31536000")
        #expect(direct.status == 200)
        #expect(direct.headers["strict-transport-security"] == nil)
    }

    @Test func `the word of a stranger moves nobody`() throws {
        let server = try Self.host(trusting: "10.0.0.0/8")

        #expect(try Self.ask("GET", "/auth/login", "http", server).status == 200)
    }

    @Test func `a range that is none stops the start with one line`() throws {
        #expect(throws: Socket.Failure.self) { try Self.host(trusting: "10.0.0.0/99") }
    }
}
