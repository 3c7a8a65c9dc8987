import Foundation
import WidgetAPI

@testable import FakePlatforms

/// Looks for secrets in everything that a host has let out, in the forms in which they could stand there.
struct LeakSearch {
    /// Something that was let out, and where.
    struct Trace {
        let place: String
        let bytes: Data
    }

    /// By what they are called; two secrets may have one name.
    private(set) var secrets: [(name: String, text: String)] = []
    private(set) var traces: [Trace] = []

    mutating func hide(_ name: String, _ texts: String...) {
        let known = Set(secrets.map(\.text))
        secrets += texts.filter { !$0.isEmpty && !known.contains($0) }.map { (name, $0) }
    }

    /// All tokens that a platform has given and not forgotten; some end before a day does.
    mutating func hide(tokensOf platform: FakePlatform) {
        for token in platform.accessTokens { hide("access token", token) }
        for token in platform.refreshTokens { hide("refresh token", token) }
        for token in platform.revoked { hide("revoked token", token) }
        // The fake counts them; each begins with one of these.
        for digit in 1...9 { hide("application token", "application-\(digit)") }
    }

    /// The key in a data directory, as it stands there and as a list of bytes would be written.
    mutating func hide(secretKeyIn directory: String) throws {
        let file = try String(contentsOfFile: directory + "/secret.key", encoding: .utf8)
        let text = file.trimmingCharacters(in: .whitespacesAndNewlines)
        let bytes = Array(Data(base64Encoded: text) ?? Data())
        hide("secret key", text, bytes.map { String(format: "%02x", $0) }.joined(), "\(bytes)")
    }

    mutating func keep(_ text: String, at place: String) {
        traces.append(Trace(place: place, bytes: Data(text.utf8)))
    }

    mutating func keep(file path: String, at place: String) throws {
        traces.append(Trace(place: place, bytes: try Data(contentsOf: URL(fileURLWithPath: path))))
    }

    /// An answer: its body and its headers, but for the cookies that are made to carry a session.
    mutating func keep(_ answer: HTTPExchange, at place: String) {
        let headers = answer.headers.filter { $0.key != "set-cookie" }.map { "\($0.key): \($0.value)\n" }
        traces.append(Trace(place: place, bytes: Data(headers.joined().utf8) + Data(answer.bytes)))
    }

    /// What a page is sent, up to the frame with that text.
    ///
    /// - Returns: whether it came in time.
    mutating func keepFrames(of socket: WebSocketClient, until text: String, at place: String) throws -> Bool {
        let deadline = Deadline(seconds: 60)
        while let frame = try socket.receive(withinMilliseconds: deadline.millisecondsLeft) {
            // Who answers no ping is let go.
            try socket.answer(frame)
            keep(frame.text, at: place)
            if frame.text.contains(text) { return true }
        }
        return false
    }

    /// Every file under a folder, but those that are meant to hold a key.
    mutating func keep(folder path: String, at place: String, except names: Set<String>) throws {
        let files = FileManager.default.enumerator(atPath: path)
        while let name = files?.nextObject() as? String {
            var isFolder: ObjCBool = false
            guard !names.contains(name),
                FileManager.default.fileExists(atPath: "\(path)/\(name)", isDirectory: &isFolder),
                !isFolder.boolValue
            else { continue }
            try keep(file: "\(path)/\(name)", at: "\(place)/\(name)")
        }
    }

    /// What stands where it does not belong, as `NAME in PLACE`.
    ///
    /// `allowed` names what may stand in places whose names begin so.
    func findings(allowed: [(name: String, place: String)] = []) -> [String] {
        secrets.flatMap { secret -> [String] in
            let forms = Self.forms(of: secret.text).map { Data($0.utf8) }
            return traces.filter { trace in
                let isAllowed = allowed.contains { $0.name == secret.name && trace.place.hasPrefix($0.place) }
                return !isAllowed && forms.contains { trace.bytes.range(of: $0) != nil }
            }
            .map { "\(secret.name) in \($0.place)" }
        }
    }

    /// As it is, in an address or a form, in JSON, and in base64 as a whole.
    private static func forms(of text: String) -> Set<String> {
        let encoded = text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? text
        let unreserved = CharacterSet.alphanumerics.union(CharacterSet(charactersIn: "-._~"))
        let plain = text.addingPercentEncoding(withAllowedCharacters: unreserved) ?? text
        let quoted = String(JSONValue.string(text).text.dropFirst().dropLast())
        return [text, encoded, plain, quoted, Data(text.utf8).base64EncodedString()]
    }
}
