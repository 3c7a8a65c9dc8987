import WidgetAPI

/// A widget that somebody else wrote, read and checked: everything but running it.
struct WidgetPackage: Sendable {
    /// Lua of all files together.
    static let programBytesLimit = 128 << 10
    static let mainFile = "main.lua"

    private static let localeBytesLimit = 64 << 10

    let manifest: WidgetManifest
    let license: String
    /// Lua programs by file name.
    let programs: [String: String]
    /// Absent where the package has no sheet.
    let style: WidgetStyle?
    /// By path, as `assets/bell.wav`.
    let assets: [String: PackageAsset]
    /// Texts by language, then by key.
    let locales: [String: [String: String]]
    /// By path.
    let replays: [String: PackageReplay]
    /// What these files and no others hash to; another hash is another version, whatever it calls itself.
    let hash: String
    /// Functions that a program seems to use without the permission they need.
    ///
    /// A package with such still runs, for a name may be a local one; the sandbox has the last word.
    let permissionFaults: [PackageFault]

    /// Reads the folder of a package.
    init(folder path: String) throws(PackageError) {
        try self.init(try PackageFolder.files(at: path))
    }

    /// Reads the bytes of a `.svwidget` file; `name` is what its faults call it.
    init(archive bytes: [UInt8], named name: String) throws(PackageError) {
        let files = try ZipReader.files(in: bytes, named: name)
        try self.init(files)
        guard files.folder == manifest.id else {
            let message = "the folder \"\(files.folder)\" given, one named as its widget, \"\(manifest.id)\", wanted"
            throw PackageError(PackageFault(name, message))
        }
    }

    /// Checks everything before it says what is wrong.
    init(_ files: PackageFiles) throws(PackageError) {
        var check = PackageCheck(files: files)
        let read = check.manifest()
        check.unknownFiles()
        let programs = check.programs()
        self.programs = programs
        assets = check.assets()
        locales = check.locales(limit: Self.localeBytesLimit)
        hash = files.hash
        // Checked even where the manifest has faults, so that the author sees these too.
        style = check.style(id: read?.manifest.id ?? "widget", hash: hash)
        replays = check.replays(schema: read?.manifest.configSchema, languages: Set(locales.keys))
        permissionFaults = read.map { check.permissionFaults($0.manifest, programs) } ?? []
        if let read { check.icon(of: read.manifest, assets) }
        guard let read, check.faults.isEmpty else { throw PackageError(check.faults) }
        manifest = read.manifest
        license = read.license
    }

    /// The permissions that the manifest asks for and no program seems to use.
    var unusedPermissions: [WidgetManifest.Permission] {
        let used = PackageCheck.uses(in: programs)
        return manifest.permissions.filter { used[$0] == nil }
    }

    /// Texts that a language lacks, English above all.
    ///
    /// A package with such still runs and shows the text's name.
    var localeFaults: [PackageFault] { PackageCheck.localeFaults(locales, programs) }

    /// What `widget pack` calls the archive.
    var archiveName: String { "\(manifest.id)-\(manifest.version).svwidget" }
}
