import Testing
import WidgetAPI

@testable import Host

/// Ids of another streamer in what is sent, wherever the description of a body says that one may stand.
@Suite(.withProcesses) struct ForeignBodyTests {
    /// Where an id stands in a body, such as `widgets`, `layoutId`.
    private struct Place: Hashable {
        let steps: [String]

        var kind: Substring {
            guard let name = steps.last, name != "id" else { return "widget" }
            return name.dropLast("Id".count)
        }
    }

    /// Ids that are no object's of the host.
    private static let ofPlatforms = ["userId"]

    @Test func `every id of another streamer in a body is refused, and nothing of anybody's changes`() throws {
        let streamer = try DemoStreamer()
        let bob = try DemoStreamer(besides: streamer)
        let theirs = try Library(bob)
        let own = try Library(streamer)
        var tried: Set<String> = []

        for operation in APIOperation.all {
            guard case .json(let schema) = operation.body else { continue }
            for place in Self.places(in: schema) {
                let path = own.path(of: operation)
                let ids = try #require(theirs.ids[String(place.kind)], "no object of that kind: \(place.steps)")
                for (kind, id) in theirs.ids.flatMap({ kind, ids in ids.map { (kind, $0) } }) {
                    let before = try streamer.library()
                    let body = Self.body(schema, with: id, at: place.steps[...])
                    let answer = try streamer.ask(operation.method.rawValue.uppercased(), path, body)
                    let isKnown = answer.status == 403 || (!ids.contains(id) && [400, 404].contains(answer.status))
                    #expect(isKnown, "\(operation.name) \(body.text), a \(kind): \(answer.status) \(answer.message)")
                    #expect(try streamer.library() == before, "\(operation.name) \(body.text)")
                }
                tried.insert("\(operation.name) \(place.steps.joined(separator: "."))")
            }
        }

        #expect(
            tried.isSuperset(of: [
                "putLayout themeId", "putLayout widgets.id", "putDraft widgets.id", "addWidget layoutId",
                "putWidget layoutId",
            ]),
            "\(tried.sorted())"
        )
    }

    @Test func `a file of another streamer is no setting`() throws {
        let streamer = try DemoStreamer()
        let bob = try DemoStreamer(besides: streamer)
        let file = try #require(try bob.upload(FileSamples.png).data["url"]?.stringValue)
        let types = try streamer.get("/api/widget-types").items
        var tried = 0

        for type in types {
            let fields = type["configSchema"]?["properties"]?.objectValue?.members ?? []
            for field in fields where field.value["format"]?.stringValue?.hasPrefix("asset-") == true {
                tried += 1
                let body: JSONValue = [
                    "type": type["id"] ?? .null, "config": .object([field.name: .string(file)]),
                ]
                let answer = try streamer.post("/api/widgets", body)
                #expect(answer.status == 403, "\(body.text): \(answer.status) \(answer.message)")
            }
        }

        #expect(tried > 0)
    }

    /// What a streamer has, one of each kind or more.
    private struct Library {
        let ids: [String: [String]]

        init(_ streamer: DemoStreamer) throws {
            let layout = try #require(try streamer.layout()["id"]?.stringValue)
            let version = try #require(try streamer.layout()["version"])
            let draft = try streamer.put(
                "/api/layouts/\(layout)/draft",
                ["widgets": [["type": "goals"]], "version": version]
            )
            let drafted = try #require(draft.data["widgets"]?.arrayValue?.first?["id"]?.stringValue)
            ids = [
                "layout": [layout], "widget": [try streamer.widget("chat"), drafted],
                "theme": try streamer.get("/api/themes").items.compactMap { $0["id"]?.stringValue },
                "file": [try #require(try streamer.upload(FileSamples.png).data["id"]?.stringValue)],
            ]
        }

        func path(of operation: APIOperation) -> String {
            var path = operation.path.replacing("{platform}", with: "twitch")
            for (kind, ids) in ids { path = path.replacing("{\(kind)Id}", with: ids.first ?? "") }
            return path
        }
    }

    private static func schema(_ name: String) -> JSONValue { APISchemas.all[name] ?? .null }

    private static func resolved(_ schema: JSONValue) -> JSONValue {
        guard let name = schema["$ref"]?.stringValue?.split(separator: "/").last else { return schema }
        return self.schema(String(name))
    }

    private static func places(in name: String) -> [Place] {
        func walk(_ schema: JSONValue, _ steps: [String]) -> [Place] {
            let schema = resolved(schema)
            if let items = schema["items"] { return walk(items, steps) }
            if let members = schema["properties"]?.objectValue?.members {
                return members.flatMap { walk($0.value, steps + [$0.name]) }
            }
            guard let name = steps.last, name == "id" || name.hasSuffix("Id"), !ofPlatforms.contains(name) else {
                return []
            }
            return [Place(steps: steps)]
        }
        return walk(schema(name), [])
    }

    /// The smallest object of a schema that is right, but for an id.
    private static func body(_ name: String, with id: String, at steps: ArraySlice<String>) -> JSONValue {
        func place(in schema: JSONValue, _ steps: ArraySlice<String>) -> JSONValue {
            let schema = resolved(schema)
            if let items = schema["items"] { return [place(in: items, steps)] }
            guard let step = steps.first, let members = schema["properties"]?.objectValue else { return .string(id) }
            var object = JSONObject()
            for name in schema["required"]?.arrayValue ?? [] {
                guard let name = name.stringValue, let member = members[name] else { continue }
                object[name] = member["type"] == "integer" ? member["minimum"] : "chat"
            }
            object[step] = members[step].map { place(in: $0, steps.dropFirst()) }
            return .object(object)
        }
        return place(in: schema(name), steps)
    }
}
