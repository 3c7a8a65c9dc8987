import WidgetAPI

extension PackageCheck {
    /// Texts that a language lacks though English has them, and texts that a program names and English lacks.
    static func localeFaults(
        _ locales: [String: [String: String]],
        _ programs: [String: String]
    ) -> [PackageFault] {
        var faults: [PackageFault] = []
        let usual = PackageReplay.usualLanguage
        let file = "locales/\(usual).json"
        if !locales.isEmpty, locales[usual] == nil {
            faults.append(PackageFault(file, "no such file, the language that is always there wanted"))
        }
        for (language, texts) in locales.sorted(by: { $0.key < $1.key }) {
            for key in (locales[usual] ?? [:]).keys.sorted() where texts[key] == nil {
                let message = "no text \"\(ShownText.of(key))\", which \(file) has"
                faults.append(PackageFault("locales/\(language).json", message))
            }
        }
        for (path, program) in programs.sorted(by: { $0.key < $1.key }) {
            for (key, line) in LuaWords.texts(givenTo: "locale", "t", in: program)
            where locales[usual]?[key] == nil {
                let message = "locale.t: no text \"\(ShownText.of(key))\" in \(file), one wanted"
                faults.append(PackageFault(path, line: line, message))
            }
        }
        return faults
    }
}
