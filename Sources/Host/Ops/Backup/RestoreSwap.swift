import Glibc
import WidgetAPI

/// Puts a checked backup in the place of what is in use, in steps that may be cut off anywhere.
///
/// A backup is unpacked beside everything. When it is whole and on the disk, its plan is renamed to the marker: from
/// that moment the new state counts, and whoever opens the folder next does the steps that are missing. Before it the
/// old state counts, and whoever comes next clears away what was unpacked.
struct RestoreSwap {
    /// What is put where.
    struct Plan: Equatable {
        /// An absolute path: the next start may be in another working directory.
        var databasePath: String
        /// What the names of everything that was there before get.
        var suffix: String
        /// The backup, as the operator named it.
        var source: String

        /// Beside the database, which may lie on another disk than the data dir.
        var stagedDatabase: String { "\(databasePath).restore-staging" }
    }

    /// What an earlier restore had left, and what became of it.
    enum Leftover: Equatable {
        case nothing
        /// It had not come to the point where it counts: what is kept here is what was before.
        case undone
        /// It counted already: what is kept here is what the backup held.
        case finished(Plan)
    }

    /// The data dir.
    let folder: String

    var stage: String { "\(folder)/restore.staging" }
    private var marker: String { "\(folder)/restore.ready" }
    private var draft: String { "\(stage)/plan" }

    /// Whether an earlier restore, or one that is going on, has left something.
    var hasLeftover: Bool { FileTree.kind(marker) != .nothing || FileTree.kind(stage) != .nothing }

    /// Makes the folders into which a backup is unpacked.
    ///
    /// - Throws: `FileFault`, with nothing changed, when something that is in use cannot get another name later.
    func begin(_ plan: Plan) throws {
        // Once the marker is there, a rename that fails leaves a folder that no host can open.
        let companions = SQLiteFile.companions.map { plan.databasePath + $0 }
        for path in replaced(plan) + companions where FileStatus.isPinned(path) {
            let reason = "a mount point or something immutable seen, a file or folder that can be renamed wanted"
            throw FileFault(path: path, reason: reason)
        }
        guard mkdir(stage, 0o700) == 0 else { throw FileFault(stage) }
        let file = try OpenFile.new(draft)
        try file.write(Array(plan.json.text.utf8))
        try file.sync()
        try OpenFile.syncFolder(stage)
        for name in BackupManifest.folders {
            guard mkdir("\(stage)/\(name)", 0o700) == 0 else { throw FileFault("\(stage)/\(name)") }
        }
    }

    /// Lets the new state count; everything of it must be on the disk.
    func commit() throws {
        try OpenFile.syncFolder(stage)
        guard rename(draft, marker) == 0 else { throw FileFault(marker) }
        try OpenFile.syncFolder(folder)
    }

    /// Finishes or clears away what an earlier restore has left.
    func recover() throws -> Leftover {
        switch FileTree.kind(marker) {
        case .nothing:
            guard FileTree.kind(stage) != .nothing else { return .nothing }
            try discard()
            return .undone
        default:
            let plan = try Plan(reading: marker)
            for step in steps(plan) { try step() }
            return .finished(plan)
        }
    }

    /// Clears away what does not count.
    func discard() throws {
        // What is unpacked is all there is of the new state once it counts.
        guard FileTree.kind(marker) == .nothing else { return }
        if FileTree.kind(draft) == .file {
            // A plan that was not written to its end has nothing unpacked beside the database.
            if let plan = try? Plan(reading: draft) {
                for companion in [""] + SQLiteFile.companions { try FileTree.remove(plan.stagedDatabase + companion) }
            }
        }
        try FileTree.remove(stage)
    }

    /// The way from the marker to the end; each step does nothing when it has been done.
    func steps(_ plan: Plan) -> [() throws -> Void] {
        var steps = replacing(plan.databasePath, by: plan.stagedDatabase, plan, with: SQLiteFile.companions)
        for name in BackupManifest.folders {
            steps += replacing("\(folder)/\(name)", by: "\(stage)/\(name)", plan)
        }
        let marker = marker
        return steps + [
            { try OpenFile.syncFolder(Self.parent(of: plan.databasePath)) },
            { try OpenFile.syncFolder(folder) },
            { try FileTree.remove(stage) },
            {
                guard unlink(marker) == 0 || errno == ENOENT else { throw FileFault(marker) }
                try OpenFile.syncFolder(folder)
            },
        ]
    }

    /// What there was before, under its new names.
    func keptAside(_ plan: Plan) -> [String] {
        replaced(plan).map { $0 + plan.suffix }.filter { FileTree.kind($0) != .nothing }
    }

    /// What gets another name, if it is there.
    private func replaced(_ plan: Plan) -> [String] {
        [plan.databasePath] + BackupManifest.folders.map { "\(folder)/\($0)" }
    }

    /// As long as the new one waits under its first name, whatever has the final name is the old one.
    private func replacing(
        _ live: String,
        by staged: String,
        _ plan: Plan,
        with companions: [String] = []
    ) -> [() throws -> Void] {
        let before = (companions + [""]).map { companion in
            {
                guard FileTree.kind(staged) != .nothing, FileTree.kind(live + companion) != .nothing else { return }
                // SQLite looks for a log under the database's own name.
                let aside = live + plan.suffix + companion
                guard rename(live + companion, aside) == 0 else { throw FileFault(live + companion) }
            }
        }
        return before + [
            {
                guard FileTree.kind(staged) != .nothing else { return }
                guard rename(staged, live) == 0 else { throw FileFault(live) }
            }
        ]
    }

    private static func parent(of path: String) -> String {
        path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
    }
}

extension RestoreSwap.Plan {
    fileprivate var json: JSONValue {
        ["database": .string(databasePath), "suffix": .string(suffix), "source": .string(source)]
    }

    fileprivate init(reading path: String) throws {
        let file = try OpenFile(path, O_RDONLY)
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 65_536, alignment: 16)
        defer { buffer.deallocate() }
        let text = String(decoding: buffer[..<(try file.read(into: buffer))], as: UTF8.self)
        guard let value = try? JSONValue(parsing: text), let database = value["database"]?.stringValue,
            let suffix = value["suffix"]?.stringValue, let source = value["source"]?.stringValue
        else { throw FileFault(path: path, reason: "it is no plan of a restore") }
        self.init(databasePath: database, suffix: suffix, source: source)
    }
}
