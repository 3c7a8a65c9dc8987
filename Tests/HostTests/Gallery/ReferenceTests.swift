import Foundation
import Testing
import WidgetAPI

@testable import Host

/// The reference of widgets in Lua, `docs/widget-authors/reference.md`.
@Suite struct ReferenceTests {
    private static let file = Gallery.folder.deletingLastPathComponent()
        .appendingPathComponent("widget-authors/reference.md")

    @Test func `the reference says what a program finds in a cell and what the host takes`() async throws {
        let page = try ReferencePage(
            names: await LuaEnvironment.names(),
            eventMembers: await LuaEnvironment.eventMembers()
        )
        let text = try page.text()
        if Gallery.isMaking { try Data(text.utf8).write(to: Self.file) }

        #expect(page.unknown == [], "described and not there, or there and not described")
        #expect(try String(contentsOf: Self.file, encoding: .utf8) == text, "run make docs")
    }

    @Test func `a cell takes every tag, attribute and style that the host takes`() async throws {
        let refusals = try await LuaEnvironment.refusals(
            tags: Tag.allCases.map(\.rawValue),
            attributes: Attribute.Name.allowed.filter { $0 != "src" }.sorted(),
            properties: Style.Property.allowed.sorted()
        )

        #expect(refusals == [])
    }

    @Test func `every limit of a cell has a line in the reference`() throws {
        let limits = try CellLimits()

        #expect(limits.unknown == [])
        #expect(limits.rows.count > 30)
    }
}
