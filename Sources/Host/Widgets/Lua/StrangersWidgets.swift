import Logging
import Sandbox
import WidgetAPI

/// The widgets that strangers wrote and this host offers, and what runs them.
struct StrangersWidgets: Sendable {
    let kinds: [LuaKind]
    /// What starts cells; `nil` where there is nothing to run, or no wall to run it behind.
    let zygote: Zygote?
    /// Pictures, sounds and fonts of the packages, by their address on this host.
    let assets: [String: PackageAsset]

    /// Reads the folders in which packages stand.
    ///
    /// A broken package is told in the host's log and harms no other. Where a layer of the wall is missing and the
    /// operator has not accepted that, the widgets keep their places and show nothing.
    static func open(folders: [String], level: SandboxLevel, logger: Logger) async -> Self {
        var packages: [WidgetPackage] = []
        for place in folders.flatMap(PackageShelf.places(in:)) {
            switch place.content {
            case .success(let package) where packages.contains { $0.manifest.id == package.manifest.id }:
                logger.warning(
                    "a widget package is left out: another one has its id",
                    metadata: ["package": "\(place.name)"]
                )
            case .success(let package): packages.append(package)
            case .failure(let error):
                for fault in error.faults {
                    logger.error(
                        "a widget package is left out",
                        metadata: ["package": "\(place.name)", "reason": "\(fault)"]
                    )
                }
            }
        }
        var assets: [String: PackageAsset] = [:]
        for package in packages {
            for (path, asset) in package.assets { assets[package.address(of: path)] = asset }
        }
        let zygote = packages.isEmpty ? nil : await start(level, logger)
        return Self(kinds: packages.map(LuaKind.init), zygote: zygote, assets: assets)
    }

    private static func start(_ level: SandboxLevel, _ logger: Logger) async -> Zygote? {
        do {
            let zygote = try await Zygote.start()
            guard !zygote.layers.isSuperset(of: .wall) else { return zygote }
            let missing = Zygote.Layers.wall.subtracting(zygote.layers)
            guard level == .reduced else {
                zygote.close()
                logger.error(
                    "widgets in Lua do not run: the wall around them is not whole",
                    metadata: ["missing": "\(missing)"]
                )
                return nil
            }
            logger.warning("widgets in Lua run behind less of a wall", metadata: ["missing": "\(missing)"])
            return zygote
        } catch {
            logger.error("widgets in Lua do not run", metadata: ["reason": "\(error)"])
            return nil
        }
    }
}

extension WidgetPackage {
    /// Where this host serves a file of the package.
    func address(of path: String) -> String {
        WidgetStyle.address(of: path, id: manifest.id, hash: hash)
    }
}

extension LuaKind {
    /// The type that a package is.
    init(_ package: WidgetPackage) {
        var locale = JSONObject()
        let texts = package.locales["en"] ?? [:]
        for (name, text) in texts.sorted(by: { $0.key < $1.key }) { locale[name] = .string(text) }
        self.init(
            manifest: package.manifest,
            files: package.programs,
            locale: locale,
            assets: package.address(of: ""),
            // The page takes the fonts out of it: a shadow root has none.
            styleSheet: package.style.map { $0.fonts.map(\.rule).joined() + $0.sheet } ?? ""
        )
    }
}
