/// What stands between the braces of a rule: names, values, and the addresses in them.
extension StyleSheetReader {
    /// The declarations of the block that begins here, as places of their names and values.
    mutating func declarations() -> [(name: Int, value: Range<Int>)] {
        position += 1
        var result: [(name: Int, value: Range<Int>)] = []
        while faults.count < Self.faultsLimit {
            skipSpace()
            guard let token = peek, token.kind != .mark(UInt8(ascii: "}")) else { break }
            if token.kind == .mark(UInt8(ascii: ";")) {
                position += 1
                continue
            }
            let start = position
            let end = partEnd()
            if end < tokens.count, tokens[end].kind == .mark(UInt8(ascii: "{")) {
                refuse(token, "a rule inside a rule, rules one after the other wanted")
                position = end
                skipBlock()
                continue
            }
            position = end
            if let value = value(from: start, to: end) {
                result.append((start, value))
            } else {
                refuse(token, "a declaration such as color: red wanted")
                if end == start { position += 1 }
            }
        }
        closeBlock()
        return result
    }

    /// The value of a declaration: what follows its name and `:`.
    func value(from start: Int, to end: Int) -> Range<Int>? {
        guard start < end, tokens[start].kind == .identifier else { return nil }
        var index = start + 1
        while index < end, tokens[index].kind == .space { index += 1 }
        guard index < end, tokens[index].kind == .mark(UInt8(ascii: ":")) else { return nil }
        return (index + 1)..<end
    }

    /// Refuses every function by which a sheet reaches out, and turns addresses of assets into ours.
    mutating func checkFunctions(_ range: Range<Int>, allowingAssets: Bool = false) {
        for index in range {
            let token = tokens[index]
            if token.kind == .bareAddress { refuse(token, "an address without quotes, url(\"assets/…\") wanted") }
            guard token.kind == .function else { continue }
            let name = String(text(token).lowercased().dropLast())
            switch name {
            case "url":
                if allowingAssets {
                    address(at: index, before: range.upperBound, endings: ["png", "jpg", "gif", "webp", "svg"])
                } else {
                    refuse(token, "an address outside a value")
                }
            case "image-set", "-webkit-image-set", "src", "element", "-moz-element", "paint", "image", "expression":
                refuse(token, "\(name)() may not stand in a widget's sheet")
            case "color-mix", "color", "lab", "lch", "oklab", "oklch", "light-dark":
                refuse(token, "\(name)() is not known to the browser in OBS")
            default: break
            }
        }
    }

    mutating func address(at index: Int, before end: Int, endings: Set<String>) {
        var next = index + 1
        while next < end, tokens[next].kind == .space { next += 1 }
        guard next < end, tokens[next].kind == .string else {
            return refuse(tokens[index], "url(\"assets/…\") wanted")
        }
        let path = String(text(tokens[next]).dropFirst().dropLast())
        var close = next + 1
        while close < end, tokens[close].kind == .space { close += 1 }
        guard close < end, tokens[close].kind == .mark(UInt8(ascii: ")")) else {
            return refuse(tokens[next], "url(\"assets/…\") with nothing else inside wanted")
        }
        guard path.hasPrefix("assets/"), package.paths.contains(path) else {
            let wanted = path.hasPrefix("assets/") ? "a file of the package" : "url(\"assets/…\")"
            return refuse(tokens[next], "\"\(ShownText.of(path))\" given, \(wanted) wanted")
        }
        guard endings.contains(PackagePath.ending(of: path)) else {
            return refuse(
                tokens[next],
                "\"\(ShownText.of(path))\" given, \(endings.sorted().joined(separator: ", ")) wanted"
            )
        }
        let address = WidgetStyle.address(of: path, id: package.id, hash: package.hash)
        edits.replace(tokens[next].range, with: "\"\(address)\"")
    }
}
