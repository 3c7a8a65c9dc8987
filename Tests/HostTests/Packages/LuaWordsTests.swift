import Testing

@testable import Host

@Suite struct LuaWordsTests {
    @Test func `texts are found where a function is given them as they are, and nowhere else`() {
        let program = """
            locale.t("one") locale.t 'two'
            -- locale.t("comment")
            local s = "locale.t('inside')" .. locale . t ( 'three', { n = 1 } )
            locale.t(key) locale.u("other") mine.t("mine") locale.t("one") locale.t("back\\nslash")
            """

        let texts = LuaWords.texts(givenTo: "locale", "t", in: program)

        #expect(texts.map(\.text) == ["one", "two", "three"])
        #expect(texts.map(\.line) == [1, 1, 3])
    }
}
