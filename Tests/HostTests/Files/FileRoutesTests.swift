import Foundation
import Testing
import WidgetAPI

@testable import Host

@Suite(.withProcesses) struct FileRoutesTests {
    @Test func `a file is what its bytes prove, and everybody gets it as that`() throws {
        let streamer = try DemoStreamer()
        let port = streamer.server.port

        for (bytes, type, kind) in FileSamples.all {
            let made = try streamer.upload(bytes)
            #expect(made.status == 201, "\(type): \(made.message)")
            #expect(made.data["type"]?.stringValue == type && made.data["kind"]?.stringValue == kind)
            #expect(made.data["size"] == .integer(Int64(bytes.count)))
            let id = try #require(made.data["id"]?.stringValue)
            #expect(made.data["url"]?.stringValue == "/files/\(id)")
            let seen = try HTTPExchange.perform("GET", "/files/\(id)", port: port)
            #expect(seen.status == 200 && seen.bytes == bytes, "\(type)")
            #expect(seen.headers["content-type"] == type && seen.headers["x-content-type-options"] == "nosniff")
            #expect(seen.headers["cache-control"] == "public, max-age=31536000, immutable")
            #expect(seen.headers["content-security-policy"]?.contains("sandbox") == true)
        }
        #expect(try streamer.get("/api/files?perPage=100").items.count == FileSamples.all.count)
        for text in [
            "", "<html><script>", "<!DOCTYPE svg []><svg/>", "MZ", "%PDF-1.7", "#!/bin/sh", "{}",
            "\0\0\0\u{18}ftypavif",
        ] {
            let refused = try streamer.upload(Array(text.utf8))
            #expect(refused.status == 400 && refused.code == "VALIDATION_ERROR", "\(text)")
        }
        #expect(try streamer.get("/api/files?perPage=100").items.count == FileSamples.all.count)
        #expect(try HTTPExchange.perform("GET", "/files/nobody", port: port).status == 404)
        #expect(try HTTPExchange.perform("GET", "/files/..%2Fstreamvibes.sqlite", port: port).status == 404)
    }

    @Test func `a file has a name when one is given, of 1 to 120 characters`() throws {
        let streamer = try DemoStreamer()
        let long = String(repeating: "a", count: 120)

        #expect(try streamer.upload(FileSamples.png).data["name"] == "image.png")
        #expect(try streamer.upload(FileSamples.png, query: "?name=My%20cat.png").data["name"] == "My cat.png")
        #expect(try streamer.upload(FileSamples.png, query: "?name=\(long)").data["name"] == .string(long))
        for name in ["", long + "a", "a%0Ab"] {
            #expect(try streamer.upload(FileSamples.png, query: "?name=\(name)").status == 400, "\(name)")
        }
    }

