import Foundation
import Testing
import WidgetAPI

@testable import Host

/// The same thousands of broken packages in every run: none may stop the process, each is read or refused.
@Suite struct MutationTests {
    @Test func `a broken archive is read or refused and never unpacks beyond its limit`() {
        var dice = Dice(seed: 1)
        let whole = PackageExample.archive()

        for _ in 0..<8_000 {
            let bytes = dice.broken(whole)
            do throws(PackageError) {
                let files = try ZipReader.files(in: bytes, named: "a")
                #expect(files.contents.values.map(\.count).reduce(0, +) <= PackageFiles.bytesLimit)
                _ = try WidgetPackage(files)
            } catch {
                #expect(!error.faults.isEmpty)
            }
        }
    }

    @Test func `a broken manifest is read or refused`() {
        var dice = Dice(seed: 2)
        let whole = Array(PackageExample.manifest.utf8)
        let words = [
            "null", "{}", "[]", "-1", "1e300", "9223372036854775807", "\"\"", "\"$ref\"", "true", "\"type\"",
            "\"array\"",
            "\"items\"", "\"enum\"", "\"multipleOf\"", "\"minimum\"", "\"pattern\"", "\"(a*)*\"", "\"x-when\"", ":",
            ",",
        ]

        for _ in 0..<6_000 {
            let bytes = dice.broken(whole, words: words)
            do throws(PackageError) {
                let read = try ManifestReader.manifest(bytes)
                // What was taken can be written and used.
                _ = read.manifest.configSchema.jsonSchema.text
                _ = try? read.manifest.configSchema.validate(.object(read.manifest.configSchema.defaults))
            } catch {
                #expect(!error.faults.isEmpty)
            }
        }
    }

    @Test func `a broken style sheet is read or refused, and no address leaves this host`() {
        var dice = Dice(seed: 3)
        let whole = Array(PackageExample.style.utf8)
        let package = StyleSheetReader.Package(id: "a", hash: "0", paths: Set(PackageExample.files.keys))
        let words = [
            "url(", "\"", "'", "{", "}", "(", ")", "@media ", "@font-face", "/*", "*/", ";", "\\", "image-set(",
        ]

        for _ in 0..<8_000 {
            let bytes = dice.broken(whole, words: words)
            do throws(PackageError) {
                let style = try StyleSheetReader.style(bytes, of: package)
                let texts = [style.sheet] + style.fonts.map(\.rule)
                for text in texts { #expect(Self.addressesAreOurs(text), "\(text)") }
            } catch {
                #expect(!error.faults.isEmpty)
            }
        }
    }

    /// Whether every `url(` outside comments and texts leads to the package's own folder.
    private static func addressesAreOurs(_ text: String) -> Bool {
        let ours = #/(?i)url\(\s*"/assets/widgets/a/0/assets/[a-z0-9.]+"\s*\)/#
        let quiet = #/(?s)/\*.*?\*/|"[^"]*"|'[^']*'/#
        return !text.replacing(ours, with: " ").replacing(quiet, with: " ").lowercased().contains("url(")
    }

    /// Seeded chance: a finding can be found again.
    private struct Dice {
        private var state: UInt64

        init(seed: UInt64) {
            state = seed
        }

        mutating func next(below limit: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % max(limit, 1)
        }

        mutating func broken(_ whole: [UInt8], words: [String] = []) -> [UInt8] {
            var bytes = whole
            for _ in 0...next(below: 4) {
                let place = next(below: bytes.count)
                switch next(below: words.isEmpty ? 5 : 7) {
                case 0: bytes[place] = UInt8(next(below: 256))
                case 1: bytes[place] ^= 1 << UInt8(next(below: 8))
                case 2: bytes.removeSubrange(place..<min(bytes.count, place + next(below: 30)))
                case 3: bytes.insert(contentsOf: bytes[place..<min(bytes.count, place + next(below: 60))], at: place)
                case 4: bytes[place] = [0, 0xFF, 0x7F, 0x80][next(below: 4)]
                default: bytes.insert(contentsOf: words[next(below: words.count)].utf8, at: place)
                }
                if bytes.isEmpty { return [0] }
            }
            return bytes
        }
    }
}
