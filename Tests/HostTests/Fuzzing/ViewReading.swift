import WidgetAPI

@testable import Host
@testable import Sandbox

/// Reads bytes as the payload of an answer, up to the patch that a page would get for its picture.
///
/// A list is taken as a picture alone; an answer may have a member `before` with the picture before it.
enum ViewReading {
    private static let assets = "/assets/widgets/w/1/"

    /// The last check before a picture goes out.
    typealias Check = (View) throws(ViewGuard.Refusal) -> View

    static func run(
        _ bytes: [UInt8],
        admitting check: Check = ViewGuard(hidden: []).admit
    ) throws(FuzzFinding) {
        guard let json = try? JSONValue(parsing: bytes) else { return }
        let again = try? JSONValue(parsing: json.text)
        try FuzzFinding.unless(again == json, "JSON that is written and read again is equal")
        if json.arrayValue == nil { try checkAnswer(json, bytes) }
        let drawn = json.arrayValue == nil ? json["view"].map { Array($0.text.utf8) } : bytes
        guard let drawn, let view = try view(drawn, check) else { return }
        var before: View?
        if let earlier = json["before"] {
            let earlier = Array(earlier.text.utf8)
            before = try Self.view(earlier, check)
            var memory = PictureMemory()
            _ = read(earlier, "", after: &memory)
            try FuzzFinding.unless(
                read(drawn, "", after: &memory) == read(drawn, "")
                    && read(drawn, "", after: &memory) == read(drawn, ""),
                "a picture after another is read as it would be alone"
            )
        }
        try checkPatch(from: before ?? View(), to: view)
    }

    private static func checkAnswer(_ json: JSONValue, _ bytes: [UInt8]) throws(FuzzFinding) {
        var memory = PictureMemory()
        let payload = try? bytes.withUnsafeBufferPointer { bytes in
            try CellPayload(bytes, assetsAt: assets, after: &memory)
        }
        guard let payload else { throw FuzzFinding(description: "JSON is read also with the picture apart") }
        for member in json.objectValue?.members ?? [] where member.name != "view" {
            try FuzzFinding.unless(payload[member.name] == json[member.name], "beside the picture nothing is lost")
        }
        guard let work = try? CellAnswer.read(payload) else { return }
        try FuzzFinding.unless(work.timers.count <= 32, "an answer has at most 32 timers")
        for timer in work.timers {
            try FuzzFinding.unless(
                0...253_402_300_799_999 ~= timer.due.milliseconds && (timer.intervalMilliseconds ?? 1) > 0,
                "a timer has a moment that can be reckoned with"
            )
        }
        try FuzzFinding.unless(work.sounds.count <= 8, "an answer has at most 8 sounds")
        try FuzzFinding.unless(work.log.count <= 64, "an answer has at most 64 lines of log")
        // A number may be longer as this host writes it (1e15): by no more than that.
        let length = work.state.text.utf8.count
        try FuzzFinding.unless(length <= 4 * CellAnswer.stateLimit, "a state stays near its limit")
        for fault in work.failures.map(\.fault) + work.timerFaults + [work.viewFault].compactMap(\.self) {
            try FuzzFinding.unless(fault.message.unicodeScalars.count <= 300, "an error stays short")
            try FuzzFinding.unless(
                !(fault.message + fault.traceback).unicodeScalars.contains { $0.value == 0x1B },
                "an error writes over no terminal"
            )
        }
    }

    /// The picture as a page may have it; `nil` when it was refused.
    private static func view(_ json: [UInt8], _ check: Check) throws(FuzzFinding) -> View? {
        guard let placed = read(json, assets), let view = read(json, ""), let shown = try? check(view) else {
            return nil
        }
        for child in placed.children { try checkAddresses(child) }
        let measure = ViewMeasure(of: shown.children)
        try FuzzFinding.unless(
            measure.nodes <= ViewLimits.nodes && measure.levels <= ViewLimits.levels
                && measure.bytes <= ViewLimits.viewBytes && !measure.hasLongText && measure.fault == nil,
            "what is shown stays within the limits"
        )
        for child in shown.children { try checkNames(child) }
        var writer = JSONWriter()
        writer.write(shown.children)
        // Control characters are six bytes as JSON.
        try FuzzFinding.unless(writer.bytes.count <= 6 * ViewLimits.viewBytes, "what is shown is short as JSON, too")
        try FuzzFinding.unless(read(writer.bytes, "") == shown, "a picture that is encoded and read again is equal")
        return shown
    }

    /// The picture as a cell has sent it, found where the host serves what is in its package.
    private static func read(_ json: [UInt8], _ assets: String) -> View? {
        var memory = PictureMemory()
        return read(json, assets, after: &memory)
    }

    private static func read(_ json: [UInt8], _ assets: String, after memory: inout PictureMemory) -> View? {
        json.withUnsafeBufferPointer { bytes in
            var parser = JSONParser(bytes: bytes)
            return try? ForeignView.read(&parser, assetsAt: assets, after: &memory).get()
        }
    }

    private static func checkAddresses(_ node: Node) throws(FuzzFinding) {
        guard case .element(let element) = node else { return }
        for attribute in element.attributes where attribute.name == .source {
            let isOurs = [assets + "assets/", "/img/", "/files/"].contains(where: attribute.value.hasPrefix)
            try FuzzFinding.unless(
                isOurs && element.tag == .img && !attribute.value.contains(".."),
                "a picture comes from the package or this host: \(attribute.value)"
            )
        }
        for child in element.children { try checkAddresses(child) }
    }

    private static func checkNames(_ node: Node) throws(FuzzFinding) {
        guard case .element(let element) = node else { return }
        let attributes = Set(element.attributes.map(\.name))
        try FuzzFinding.unless(attributes.count == element.attributes.count, "each attribute is there once")
        let style = Set(element.style.map(\.property))
        try FuzzFinding.unless(style.count == element.style.count, "each property is there once")
        for child in element.children { try checkNames(child) }
    }

    private static func checkPatch(from before: View, to view: View) throws(FuzzFinding) {
        let operations = ViewDiff.operations(from: before, to: view)
        var patched = PatchedView(before)
        do {
            try patched.apply(operations)
        } catch {
            throw FuzzFinding(description: "a patch can be applied: \(error)")
        }
        try FuzzFinding.unless(sorted(patched.view) == sorted(view), "a patched picture is the new one")
        try FuzzFinding.unless(ViewDiff.operations(from: view, to: view).isEmpty, "nothing new needs no patch")
        var writer = JSONWriter()
        writer.write(operations)
        let text = writer.text
        try FuzzFinding.unless((try? JSONValue(parsing: text)) != nil, "a patch is JSON")
    }

    /// With style and attributes in the order of their names, which is all that a patch does not keep.
    private static func sorted(_ view: View) -> View { View(children: view.children.map(sorted)) }

    private static func sorted(_ node: Node) -> Node {
        guard case .element(let element) = node else { return node }
        return .element(
            element.tag,
            key: element.key,
            class: element.class,
            style: element.style.sorted { $0.property.text < $1.property.text },
            attributes: element.attributes.sorted { $0.name.text < $1.name.text },
            children: element.children.map(sorted)
        )
    }
}