    @Test func `ten mebibytes are taken and not a byte more, a hundred of one streamer together`() throws {
        let streamer = try DemoStreamer()
        let large = FileSamples.png + [UInt8](repeating: 7, count: StoredFile.sizeLimit - FileSamples.png.count)

        let tooLarge = try streamer.upload(large + [0])
        let chunked = try streamer.uploadInChunks(large + [0])
        #expect(tooLarge.status == 413 && tooLarge.code == "PAYLOAD_TOO_LARGE")
        #expect(chunked == 413)
        for _ in 1...9 { #expect(try streamer.upload(large).status == 201) }
        #expect(try streamer.upload(Array(large.dropLast(FileSamples.png.count))).status == 201)
        let overfull = try streamer.upload(FileSamples.png + [0])
        #expect(overfull.status == 409 && overfull.message.contains("\(FileSamples.png.count) are left"))
        #expect(try streamer.upload(FileSamples.png).status == 201)
        #expect(try streamer.upload(FileSamples.gif).status == 409)
        let bob = try DemoStreamer(besides: streamer)
        #expect(try bob.upload(FileSamples.gif).status == 201, "another streamer has room of their own")

        let files = try streamer.get("/api/files").items
        #expect(files.count == 11)
        #expect(try streamer.folder().count == 12)
        #expect(try streamer.delete("/api/files/\(files[10]["id"]?.stringValue ?? "")").status == 204)
        #expect(try streamer.upload(FileSamples.gif).status == 201)
    }

    @Test func `a thousand files are taken and no more`() throws {
        let streamer = try DemoStreamer()
        #expect(try streamer.upload(FileSamples.gif).status == 201)
        // The others are made by hand: what counts is how many rows there are.
        try EventTable(of: streamer.server).change(
            """
            INSERT INTO files (id, streamer_id, name, type, size, created_at)
            SELECT 'f' || value, streamer_id, name, type, size, created_at FROM files, generate_series(1, 998)
            """
        )

        #expect(try streamer.upload(FileSamples.gif).status == 201)
        let refused = try streamer.upload(FileSamples.gif)

        #expect(refused.status == 409 && refused.message.contains("1000"))
    }

    @Test func `a deleted file is gone from the list, the disk and its address`() throws {
        let streamer = try DemoStreamer()
        let id = try #require(try streamer.upload(FileSamples.png).data["id"]?.stringValue)

        #expect(try streamer.delete("/api/files/\(id)").status == 204)

        #expect(try streamer.get("/api/files").items == [])
        #expect(try streamer.folder() == [])
        #expect(try HTTPExchange.perform("GET", "/files/\(id)", port: streamer.server.port).status == 404)
        #expect(try streamer.delete("/api/files/\(id)").status == 404)
    }

    @Test func `a setting takes the streamer's own files of its kind alone, wherever it is saved`() throws {
        let streamer = try DemoStreamer()
        let bob = try DemoStreamer(besides: streamer)
        func path(_ answer: DemoStreamer.Answer) throws -> String { try #require(answer.data["url"]?.stringValue) }
        let (picture, sound) = (try path(streamer.upload(FileSamples.png)), try path(streamer.upload(FileSamples.wav)))
        let foreign = try path(bob.upload(FileSamples.png))
        let layout = try streamer.layout()
        let id = try #require(layout["id"]?.stringValue)
        let widget = try streamer.widget("events")

        for (value, status) in [(foreign, 403), ("/files/nobody", 404), (sound, 400), (picture, 200)] {
            let config: JSONValue = ["followImage": .string(value)]
            let version = try streamer.layout()["version"] ?? .null
            let inLayout: JSONValue = ["widgets": [["id": .string(widget), "config": config]], "version": version]
            let added: JSONValue = [
                "type": "events", "config": config, "position": ["x": 0, "y": 4, "width": 1, "height": 1],
            ]
            #expect(try streamer.put("/api/layouts/\(id)/draft", inLayout).status == status, "\(value)")
            #expect(try streamer.put("/api/widgets/\(widget)", ["config": config]).status == status, "\(value)")
            let made = try streamer.post("/api/widgets", added)
            #expect(made.status == (status == 200 ? 201 : status), "\(value): \(made.message)")
            if status != 200 {
                #expect(try streamer.put("/api/layouts/\(id)", inLayout).status == status, "\(value)")
                #expect(try streamer.layout() == layout)
            }
        }
        let variations: JSONValue = ["variations": [["event": "follow", "sound": .string(foreign)]]]
        #expect(try streamer.put("/api/widgets/\(widget)", ["config": variations]).status != 200)
        #expect(try streamer.delete("/api/files/\(picture.dropFirst(7))").status == 204)
        let kept: JSONValue = ["followImage": .string(picture), "displayDuration": 15]
        #expect(try streamer.put("/api/widgets/\(widget)", ["config": kept]).status == 200, "it stood there before")
        #expect(try streamer.put("/api/widgets/\(try streamer.widget("chat"))", ["config": [:]]).status == 200)
    }

    @Test func `another streamer's files are not listed and not deleted`() throws {
        let streamer = try DemoStreamer()
        let bob = try DemoStreamer(besides: streamer)
        let theirs = try bob.upload(FileSamples.png).data
        let id = try #require(theirs["id"]?.stringValue)

        #expect(try streamer.get("/api/files").items == [])
        #expect(try streamer.delete("/api/files/\(id)").status == 403)
        #expect(try bob.exchange("DELETE", "/api/files/\(id)", csrf: false).status == 403)
        #expect(try bob.exchange("POST", "/api/files", bytes: FileSamples.png, csrf: false).status == 403)
        #expect(
            try HTTPExchange.perform("POST", "/api/files", body: FileSamples.png, port: bob.server.port).status == 401
        )
        #expect(try bob.get("/api/files").items == [theirs])
    }

    @Test func `whatever a crash leaves half done is gone after the next start, and whole files are there`() throws {
        let streamer = try DemoStreamer()
        let large = FileSamples.wav + [UInt8](repeating: 1, count: 9 << 20)
        let id = try #require(try streamer.upload(FileSamples.png).data["id"]?.stringValue)
        // In the middle of uploads, wherever they are by then.
        let sockets = try (0..<4).map { _ in try Socket(port: streamer.server.port) }
        for (index, socket) in sockets.enumerated() {
            let headers = [("Cookie", streamer.cookie), ("X-CSRF-Token", streamer.csrfToken)]
            let request = HTTPExchange.request("POST", "/api/files", headers: headers, body: large)
            try socket.send(index == 0 ? Array(request.dropLast(1000)) : request)
        }
        streamer.server.kill()
        let folder = "\(streamer.server.dataDirectory)/files"
        #expect(FileManager.default.createFile(atPath: "\(folder)/\(UUIDv7.make()).part", contents: Data([1])))
        #expect(FileManager.default.createFile(atPath: "\(folder)/\(UUIDv7.make())", contents: Data(FileSamples.png)))

        try streamer.server.start()

        let files = try streamer.get("/api/files").items
        let ids = files.compactMap { $0["id"]?.stringValue }
        #expect(try streamer.folder().sorted() == ids.sorted() && ids.contains(id))
        for file in files {
            let path = try #require(file["url"]?.stringValue)
            let seen = try HTTPExchange.perform("GET", path, port: streamer.server.port)
            #expect(Int64(seen.bytes.count) == file["size"]?.integerValue)
        }
        #expect(!streamer.server.logLines(with: "belong to nobody").isEmpty)
    }
}

extension DemoStreamer {
    /// The names in the folder of uploaded files.
    fileprivate func folder() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: "\(server.dataDirectory)/files")
    }

    /// Uploads without saying how much it will be; the status.
    fileprivate func uploadInChunks(_ bytes: [UInt8]) throws -> Int {
        let socket = try Socket(port: server.port)
        var head = "POST /api/files HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n"
        head += "Cookie: \(cookie)\r\nX-CSRF-Token: \(csrfToken)\r\n\r\n"
        try socket.send(Array(head.utf8))
        let size = 1 << 16
        for start in stride(from: 0, to: bytes.count, by: size) {
            let chunk = bytes[start..<min(start + size, bytes.count)]
            // The host may answer before it has everything, and stop reading.
            do {
                try socket.send(Array("\(String(chunk.count, radix: 16))\r\n".utf8) + chunk + Array("\r\n".utf8))
            } catch {
                break
            }
        }
        try? socket.send(Array("0\r\n\r\n".utf8))
        return try HTTPExchange.read(from: socket, withinMilliseconds: 30_000).status
    }
}

