import Glibc
import WidgetAPI

/// A folder of widget packages: each in a folder of its own, or as the archive that `widget pack` writes.
enum PackageShelf {
    /// What stands under one name.
    struct Place: Sendable {
        let name: String
        let content: Result<WidgetPackage, PackageError>
    }

    // Far more than a host offers; a folder that is not meant for packages ends the reading here.
    private static let placesLimit = 500

    /// Every package of a folder in the order of names; a broken one is told and harms no other.
    ///
    /// A folder that does not exist holds none.
    static func places(in folder: String) -> [Place] {
        guard let directory = opendir(folder) else { return [] }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory), names.count < placesLimit {
            let name = PackageFolder.name(of: entry)
            if !name.hasPrefix(".") { names.append(name) }
        }
        var ids: Set<String> = []
        return names.sorted().compactMap { name in
            guard let content = content(name, in: folder) else { return nil }
            guard case .success(let package) = content, !ids.insert(package.manifest.id).inserted else {
                return Place(name: name, content: content)
            }
            let message = "a second package of the id \"\(package.manifest.id)\", one wanted"
            return Place(name: name, content: .failure(PackageError(PackageFault(name, message))))
        }
    }

    /// Reads a package from its folder or its archive.
    static func package(at path: String) throws(PackageError) -> WidgetPackage {
        switch try place(at: path) {
        case .folder: try WidgetPackage(folder: path)
        case .archive(let bytes, let name): try WidgetPackage(archive: bytes, named: name)
        }
    }

    /// The files of a package, whatever stands in them.
    static func files(at path: String) throws(PackageError) -> PackageFiles {
        switch try place(at: path) {
        case .folder: try PackageFolder.files(at: path)
        case .archive(let bytes, let name): try ZipReader.files(in: bytes, named: name)
        }
    }

    private enum Form {
        case folder
        case archive([UInt8], named: String)
    }

    private static func place(at path: String) throws(PackageError) -> Form {
        let name = path.split(separator: "/").last.map(String.init) ?? path
        guard let status = FileStatus(at: path, followingLinks: true) else {
            throw PackageError(PackageFault(path, "no such file, a widget's folder or its .svwidget file wanted"))
        }
        if status.kind == .folder { return .folder }
        guard status.kind == .file,
            let bytes = PackageFolder.bytes(ofFile: path, limit: ZipReader.bytesLimit)
        else {
            let wanted = "a file of at most \(ZipReader.bytesLimit) bytes that can be read wanted"
            throw PackageError(PackageFault(name, wanted))
        }
        return .archive(bytes, named: name)
    }

    /// `nil` where a name is neither a folder with a manifest nor an archive, and so nobody meant a package.
    private static func content(_ name: String, in folder: String) -> Result<WidgetPackage, PackageError>? {
        let path = "\(folder)/\(name)"
        guard name.hasSuffix(".svwidget") || access("\(path)/\(ManifestReader.fileName)", F_OK) == 0 else {
            return nil
        }
        return Result { () throws(PackageError) in try package(at: path) }
    }
}
