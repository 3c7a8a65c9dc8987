/// Reads `style.css` rule by rule and notes what may not stand in it.
struct StyleSheetReader {
    /// What the sheet needs to know of its package.
    struct Package {
        let id: String
        let hash: String
        /// Paths of the package's files.
        let paths: Set<String>
    }

    static let faultsLimit = 100
    static let depthLimit = 8

    let bytes: [UInt8]
    let tokens: [StyleToken]
    let package: Package
    var position = 0
    var ruleCount = 0
    var faults: [PackageFault] = []
    var edits = StyleEdits()
    var fontFaces: [FontFace] = []
    /// Values of `font` and `font-family`, in which a font of the package is to be given its full name.
    var fontValues: [Range<Int>] = []

    struct FontFace {
        let name: String
        let descriptors: [(name: String, value: Range<Int>)]
    }

    static func style(_ bytes: [UInt8], of package: Package) throws(PackageError) -> WidgetStyle {
        guard bytes.count <= WidgetStyle.bytesLimit else {
            let message = "\(bytes.count) bytes given, at most \(WidgetStyle.bytesLimit) wanted"
            throw PackageError(PackageFault(WidgetStyle.fileName, message))
        }
        var reader = StyleSheetReader(bytes, package)
        reader.rules(depth: 0)
        let style = reader.style()
        guard reader.faults.isEmpty else {
            throw PackageError(reader.faults.sorted { ($0.line ?? 0, $0.column ?? 0) < ($1.line ?? 0, $1.column ?? 0) })
        }
        return style
    }

    private init(_ bytes: [UInt8], _ package: Package) {
        self.bytes = bytes
        self.package = package
        let cut = StyleTokens(bytes)
        tokens = cut.tokens
        for fault in cut.faults { refuse(fault.offset, fault.message) }
    }

    // MARK: rules

    /// Reads rules until the end of the sheet, or of the block it stands in.
    mutating func rules(depth: Int) {
        while faults.count < Self.faultsLimit, ruleCount <= WidgetStyle.rulesLimit {
            skipSpace()
            guard let token = peek else {
                if depth > 0 { refuse(bytes.count, "a block that is not closed, \"}\" wanted") }
                return
            }
            switch token.kind {
            case .mark(UInt8(ascii: "}")):
                if depth > 0 { return }
                refuse(token, "a \"}\" that closes nothing")
                position += 1
            case .atKeyword: atRule(depth: depth)
            default: styleRule(in: .rules)
            }
        }
    }

    mutating func atRule(depth: Int) {
        guard let keyword = peek else { return }
        let name = text(keyword).lowercased()
        position += 1
        let prelude = position
        let end = partEnd()
        checkFunctions(prelude..<end)
        position = end
        let hasBlock = peek?.kind == .mark(UInt8(ascii: "{"))
        switch name {
        case "@media", "@supports", "@layer", "@keyframes", "@-webkit-keyframes", "@font-face": break
        case "@import", "@namespace", "@charset": refuse(keyword, "\(name) may not stand in a widget's sheet")
        default:
            refuse(keyword, "\(ShownText.of(name)) is not known here, @media, @supports, @layer or @keyframes wanted")
        }
        guard hasBlock else {
            if name != "@layer", faults.last?.message.contains(name) != true { refuse(keyword, "a block wanted") }
            position = min(position + 1, tokens.count)
            return
        }
        count(keyword)
        switch name {
        case "@media", "@supports", "@layer":
            guard depth < Self.depthLimit else {
                refuse(keyword, "blocks inside one another, at most \(Self.depthLimit) deep wanted")
                return skipBlock()
            }
            position += 1
            rules(depth: depth + 1)
            closeBlock()
        case "@keyframes", "@-webkit-keyframes": keyframes()
        case "@font-face": fontFace(keyword, depth: depth)
        default: skipBlock()
        }
    }

    mutating func keyframes() {
        position += 1
        while faults.count < Self.faultsLimit, ruleCount <= WidgetStyle.rulesLimit {
            skipSpace()
            guard let token = peek, token.kind != .mark(UInt8(ascii: "}")) else { break }
            if token.kind == .atKeyword {
                refuse(token, "a rule inside @keyframes, steps such as 50% { … } wanted")
                position = partEnd()
                skipBlock()
            } else {
                styleRule(in: .keyframes)
            }
        }
        closeBlock()
    }

    enum Place { case rules, keyframes }

