/// Fonts that a package brings, and where its sheet uses them.
extension StyleSheetReader {
    private static let descriptors: Set = [
        "font-family", "src", "font-weight", "font-style", "font-stretch", "font-display", "unicode-range",
        "font-feature-settings", "size-adjust", "ascent-override", "descent-override", "line-gap-override",
    ]

    mutating func fontFace(_ keyword: StyleToken, depth: Int) {
        if depth > 0 { refuse(keyword, "@font-face inside another rule, one of its own wanted") }
        let block = declarations()
        let whole = keyword.range.lowerBound..<tokens[max(position - 1, 0)].range.upperBound
        var descriptors: [(name: String, value: Range<Int>)] = []
        var family: String?
        for declaration in block {
            let token = tokens[declaration.name]
            let name = text(token).lowercased()
            guard Self.descriptors.contains(name), !descriptors.contains(where: { $0.name == name }) else {
                refuse(token, "\(ShownText.of(name)) may not stand here, or not twice")
                continue
            }
            switch name {
            case "font-family": family = self.family(declaration.value)
            case "src": source(declaration.value, of: token)
            default: checkFunctions(declaration.value)
            }
            // This rule leaves the shadow root; nothing in it may end a style element.
            for token in tokens[declaration.value] where text(token).contains("<") {
                refuse(token, "a \"<\" in @font-face")
            }
            descriptors.append((name, declaration.value))
        }
        guard descriptors.contains(where: { $0.name == "src" }), let family else {
            return refuse(keyword, "font-family (letters, digits, spaces, \"-\" and \"_\") and src wanted")
        }
        fontFaces.append(FontFace(name: family, descriptors: descriptors))
        edits.replace(whole, with: "")
    }

    mutating func source(_ range: Range<Int>, of descriptor: StyleToken) {
        var hasAddress = false
        for index in range {
            let token = tokens[index]
            if token.kind == .bareAddress { refuse(token, "an address without quotes, url(\"assets/…\") wanted") }
            guard token.kind == .function else { continue }
            switch text(token).lowercased() {
            case "url(":
                hasAddress = true
                address(at: index, before: range.upperBound, endings: ["woff2"])
            case "format(", "tech(": break
            default:
                hasAddress = true
                refuse(token, "\(ShownText.of(text(token))) may not stand here, url(\"assets/….woff2\") wanted")
            }
        }
        if !hasAddress { refuse(descriptor, "url(\"assets/….woff2\") wanted") }
    }

    /// The name of a font, in quotes or as bare words.
    func family(_ range: Range<Int>) -> String? {
        let words = tokens[range].filter { $0.kind != .space }
        let name: String
        if words.count == 1, words[0].kind == .string {
            name = String(text(words[0]).dropFirst().dropLast())
        } else {
            guard words.allSatisfy({ $0.kind == .identifier }) else { return nil }
            name = words.map { text($0) }.joined(separator: " ")
        }
        let isPlain = name.unicodeScalars.allSatisfy { scalar in
            scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) || " -_".unicodeScalars.contains(scalar)
        }
        return isPlain && !name.isEmpty && name.utf8.count <= 60 ? name : nil
    }

    /// Gives every font of the package its full name where the sheet uses it.
    mutating func renameFonts(in range: Range<Int>) {
        var index = range.lowerBound
        while index < range.upperBound {
            let token = tokens[index]
            if token.kind == .string {
                rename(token.range, String(text(token).dropFirst().dropLast()))
            } else if token.kind == .identifier {
                var words = [token]
                var ahead = index + 1
                while ahead < range.upperBound, tokens[ahead].kind == .identifier || tokens[ahead].kind == .space {
                    if tokens[ahead].kind == .identifier {
                        words.append(tokens[ahead])
                        index = ahead
                    }
                    ahead += 1
                }
                // In `font` a weight may stand before the name, so that its last words count.
                words.removeFirst(max(0, words.count - Self.familyWordsLimit))
                for start in words.indices {
                    let name = words[start...].map { text($0) }.joined(separator: " ")
                    if rename(words[start].range.lowerBound..<words[words.count - 1].range.upperBound, name) { break }
                }
            }
            index += 1
        }
    }

    // As many as fit into the longest name.
    private static let familyWordsLimit = 30

    @discardableResult
    mutating func rename(_ range: Range<Int>, _ name: String) -> Bool {
        guard let font = fontFaces.first(where: { $0.name.lowercased() == name.lowercased() }) else { return false }
        edits.replace(range, with: "\"\(fullName(font))\"")
        return true
    }

    func fullName(_ font: FontFace) -> String { "\(package.id)-\(font.name)" }
}
