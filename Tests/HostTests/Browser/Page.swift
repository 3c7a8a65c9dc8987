import Foundation
import Glibc
import Testing
import WidgetAPI

/// One tab, as somebody in front of it (or OBS) has it.
final class Page {
    private let browser: Browser
    private let target: String
    private let session: String

    init(browser: Browser, target: String, session: String) throws {
        self.browser = browser
        self.target = target
        self.session = session
        for domain in ["Page", "Runtime", "Log"] { try call("\(domain).enable") }
        try call("Page.addScriptToEvaluateOnNewDocument", ["source": .string(OverlayProbe.source)])
        try resize(width: 1920, height: 1080)
    }

    @discardableResult
    func call(_ method: String, _ parameters: JSONObject = [:]) throws -> JSONValue {
        try browser.call(method, parameters, session: session)
    }

    func resize(width: Int64, height: Int64) throws {
        try call(
            "Emulation.setDeviceMetricsOverride",
            ["width": .integer(width), "height": .integer(height), "deviceScaleFactor": 1, "mobile": false]
        )
    }

    /// Brings the tab to the front; the one that was there is hidden then.
    func activate() throws {
        try browser.call("Target.activateTarget", ["targetId": .string(target)])
    }

    /// Loads an address and returns when the page has run.
    func open(_ address: String) throws {
        let result = try call("Page.navigate", ["url": .string(address)])
        if let reason = result["errorText"]?.stringValue {
            throw Socket.Failure(description: "\(address): \(reason)")
        }
        try wait(until: "document.readyState === 'complete'", "\(address) has loaded")
    }

    /// The value of an expression of the page's own language, a promise's once it is there.
    func evaluate(_ expression: String) throws -> JSONValue {
        let answer = try call(
            "Runtime.evaluate",
            ["expression": .string(expression), "awaitPromise": true, "returnByValue": true]
        )
        if let fault = answer["exceptionDetails"] {
            throw Socket.Failure(description: "\(expression): \(fault.text.prefix(600))")
        }
        return answer["result"]?["value"] ?? .null
    }

    /// Waits until an expression is true.
    ///
    /// - Throws: `Socket.Failure` that says what did not come true in time, and what the page complained about.
    func wait(until condition: String, _ what: String, withinSeconds limit: Double = 60) throws {
        let deadline = ContinuousClock.now + .seconds(limit)
        while ContinuousClock.now < deadline {
            // While a page is being replaced there is nothing to ask.
            if (try? evaluate("Boolean(\(condition))"))?.boolValue == true { return }
            usleep(20_000)
        }
        let complaints = browser.takeComplaints(of: session)
        throw Socket.Failure(description: "not within \(limit) s: \(what); the page says \(complaints)")
    }

    /// What went wrong in this tab since the last call.
    func takeComplaints() throws -> [String] {
        // Whatever Chromium has to tell comes before the answer to this.
        _ = try evaluate("0")
        return browser.takeComplaints(of: session)
    }

    func expectNoComplaints(sourceLocation: SourceLocation = #_sourceLocation) throws {
        let complaints = try takeComplaints()
        #expect(complaints == [], sourceLocation: sourceLocation)
    }

    /// Clicks with the mouse where the element is, so that whatever covers it is found out.
    func click(_ selector: String) throws {
        let expression = """
            (() => {
              const element = document.querySelector(\(JSONValue.string(selector).text))
              element.scrollIntoView({ block: "center", behavior: "instant" })
              const { x, y, width, height } = element.getBoundingClientRect()
              return [x + width / 2, y + height / 2]
            })()
            """
        let place = try evaluate(expression).arrayValue ?? []
        for type in ["mousePressed", "mouseReleased"] {
            try call(
                "Input.dispatchMouseEvent",
                ["type": .string(type), "x": place[0], "y": place[1], "button": "left", "clickCount": 1]
            )
        }
    }

    /// A PNG of the viewport on a transparent ground, base64.
    func screenshot() throws -> String {
        try call(
            "Emulation.setDefaultBackgroundColorOverride",
            ["color": ["r": 0, "g": 0, "b": 0, "a": 0]]
        )
        return try call("Page.captureScreenshot", ["format": "png"])["data"]?.stringValue ?? ""
    }

    /// Puts a screenshot where people can look at it, in a folder of its own below the temporary one.
    func saveScreenshot(_ name: String) throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("streamvibes-screenshots")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Data(base64Encoded: screenshot())?.write(to: folder.appendingPathComponent("\(name).png"))
    }

    /// How opaque each of these pixels of a screenshot is, 0 to 255; this tab must be empty, for it does the decoding.
    func alphas(of screenshot: String, at points: [[Int64]]) throws -> [Int64] {
        let points = JSONValue.array(points.map { .array($0.map { .integer($0) }) })
        let expression = """
            (async () => {
              const picture = await createImageBitmap(await (await fetch("data:image/png;base64,\(screenshot)")).blob())
              const canvas = new OffscreenCanvas(picture.width, picture.height).getContext("2d")
              canvas.drawImage(picture, 0, 0)
              return \(points.text).map(([x, y]) => canvas.getImageData(x, y, 1, 1).data[3])
            })()
            """
        return try evaluate(expression).arrayValue?.compactMap(\.integerValue) ?? []
    }
}
