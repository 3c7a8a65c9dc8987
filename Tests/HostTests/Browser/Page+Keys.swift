import WidgetAPI

extension Page {
    /// What a keyboard sends for keys that write nothing.
    private static let codes: [String: Int64] = [
        "Tab": 9, "Enter": 13, "Escape": 27, "ArrowLeft": 37, "ArrowUp": 38, "ArrowRight": 39, "ArrowDown": 40,
        "Delete": 46,
    ]

    /// Presses one key, such as `a`, `ArrowDown` or `Tab`.
    func press(_ key: String, withShift: Bool = false, withControl: Bool = false) throws {
        let modifiers: Int64 = (withShift ? 8 : 0) + (withControl ? 2 : 0)
        var parameters: JSONObject = ["key": .string(key), "modifiers": .integer(modifiers)]
        parameters["windowsVirtualKeyCode"] = Self.codes[key].map(JSONValue.integer)
        parameters["text"] = key == "Enter" ? "\r" : Self.codes[key] == nil && !withControl ? .string(key) : nil
        for type in ["keyDown", "keyUp"] {
            parameters["type"] = .string(type)
            try call("Input.dispatchKeyEvent", parameters)
        }
    }

    /// Presses Tab until what has the focus matches a selector.
    func tab(to selector: String, backwards: Bool = false) throws {
        let matches = "document.activeElement?.matches(\(JSONValue.string(selector).text)) === true"
        for _ in 0..<120 {
            if try evaluate(matches) == true { return }
            try press("Tab", withShift: backwards)
        }
        throw Socket.Failure(description: "no Tab leads to \(selector)")
    }

    /// Draws from the middle of an element so many pixels.
    func drag(_ selector: String, x: Double, y: Double) throws {
        let box = "document.querySelector(\(JSONValue.string(selector).text)).getBoundingClientRect()"
        let place = try evaluate("(({ x, y, width, height }) => [x + width / 2, y + height / 2])(\(box))").arrayValue
        guard let start = place?.compactMap(\.numberValue), start.count == 2 else { return }
        for (type, part) in [("mousePressed", 0.0), ("mouseMoved", 0.5), ("mouseMoved", 1), ("mouseReleased", 1)] {
            try call(
                "Input.dispatchMouseEvent",
                [
                    "type": .string(type), "x": .number(start[0] + part * x), "y": .number(start[1] + part * y),
                    "button": "left", "buttons": type == "mouseReleased" ? 0 : 1, "clickCount": 1,
                ]
            )
        }
    }
}
