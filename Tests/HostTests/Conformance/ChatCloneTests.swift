import BuiltinWidgets
import Sandbox
import Testing
import WidgetAPI
import WidgetConformance

@testable import Host

/// The built-in chat once more in Lua, before the rules that the built-in one keeps.
@Suite(.reckoning) struct ChatCloneTests {
    @Test(arguments: ConformanceRule.allCases)
    func `a chat in Lua keeps every rule that the built-in one keeps`(rule: ConformanceRule) async throws {
        let found = try await Self.breaches(of: rule, by: ChatClone.package().kind)

        #expect(found == [])
    }

    @Test(arguments: ChatClone.Flaw.all)
    func `a chat in Lua with a flaw is found out`(flaw: ChatClone.Flaw) async throws {
        let kind = try ChatClone.kind(with: flaw)

        let found = try await Self.breaches(of: flaw.rule, by: kind)

        #expect(found.contains { $0.contains(flaw.complaint) }, "\(found)")
    }

    @Test func `a chat in Lua has the settings of the built-in one`() throws {
        let clone = try ChatClone.package().manifest
        let chat = ChatWidget().manifest

        #expect(clone.configSchema == chat.configSchema)
        #expect(clone.events == chat.events)
        #expect(clone.permissions == chat.permissions)
        #expect(clone.defaultSize == chat.defaultSize)
        #expect(clone.category == chat.category)
    }

    @Test func `a chat in Lua has no permission it does not use and no fault that its author should know of`() throws {
        let package = try ChatClone.package()

        #expect(package.unusedPermissions == [])
        #expect(package.permissionFaults == [])
    }

    /// What the suite finds, and what has failed in the cell meanwhile.
    private static func breaches(of rule: ConformanceRule, by kind: LuaKind) async throws -> [String] {
        let zygote = try await Zygote.start()
        defer { zygote.close() }
        let widget = try await PackagedWidget(kind, in: zygote)
        let found = WidgetConformance.breaches(of: rule, by: widget, earlier: [ChatClone.earlier])
        return found + widget.faults
    }
}
