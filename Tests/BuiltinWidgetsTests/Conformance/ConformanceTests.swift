import BuiltinWidgets
import Testing
import WidgetAPI
import WidgetConformance

@Suite struct ConformanceTests {
    @Test(arguments: BuiltinWidgets.all.map(\.manifest.id), ConformanceRule.allCases)
    func `a built-in widget keeps every rule`(id: String, rule: ConformanceRule) throws {
        let widget = try #require(BuiltinWidgets.all.first { $0.manifest.id == id })

        #expect(breaches(of: rule, by: widget, earlier: EarlierRelease.all[id] ?? []) == [])
    }

    @Test(arguments: ConformanceRule.allCases)
    func `a widget of anybody else can keep every rule`(rule: ConformanceRule) {
        #expect(breaches(of: rule, by: LastWords()) == [])
    }

    /// A rule that nothing can break proves nothing.
    @Test(arguments: LastWords.Flaw.allCases)
    func `a widget with a flaw is found out`(flaw: LastWords.Flaw) throws {
        let found = breaches(of: flaw.rule, by: LastWords(flaw))

        #expect(found.contains { $0.contains(flaw.complaint) }, "\(found)")
    }

    @Test func `there is a flaw for every rule`() {
        #expect(Set(LastWords.Flaw.allCases.map(\.rule)) == Set(ConformanceRule.allCases))
    }
}
