import WidgetAPI

/// One pass over the files of a package; notes what is wrong and goes on.
struct PackageCheck {
    let files: PackageFiles
    private(set) var faults: [PackageFault] = []

    init(files: PackageFiles) {
        self.files = files
    }

    mutating func manifest() -> (manifest: WidgetManifest, license: String)? {
        guard let bytes = files.contents[ManifestReader.fileName] else {
            faults.append(PackageFault(ManifestReader.fileName, "no such file, the widget's manifest wanted"))
            return nil
        }
        return noting { () throws(PackageError) in try ManifestReader.manifest(bytes) }
    }

    mutating func unknownFiles() {
        for path in files.paths where !PackagePath.isKnown(path) {
            faults.append(PackageFault(path, "no file of this name belongs into a package, but \(PackagePath.wanted)"))
        }
    }

    mutating func programs() -> [String: String] {
        var programs: [String: String] = [:]
        var size = 0
        for path in files.paths where PackagePath.isLua(path) {
            guard let bytes = files.contents[path] else { continue }
            size += bytes.count
            if bytes.starts(with: [0x1B] + Array("Lua".utf8)) {
                faults.append(PackageFault(path, line: 1, "compiled Lua, its text wanted"))
            } else if let text = text(path, bytes) {
                programs[path] = text
            }
        }
        if size > WidgetPackage.programBytesLimit {
            let message = "\(size) bytes of Lua in all files, at most \(WidgetPackage.programBytesLimit) wanted"
            faults.append(PackageFault(WidgetPackage.mainFile, message))
        }
        if files.contents[WidgetPackage.mainFile] == nil {
            faults.append(PackageFault(WidgetPackage.mainFile, "no such file, the widget's program wanted"))
        }
        return programs
    }

    mutating func assets() -> [String: PackageAsset] {
        var assets: [String: PackageAsset] = [:]
        for path in files.paths where path.hasPrefix("assets/") && PackagePath.isKnown(path) {
            if let asset = PackageAsset(path, files.contents[path] ?? []) {
                assets[path] = asset
            } else {
                let message = "its bytes are no \(PackagePath.ending(of: path)) file"
                faults.append(PackageFault(path, message))
            }
        }
        return assets
    }

    mutating func locales(limit: Int) -> [String: [String: String]] {
        var locales: [String: [String: String]] = [:]
        for path in files.paths where path.hasPrefix("locales/") && PackagePath.isKnown(path) {
            guard let bytes = files.contents[path] else { continue }
            let read = noting { () throws(PackageError) -> (JSONFile, JSONObject?) in
                var file = try JSONFile(path, bytes, limit: limit)
                return (file, file.members(of: file.value, at: JSONPath(), known: nil))
            }
            guard var (file, object) = read else { continue }
            var texts: [String: String] = [:]
            for member in object?.members ?? [] {
                if let text = member.value.stringValue {
                    texts[member.name] = text
                } else {
                    file.refuse(JSONPath() / member.name, member.value, "a text")
                }
            }
            object = nil
            faults += file.faults
            locales[String(path.dropFirst("locales/".count).dropLast(".json".count))] = texts
        }
        return locales
    }

    mutating func style(id: String, hash: String) -> WidgetStyle? {
        guard let bytes = files.contents[WidgetStyle.fileName], text(WidgetStyle.fileName, bytes) != nil else {
            return nil
        }
        let package = StyleSheetReader.Package(id: id, hash: hash, paths: Set(files.contents.keys))
        return noting { () throws(PackageError) in try StyleSheetReader.style(bytes, of: package) }
    }

    mutating func replays(schema: ConfigSchema?, languages: Set<String>) -> [String: PackageReplay] {
        var replays: [String: PackageReplay] = [:]
        guard let schema else { return replays }
        for path in files.paths where path.hasPrefix("replays/") && PackagePath.isKnown(path) {
            let bytes = files.contents[path] ?? []
            replays[path] = noting { () throws(PackageError) in
                try PackageReplay(path, bytes, schema: schema, languages: languages)
            }
        }
        return replays
    }

    mutating func icon(of manifest: WidgetManifest, _ assets: [String: PackageAsset]) {
        guard manifest.icon.hasPrefix("assets/"), assets[manifest.icon] == nil else { return }
        let line = line(of: "icon")
        let message = "icon: \"\(ShownText.of(manifest.icon))\" given, a file of the package wanted"
        faults.append(PackageFault(ManifestReader.fileName, line: line, message))
    }

    func permissionFaults(_ manifest: WidgetManifest, _ programs: [String: String]) -> [PackageFault] {
        let uses = Self.uses(in: programs).filter { !manifest.permissions.contains($0.key) }
        return uses.sorted { $0.key.rawValue < $1.key.rawValue }.map { permission, use in
            let message = """
                \(use.name) needs a permission; add "\(permission)" to "permissions" in \(ManifestReader.fileName) \
                (line \(line(of: "permissions")))
                """
            return PackageFault(use.file, line: use.line, message)
        }
    }

    /// The line of a manifest's member; without it the first one, where it is to be added.
    private func line(of member: String) -> Int {
        JSONPlaces.line(of: JSONPath() / member, in: files.contents[ManifestReader.fileName] ?? [])
    }

    /// Where each permission is first used.
    static func uses(
        in programs: [String: String]
    ) -> [WidgetManifest.Permission: (file: String, line: Int, name: String)] {
        let names: [String: WidgetManifest.Permission] = ["storage": .storage, "timer": .timers, "sound": .sound]
        var uses: [WidgetManifest.Permission: (file: String, line: Int, name: String)] = [:]
        for (file, program) in programs.sorted(by: { $0.key < $1.key }) {
            for (name, line) in LuaWords.uses(of: Set(names.keys), in: program) {
                guard let permission = names[name], uses[permission] == nil else { continue }
                uses[permission] = (file, line, name)
            }
        }
        return uses
    }

    /// Text that is text: UTF-8 without a NUL, at which C would stop reading.
    private mutating func text(_ path: String, _ bytes: [UInt8]) -> String? {
        if let place = bytes.firstIndex(of: 0) {
            let line = bytes[..<place].count { $0 == 0x0A } + 1
            faults.append(PackageFault(path, line: line, "a NUL byte, text wanted"))
            return nil
        }
        if let text = String(validating: bytes, as: UTF8.self) { return text }
        var line = 1
        for run in bytes.split(separator: 0x0A, omittingEmptySubsequences: false) {
            if String(validating: run, as: UTF8.self) == nil { break }
            line += 1
        }
        faults.append(PackageFault(path, line: line, "bytes that are no UTF-8, text wanted"))
        return nil
    }

    private mutating func noting<Value>(_ read: () throws(PackageError) -> Value) -> Value? {
        do throws(PackageError) {
            return try read()
        } catch {
            faults += error.faults
            return nil
        }
    }
}
