import Glibc

/// What is kept, and whether more can be.
extension Doctor {
    /// Less room than this ends a host soon.
    private static let scarceBytes: Int64 = 64 << 20
    /// A busy night's log and a cache of pictures (256 MiB) find room in it.
    private static let comfortableBytes: Int64 = 1 << 30

    private var folder: String { settings.dataDirectory }
    private var databasePath: String { settings.databasePath ?? "\(folder)/streamvibes.sqlite" }

    var storage: [Finding] {
        [dataDirectory, room, database, secretKey].compactMap(\.self)
    }

    private var dataDirectory: Finding {
        let place = "data dir"
        guard let status = FileStatus(at: folder, followingLinks: true) else { return missingFolder }
        guard status.kind == .folder else {
            return .problem(.setting, place, "\(folder) is no folder", do: "Name a folder by --data-dir.")
        }
        if let fault = writingFault {
            return .problem(
                .setting,
                place,
                "nothing can be written into \(folder) (\(fault.reason))",
                do: "Give it to the user who runs the host (chown), make room on its disk, or mount it writable."
            )
        }
        guard status.permissions & 0o077 == 0 else {
            return .warning(
                place,
                "\(folder) can be written, and other users of this machine may look into it",
                do: "chmod 700 \(folder)"
            )
        }
        return .ok(place, "\(folder) can be written")
    }

    private var missingFolder: Finding {
        let parent = nearestFolder
        guard FileStatus(at: parent, followingLinks: true)?.kind == .folder, access(parent, W_OK | X_OK) == 0 else {
            return .problem(
                .setting,
                "data dir",
                "\(folder) is not there, and cannot be made in \(parent)",
                do: "Name another folder by --data-dir, or make this one and give it to the user who runs the host."
            )
        }
        return .ok("data dir", "\(folder) is not there yet; the first start makes it")
    }

    /// The lowest folder above the data dir that is there.
    private var nearestFolder: String {
        var path = folder[...]
        while let slash = path.lastIndex(of: "/") {
            path = path[..<slash]
            guard !path.isEmpty else { return "/" }
            if FileStatus(at: String(path), followingLinks: true) != nil { return String(path) }
        }
        return "."
    }

    /// Why nothing can be written there, found out by doing it; `nil` when something can.
    private var writingFault: FileFault? {
        let path = "\(folder)/doctor.\(getpid()).part"
        defer { unlink(path) }
        do throws(FileFault) {
            let file = try OpenFile.new(path)
            try file.write(Array(repeating: 0, count: 4096))
            try file.sync()
            return nil
        } catch {
            return error
        }
    }

    private var room: Finding? {
        var disk = statvfs()
        guard statvfs(folder, &disk) == 0 else { return nil }
        let free = Int64(disk.f_bavail) * Int64(disk.f_frsize)
        let size = Int64(FileStatus(at: databasePath, followingLinks: true)?.size ?? 0)
        let seen = "\(free >> 20) MiB free, the database has \(size >> 20) MiB"
        guard free >= Self.scarceBytes else {
            return .problem(.service, "room", seen, do: "Make room on the disk of \(folder), or take a larger one.")
        }
        // A backup, and so an upgrade, writes the database twice.
        guard free >= max(Self.comfortableBytes, 2 * size) else {
            return .warning(
                "room",
                seen,
                do: "Have twice the database free, and 1024 MiB at least: an upgrade begins with a backup."
            )
        }
        return .ok("room", seen)
    }

    private var database: Finding {
        let (place, path) = ("database", databasePath)
        guard let status = FileStatus(at: path, followingLinks: true), status.size > 0 else {
            return .ok(place, "none yet; the first start makes \(path)")
        }
        do {
            guard let schema = try SQLiteFile(path: path).schema() else {
                return .problem(
                    .setting,
                    place,
                    "\(path) is a database, but none of streamvibes",
                    do: "Name another file in DATABASE_URL."
                )
            }
            if schema > Migration.newest {
                return .problem(
                    .setting,
                    place,
                    "schema \(schema) seen, schema \(Migration.newest) or older wanted by this version",
                    do: "Run the version that wrote it, or restore a backup of this one's time (docs/backup.md)."
                )
            }
            if RestoreSwap(folder: folder).hasLeftover {
                return .warning(
                    place,
                    "a restore is going on, or was cut off",
                    do: "Start the host when the restore has ended: whoever opens the folder finishes or undoes it."
                )
            }
            let change = "; the next start writes a backup and brings it to \(Migration.newest)"
            return .ok(place, "\(path) has schema \(schema)\(schema < Migration.newest ? change : "")")
        } catch {
            return .problem(
                .service,
                place,
                "\(path) cannot be read (\((error as? StorageError)?.reason ?? "\(error)"))",
                do: "Give it to the user who runs the host (chown); where it is damaged, restore a backup."
            )
        }
    }

    private var secretKey: Finding {
        let place = "secret key"
        let known = (try? SQLiteFile(path: databasePath).secretKeyIds()) ?? []
        let file = SecretKeyFile(dataDirectory: folder)
        do throws(VaultError) {
            // A change of the file's key that was cut off is ended by the next start.
            let keys: [SecretKey]
            if let given = settings.secretKey {
                keys = [given]
            } else {
                keys = try [file.current, file.next].compactMap(\.self)
            }
            if let key = keys.first(where: { known.contains($0.id) }) ?? (known.isEmpty ? keys.first : nil) {
                let home = settings.secretKey == nil ? "lies in \(file.path), beside the database" : "is set"
                return .ok(place, "the key \(key.id) \(home); a copy of it belongs elsewhere, no backup has it")
            }
            guard let wanted = known.first else { return .ok(place, "none yet; the first start makes \(file.path)") }
            guard let seen = keys.first?.id else { throw .noKey(path: file.path, wanted: wanted) }
            throw .wrongKey(seen: seen, wanted: wanted)
        } catch {
            return .problem(
                .setting,
                place,
                error.description,
                do: "Bring the right key from where its copy is kept: as SECRET_KEY, or as \(file.path) with chmod 600."
            )
        }
    }
}
