import Foundation
import Hummingbird
import NIOCore
import WidgetAPI

/// Everything that the host keeps of a streamer, written as one JSON document (GDPR article 20).
///
/// It is read and sent in pieces, so a log of a million rows takes no more memory than one of a hundred. Secrets are
/// left out: they open something, and nobody has to know them to know what is kept.
struct AccountExport: Sendable {
    static let format = "streamvibes-export"
    static let version: Int64 = 1
    /// Rows of the log that are read at a time; a delivery may have a mebibyte.
    private static let pageSize = 50

    let database: any Database
    let files: FileStore
    let events: EventStore
    let now: @Sendable () -> Timestamp

    /// Writes the document; of a streamer who is gone it has nothing in it.
    func write(in scope: TenantScope, to writer: inout any ResponseBodyWriter) async throws {
        var document = JSONWriter(reserving: 64 << 10)
        document.raw("{\"format\":")
        document.write(Self.format)
        document.raw(",\"version\":")
        document.write(Self.version)
        document.raw(",\"exportedAt\":")
        document.write(now().iso8601)
        for table in ExportedTable.all {
            document.raw(",")
            document.write(table.member)
            document.raw(":")
            document.write(.array(try await rows(of: table, in: scope)))
        }
        try await writer.write(ByteBuffer(bytes: document.bytes))
        try await writeFiles(in: scope, to: &writer)
        try await writeEvents(in: scope, to: &writer)
        try await writer.write(ByteBuffer(string: "]}\n"))
    }

    private func rows(of table: ExportedTable, in scope: TenantScope) async throws -> [JSONValue] {
        let tenant = scope.tenant
        return try await database.read(in: scope) { sql in
            try sql.rows(table.statement, [.text(tenant.text)]).map(table.json)
        }
    }

    /// Each with its bytes in Base64 (RFC 4648).
    private func writeFiles(in scope: TenantScope, to writer: inout any ResponseBodyWriter) async throws {
        try await writer.write(ByteBuffer(string: ",\"files\":["))
        var isFirst = true
        for file in try await files.files(in: scope) {
            // One that is being deleted meanwhile is left out.
            guard var json = file.json.objectValue, let bytes = try await files.bytes(of: file) else { continue }
            json["content"] = .string(Data(bytes).base64EncodedString())
            try await writer.write(ByteBuffer(string: (isFirst ? "" : ",") + JSONValue.object(json).text))
            isFirst = false
        }
        try await writer.write(ByteBuffer(string: "]"))
    }

    private func writeEvents(in scope: TenantScope, to writer: inout any ResponseBodyWriter) async throws {
        try await writer.write(ByteBuffer(string: ",\"events\":["))
        var (place, isFirst): (Int64, Bool) = (0, true)
        while true {
            let page = try await events.events(after: place, limit: Self.pageSize, in: scope)
            var part = JSONWriter(reserving: 256 * page.count)
            for event in page {
                if !isFirst { part.raw(",") }
                isFirst = false
                EventEnvelope.write(event, of: scope.tenant, into: &part)
            }
            try await writer.write(ByteBuffer(bytes: part.bytes))
            guard page.count == Self.pageSize, let last = page.last else { return }
            place = last.seq
        }
    }
}
