/// A picture, sound or font of a package, whose first bytes prove what it is.
struct PackageAsset: Sendable, Equatable {
    /// What browsers are told, whatever a name says.
    let type: String
    let bytes: [UInt8]

    /// `nil` when the bytes are not what the ending promises, or are a video, which packages do not have.
    init?(_ path: String, _ bytes: [UInt8]) {
        guard let type = AssetType(of: bytes), type.kind != .video,
            type.endings.contains(PackagePath.ending(of: path))
        else { return nil }
        self.type = type.name
        self.bytes = bytes
    }
}