    mutating func styleRule(in place: Place) {
        let start = position
        let end = partEnd()
        checkFunctions(start..<end)
        if place == .rules { checkSelector(start..<end) }
        guard let first = tokens.indices.contains(start) ? tokens[start] : nil else { return }
        position = end
        guard peek?.kind == .mark(UInt8(ascii: "{")) else {
            refuse(first, "a rule such as .name { color: red } wanted")
            position = min(max(end, start) + 1, tokens.count)
            return
        }
        if end == start { refuse(first, "a selector before \"{\" wanted") }
        count(first)
        for declaration in declarations() {
            let name = text(tokens[declaration.name]).lowercased()
            checkFunctions(declaration.value, allowingAssets: true)
            if name == "font" || name == "font-family" { fontValues.append(declaration.value) }
        }
    }

    mutating func checkSelector(_ range: Range<Int>) {
        for index in range where index > range.lowerBound && tokens[index - 1].kind == .mark(UInt8(ascii: ":")) {
            let name = text(tokens[index]).lowercased()
            if name.hasPrefix("host-context") { refuse(tokens[index - 1], ":host-context may not stand in a sheet") }
            if name == "has(" { refuse(tokens[index - 1], ":has() is not known to the browser in OBS") }
        }
    }

    // MARK: the result

    mutating func style() -> WidgetStyle {
        for range in fontValues { renameFonts(in: range) }
        let fonts = fontFaces.map { font in
            let parts = font.descriptors.map { descriptor in
                let value =
                    descriptor.name == "font-family"
                    ? "\"\(fullName(font))\"" : text(of: descriptor.value)
                return "\(descriptor.name):\(value)"
            }
            return WidgetStyle.Font(family: fullName(font), rule: "@font-face{\(parts.joined(separator: ";"))}")
        }
        return WidgetStyle(sheet: edits.text(bytes, in: 0..<bytes.count), fonts: fonts)
    }

    /// The text of a value with the edits inside it, without those around it.
    func text(of value: Range<Int>) -> String {
        let words = value.filter { tokens[$0].kind != .space }
        guard let first = words.first, let last = words.last else { return "" }
        return edits.text(bytes, in: tokens[first].range.lowerBound..<tokens[last].range.upperBound)
    }

    // MARK: tokens

    /// Where the part before a block, or a declaration, ends: at `{`, `;`, `}` or the end.
    mutating func partEnd() -> Int {
        var open: [UInt8] = []
        var index = position
        while index < tokens.count {
            let token = tokens[index]
            switch token.kind {
            case .function, .mark(UInt8(ascii: "(")): open.append(UInt8(ascii: ")"))
            case .mark(UInt8(ascii: "[")): open.append(UInt8(ascii: "]"))
            case .mark(let byte) where byte == UInt8(ascii: ")") || byte == UInt8(ascii: "]"):
                if open.popLast() != byte { refuse(token, "a bracket that closes nothing") }
            case .mark(UInt8(ascii: "{")), .mark(UInt8(ascii: ";")), .mark(UInt8(ascii: "}")):
                // Inside brackets a browser would read on, perhaps beyond what is checked as this block.
                if !open.isEmpty { refuse(token, "a bracket before it is not closed") }
                return index
            default: break
            }
            index += 1
        }
        return index
    }

    mutating func skipBlock() {
        guard peek?.kind == .mark(UInt8(ascii: "{")) else {
            position = min(position + 1, tokens.count)
            return
        }
        var depth = 0
        while let token = peek {
            position += 1
            if token.kind == .mark(UInt8(ascii: "{")) { depth += 1 }
            if token.kind == .mark(UInt8(ascii: "}")) {
                depth -= 1
                if depth == 0 { return }
            }
        }
        refuse(bytes.count, "a block that is not closed, \"}\" wanted")
    }

    mutating func closeBlock() {
        if peek?.kind == .mark(UInt8(ascii: "}")) {
            position += 1
        } else if faults.count < Self.faultsLimit, ruleCount <= WidgetStyle.rulesLimit {
            refuse(bytes.count, "a block that is not closed, \"}\" wanted")
        }
    }

    mutating func skipSpace() {
        while peek?.kind == .space { position += 1 }
    }

    var peek: StyleToken? { position < tokens.count ? tokens[position] : nil }

    func text(_ token: StyleToken) -> String {
        String(decoding: bytes[token.range], as: UTF8.self)
    }

    mutating func count(_ token: StyleToken) {
        ruleCount += 1
        if ruleCount == WidgetStyle.rulesLimit + 1 {
            refuse(token, "more than \(WidgetStyle.rulesLimit) rules, at most that many wanted")
        }
    }

    mutating func refuse(_ token: StyleToken, _ message: String) {
        refuse(token.range.lowerBound, message)
    }

    mutating func refuse(_ offset: Int, _ message: String) {
        guard faults.count < Self.faultsLimit else { return }
        let before = bytes[..<min(offset, bytes.count)]
        let line = before.count { $0 == 0x0A } + 1
        let start = before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
        faults.append(PackageFault(WidgetStyle.fileName, line: line, column: offset - start + 1, message))
    }
}
