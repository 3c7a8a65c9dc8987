import Sandbox

/// The machine that the host runs on.
extension Doctor {
    var openFiles: Finding {
        let highest = OpenFileLimit.highest
        guard highest >= OpenFileLimit.comfortable else {
            return .warning(
                "open files",
                "\(highest) at most, \(OpenFileLimit.comfortable) wanted for a thousand pages",
                do: "LimitNOFILE=65536 in the systemd unit, or ulimit -n before the start."
            )
        }
        return .ok("open files", "\(highest) at most")
    }

    var fonts: Finding {
        let folder = FontShelf.folder(setting: settings.fontsDirectory)
        guard let folder, FontShelf(folder: folder).sheet != nil else {
            return .warning(
                "fonts",
                "\(folder ?? "no folder") seen, without a fonts.css; pages use the fonts that viewers have",
                do: "Put the folder fonts of the release beside the program, or name one in FONTS_DIR."
            )
        }
        return .ok("fonts", folder)
    }

    /// Starts what would make cells, which tries each layer of the wall on this machine, and ends it.
    func sandbox() async -> Finding {
        let place = "sandbox"
        do {
            let zygote = try await Zygote.start()
            defer { zygote.close() }
            let missing = Zygote.Layers.wall.subtracting(zygote.layers)
            if missing.isEmpty { return .ok(place, "every layer stands: \(zygote.layers)") }
            guard settings.sandboxLevel == .reduced else {
                return .problem(
                    .service,
                    place,
                    "no \(missing) here, so widgets in Lua do not run",
                    do: "Use a kernel that has it (Landlock: /sys/kernel/security/lsm names it), "
                        + "or accept less of a wall by SANDBOX_LEVEL=reduced."
                )
            }
            return .warning(
                place,
                "widgets in Lua run without \(missing)",
                do: "Offer packages alone whose authors you trust."
            )
        } catch {
            return .problem(
                .service,
                place,
                "\(error); widgets in Lua do not run",
                do: "streamvibes-cell stands beside streamvibes, from the same release, and may be executed."
            )
        }
    }
}
