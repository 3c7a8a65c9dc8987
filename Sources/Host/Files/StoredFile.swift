import WidgetAPI

/// A picture, sound, video or font that a streamer has uploaded.
struct StoredFile: Sendable, Equatable {
    typealias ID = Identifier<StoredFile>

    /// Before the id in its address, which is what settings hold.
    static let prefix = "/files/"
    /// Bytes of one file at most.
    static let sizeLimit = 10 << 20
    /// Bytes of all files of one streamer at most.
    static let totalLimit: Int64 = 100 << 20
    /// Files of one streamer at most; also tiny ones take a place on the disk.
    static let countLimit = 1000
    /// Characters of a name at most.
    static let nameLimit = 120

    let id: ID
    /// What the streamer calls it; addresses do not hold it.
    let name: String
    let type: AssetType
    let size: Int64
    let createdAt: Timestamp

    /// Written as `{id,url,name,type,kind,size,createdAt}`.
    var json: JSONValue {
        [
            "id": .string(id.text), "url": .string(Self.prefix + id.text), "name": .string(name),
            "type": .string(type.name), "kind": .string(type.kind.rawValue), "size": .integer(size),
            "createdAt": .string(createdAt.iso8601),
        ]
    }
}

/// Why a file is not taken.
enum FileError: HostFailure, Equatable {
    case empty
    case unknownType
    case full(left: Int64)
    case tooMany
    /// The disk refused.
    case unwritable(String)
    /// It has been cut or taken away while it was sent.
    case unreadable

    var code: FailureCode {
        switch self {
        case .empty, .unknownType: .validation
        case .full, .tooMany: .conflict
        case .unwritable, .unreadable: .unavailable
        }
    }

    var publicMessage: String {
        switch self {
        case .empty: "The body is empty, the bytes of a file wanted."
        case .unknownType:
            "The body is no file of a kind that is taken; "
                + "PNG, JPEG, GIF, WebP, SVG, Ogg, MP3, WAV, MP4, WebM or WOFF2 wanted."
        case .full(let left):
            "Your files have at most \(StoredFile.totalLimit) bytes (100 MiB) together, \(left) are left; "
                + "delete some first."
        case .tooMany: "You have at most \(StoredFile.countLimit) files; delete some first."
        case .unreadable: "The file cannot be read right now. Try again."
        case .unwritable: "Storage is not available right now. Nothing was changed; try again."
        }
    }
}
