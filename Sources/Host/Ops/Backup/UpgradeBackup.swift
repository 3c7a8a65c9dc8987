import WidgetAPI

/// The backup that a database of an earlier version gets before its schema changes.
///
/// It is an ordinary one: `streamvibes restore` brings it back for the version that wrote it.
struct UpgradeBackup {
    /// How many of them stay in the data dir.
    static let kept = 3
    private static let prefix = "before-upgrade."
    private static let ending = ".tar"

    let backup: Backup
    /// The newest schema that this program knows.
    let knownSchema: Int

    /// What came of it.
    struct Result: Equatable {
        let path: String
        /// Places in the data dir that are neither file nor folder, and were left out.
        let leftOut: [String]
    }

    private var folder: String { backup.directory.path }

    /// The schema of a database that an upgrade would change; `nil` where there is none, or nothing to change.
    ///
    /// - Throws: `StorageError` when the database cannot be read.
    var olderSchema: Int? {
        get throws {
            // Opening what is not there would make it.
            guard FileStatus(at: backup.databasePath, followingLinks: true) != nil,
                let schema = try SQLiteFile(path: backup.databasePath).schema(), schema < knownSchema
            else { return nil }
            return schema
        }
    }

    /// Writes one into the data dir and removes all others but the newest two.
    ///
    /// Whoever calls it holds the folder's lock for upgrades.
    ///
    /// - Throws: as `Backup.write`.
    func write(schema: Int, now: Timestamp) throws -> Result {
        try clearLeftovers()
        let moment = now.iso8601.filter { $0 != "-" && $0 != ":" }
        // The moment comes first, so that the order of the names is that of time.
        let name = "\(Self.prefix)\(moment).schema-\(schema)\(Self.ending)"
        let path = "\(folder)/\(name)"
        let made = try backup.write(to: path, now: now)
        try removeOldest(besides: name)
        return Result(path: path, leftOut: made.leftOut)
    }

    /// Removes what an upgrade that was killed had begun to write.
    private func clearLeftovers() throws {
        // A whole one that somebody has packed stays.
        let unfinished = ["\(Self.ending).part", "\(Self.ending).database"]
        for name in try names() where unfinished.contains(where: name.contains) {
            try FileTree.remove("\(folder)/\(name)")
        }
    }

    /// The one that was just written stays, whatever the clock says of the others.
    private func removeOldest(besides newest: String) throws {
        let others = try names().filter { $0.hasSuffix(Self.ending) && $0 != newest }.sorted()
        for name in others.dropLast(Self.kept - 1) { try FileTree.remove("\(folder)/\(name)") }
    }

    /// Whatever in the data dir is of upgrades.
    private func names() throws(FileFault) -> [String] {
        try FileTree.names(in: folder).filter { $0.hasPrefix(Self.prefix) }
    }
}