/// The smallest files of each kind that is taken.
enum FileSamples {
    static let png: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13]
    static let gif = Array("GIF89a".utf8) + [1, 0, 1, 0, 0, 0, 0]
    static let wav = Array("RIFF".utf8) + [4, 0, 0, 0] + Array("WAVE".utf8)
    static let webm: [UInt8] = [0x1A, 0x45, 0xDF, 0xA3, 0x87, 0x42, 0x82, 0x84] + Array("webm".utf8)
    static let all: [(bytes: [UInt8], type: String, kind: String)] = [
        (png, "image/png", "image"), (gif, "image/gif", "image"), ([0xFF, 0xD8, 0xFF, 0xE0], "image/jpeg", "image"),
        (Array("RIFF".utf8) + [4, 0, 0, 0] + Array("WEBP".utf8), "image/webp", "image"),
        (Array("<svg xmlns=\"http://www.w3.org/2000/svg\"/>".utf8), "image/svg+xml", "image"),
        (wav, "audio/wav", "sound"), (Array("OggS".utf8), "audio/ogg", "sound"),
        (Array("ID3".utf8), "audio/mpeg", "sound"),
        (Array("wOF2".utf8), "font/woff2", "font"), ([0, 0, 0, 24] + Array("ftypisom".utf8), "video/mp4", "video"),
        (webm, "video/webm", "video"),
    ]
}
