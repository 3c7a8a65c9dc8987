import Hummingbird
import Testing
import WidgetAPI

@testable import Host

/// What the program says of its own addresses.
@Suite(.withProcesses) struct APIOperationTests {
    /// Addresses that anybody may ask, each with a reason to be open.
    private static let open: [String: String] = [
        "GET /": "the landing page", "GET /sample": "the recording on it",
        "GET /health": "for whoever watches the host",
        "GET /metrics": "guarded by its own rule", "GET /openapi.json": "describes, and tells nothing of anybody",
        "GET /ws": "asks for a session itself, where one is wanted", "GET /schemas/widget-1.json": "for editors",
        "GET /assets/widgets/**": "files of packages", "GET /assets/{hash}/**": "files of the program",
        "GET /img/twitch/emote/{id}": "pictures on overlays",
        "GET /img/twitch/badge/{place}/{set}/{version}": "pictures on overlays",
        "GET /img/twitch/cheermote/{channel}/{prefix}/{tier}": "pictures on overlays",
        "GET /img/twitch/avatar/{user}": "pictures on overlays", "GET /img/kick/emote/{id}": "pictures on overlays",
        "GET /img/kick/avatar/{user}/{name}": "pictures on overlays",
        "GET /img/demo/emote/{name}": "pictures of the demo",
        "GET /img/demo/avatar/{name}": "pictures of the demo", "GET /auth/login": "to sign in",
        "GET /auth/login/{platform}": "to sign in", "GET /auth/callback/{platform}": "to sign in",
        "POST /auth/demo": "to sign in", "POST /auth/logout": "to sign out", "GET /files/{fileId}": "on overlays",
        "POST /api/webhooks/twitch": "signed", "POST /api/webhooks/kick": "signed",
        "POST /api/webhooks/kofi/{key}": "by an address and a token", "POST /api/webhooks/stripe/{key}": "signed",
        "POST /api/webhooks/buymeacoffee/{key}": "signed",
        "GET /dashboard": "answers with the way to the login page",
        "GET /dashboard/overlay": "the same", "GET /dashboard/widgets": "the same", "GET /dashboard/theme": "the same",
        "GET /dashboard/settings": "the same", "GET /dashboard/alerts": "the same",
        "GET /licences": "licences are for everybody", "GET /fonts/{version}/{name}": "files of the set-up step",
    ]

    private static func routes() async throws -> [(method: String, path: String)] {
        let house = try await StreamHouse()
        let routes = Routes.router(house.host).routes
        await house.stop()
        return routes.map { route in
            let steps = "\(route.path)".split(separator: "/").map { step in
                step.hasPrefix(":") ? "{\(step.dropFirst())}" : String(step)
            }
            return (route.method.rawValue, "/" + steps.joined(separator: "/"))
        }
    }

    @Test func `the description has every address of the API, and no other`() async throws {
        let routes = try await Self.routes().filter { route in
            route.path.hasPrefix("/api/") && !APIOperation.undescribed.contains(where: route.path.hasPrefix)
        }

        let described = APIOperation.all.map { "\($0.method.rawValue.uppercased()) \($0.path)" }

        #expect(Set(routes.map { "\($0.method) \($0.path)" }) == Set(described))
        #expect(Set(described).count == described.count)
        #expect(Set(APIOperation.all.map(\.name)).count == described.count)
    }

    @Test func `every address either is open for a reason or asks for a session`() async throws {
        let routes = try await Self.routes()
        let server = try ServerProcess.withAlice()
        let views = OverlayView.allCases.map { "GET /{platform}/{channel}/\($0.rawValue)" }

        for (method, path) in routes where !views.contains("\(method) \(path)") {
            guard Self.open["\(method) \(path)"] == nil else { continue }
            let asked = path.replacing(/\{[^}]*\}/, with: "1")
            let answer = try HTTPExchange.perform(method, asked, port: server.port)
            #expect(answer.status == 401 && answer.failureCode == "UNAUTHORIZED", "\(method) \(path)")
        }
        let missing = Set(Self.open.keys).subtracting(routes.map { "\($0.method) \($0.path)" })
        #expect(missing.isSubset(of: ["GET /metrics"]), "open, but not there")
    }

    @Test func `the document that is served is whole, and every reference in it leads somewhere`() throws {
        let server = try ServerProcess.withAlice()

        let answer = try HTTPExchange.perform("GET", "/openapi.json", port: server.port)

        let document = try JSONValue(parsing: answer.body)
        #expect(document["openapi"] == "3.1.0")
        var references: Set<String> = []
        Self.collect(document, &references)
        #expect(!references.isEmpty)
        for reference in references {
            let steps = reference.dropFirst(2).split(separator: "/")
            let found = steps.reduce(document as JSONValue?) { $0?[String($1)] }
            #expect(found != nil, "\(reference)")
        }
    }

    private static func collect(_ value: JSONValue, _ references: inout Set<String>) {
        for element in value.arrayValue ?? [] { collect(element, &references) }
        for member in value.objectValue?.members ?? [] {
            if member.name == "$ref", let text = member.value.stringValue { references.insert(text) }
            collect(member.value, &references)
        }
    }
}
