import HTTPTypes
import Hummingbird
import NIOCore
import NIOPosix
import WidgetAPI

/// A streamer's files over HTTP, and what everybody sees of them.
struct FileRoutes: Sendable {
    let sessions: SessionStore
    let files: FileStore
    let objects: ObjectDirectory
    let now: @Sendable () -> Timestamp

    /// Written as `GET /api/files`.
    func list(_ request: Request) async throws -> Response {
        let session = try await sessions.requiredSession(of: request)
        let page = try ListPage(request)
        return page.reply(try await files.files(in: session.scope), \.json)
    }

    /// `POST /api/files`: the body is the file; its first bytes say what it is, `?name=` what to call it.
    func add(_ request: Request) async throws -> Response {
        let session = try await sessions.changingSession(of: request)
        let bytes = Array(buffer: try await request.body.collect(upTo: StoredFile.sizeLimit))
        guard !bytes.isEmpty else { throw FileError.empty }
        guard let type = AssetType(of: bytes) else { throw FileError.unknownType }
        let moment = now()
        let id = StoredFile.ID(UUIDv7.make(at: moment))
        let file = StoredFile(
            id: id,
            name: try Self.name(request) ?? "\(type.kind.rawValue).\(type.endings[0])",
            type: type,
            size: Int64(bytes.count),
            createdAt: moment
        )
        try await files.add(bytes, as: file, in: session.scope)
        return Replies.data(file.json, status: .created)
    }

    /// `DELETE /api/files/{fileId}`: widgets that show it show nothing there.
    func remove(_ request: Request, _ context: some RequestContext) async throws -> Response {
        let session = try await sessions.changingSession(of: request)
        let id = context.parameters.get("fileId") ?? ""
        guard try await files.remove(StoredFile.ID(id), in: session.scope) else {
            throw try await objects.refusal(of: id, in: session.scope)
        }
        return Replies.noContent
    }

    /// `GET /files/{fileId}`, for anyone: the bytes, of the type that they proved.
    func content(_ context: some RequestContext) async throws -> Response {
        guard let id = context.parameters.get("fileId"),
            let (type, file) = try await files.open(StoredFile.ID(id))
        else { throw ObjectError.unknown }
        return Response(
            status: .ok,
            headers: [
                .contentType: type.name, .cacheControl: "public, max-age=31536000, immutable",
                // A drawing may hold scripts; opened by itself it must not run them.
                .contentSecurityPolicy: "default-src 'none'; style-src 'unsafe-inline'; sandbox",
            ],
            body: ResponseBody(contentLength: file.size) { writer in
                var sent = 0
                while sent < file.size {
                    let place = sent
                    let piece = try await NIOThreadPool.singleton.runIfActive { file.piece(at: place) }
                    guard let piece else { throw FileError.unreadable }
                    sent += piece.readableBytes
                    try await writer.write(piece)
                }
                try await writer.finish(nil)
            }
        )
    }

    private static func name(_ request: Request) throws(InputError) -> String? {
        guard let name = request.uri.queryParameters.get("name") else { return nil }
        // What was not UTF-8 in the address has become this sign, and is no longer what was sent.
        guard name.isKeepable(1...StoredFile.nameLimit), !name.contains(where: { $0.isNewline || $0 == "\u{FFFD}" })
        else {
            throw InputError("name", .string(name), wanted: "a line of 1 to \(StoredFile.nameLimit) characters")
        }
        return name
    }
}
