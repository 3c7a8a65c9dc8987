import Foundation
import Testing
import WidgetAPI

@testable import Host

@Suite struct VaultTests {
    private let place = SealedPlace(table: "connections", column: "access_token", row: "kick", streamer: "alice")

    private func vault(_ house: LogPlace, _ key: SecretKey, isStarting: Bool = true) async throws -> Vault {
        try await Vault.open(house.database, given: key, dataDirectory: "/nowhere", isStarting: isStarting)
    }

    @Test func `a secret opens where it was sealed and nowhere else`() async throws {
        let house = try await LogPlace()
        let vault = try await vault(house, SecretKey())

        try await house.database.hostTransaction { [place] sql in
            let sealed = try vault.seal(Secret("token"), for: place, sql: sql)
            #expect(!sealed.contains("token"))
            #expect(try vault.seal(Secret("token"), for: place, sql: sql) != sealed)
            #expect(try vault.open(sealed, for: place, sql: sql).exposed == "token")
            let others = [
                SealedPlace(table: "x", column: "access_token", row: "kick", streamer: "alice"),
                SealedPlace(table: "connections", column: "refresh_token", row: "kick", streamer: "alice"),
                SealedPlace(table: "connections", column: "access_token", row: "twitch", streamer: "alice"),
                SealedPlace(table: "connections", column: "access_token", row: "kick", streamer: "bob"),
                SealedPlace(table: "connections", column: "access_token", row: "ki", streamer: "ckalice"),
            ]
            for other in others {
                #expect(throws: VaultError.self) { try vault.open(sealed, for: other, sql: sql) }
            }
            // One bit of nonce, text or tag.
            let bytes = Array(sealed.utf8)
            for index in bytes.indices where bytes[index] != UInt8(ascii: "=") {
                var broken = bytes
                broken[index] = broken[index] == UInt8(ascii: "A") ? UInt8(ascii: "g") : UInt8(ascii: "A")
                let text = String(decoding: broken, as: UTF8.self)
                #expect(throws: VaultError.self) { try vault.open(text, for: place, sql: sql) }
            }
        }
    }

    @Test func `a host that was started before a rotation opens what was sealed after it`() async throws {
        let house = try await LogPlace()
        let (old, new) = (SecretKey(), SecretKey())
        let running = try await vault(house, old)
        let before = try await house.database.hostTransaction { [place] sql in
            try running.seal(Secret("token"), for: place, sql: sql)
        }

        let other = try await vault(house, old, isStarting: false)
        _ = try await other.rotate(to: new, house.database, now: house.now())

        try await house.database.hostTransaction { [place] sql in
            let after = try running.seal(Secret("token"), for: place, sql: sql)
            #expect(SealedText(after)?.keyId != SealedText(before)?.keyId)
            #expect(try running.open(after, for: place, sql: sql).exposed == "token")
        }
        // Until the next start.
        await #expect(throws: VaultError.replacedKey(seen: old.id, wanted: new.id)) {
            _ = try await vault(house, old)
        }
        _ = try await vault(house, new)
        await #expect(throws: VaultError.wrongKey(seen: old.id, wanted: new.id)) { _ = try await vault(house, old) }
    }

    @Test func `two changes of the key wait for a start between them`() async throws {
        let house = try await LogPlace()
        let (old, new) = (SecretKey(), SecretKey())
        let first = try await vault(house, old)
        _ = try await first.rotate(to: new, house.database, now: house.now())

        await #expect(throws: VaultError.changeUnderWay) {
            _ = try await first.rotate(to: nil, house.database, now: house.now())
        }
        await #expect(throws: VaultError.sameKey) {
            _ = try await first.rotate(to: old, house.database, now: house.now())
        }
        let second = try await vault(house, new)
        #expect(try await second.rotate(to: nil, house.database, now: house.now()) == 0)
    }

    @Test func `every column that is sealed in the schema is sealed anew by a rotation`() async throws {
        let house = try await LogPlace()
        let tables = try await house.database.hostRead { sql in
            try sql.rows("SELECT m.name, p.name FROM sqlite_master m, pragma_table_info(m.name) p", [])
                .filter { $0.text(1).hasSuffix("_token") && $0.text(1) != "csrf_token" }
                .map { "\($0.text(0)).\($0.text(1))" }
        }

        #expect(Set(tables).isSubset(of: SealedColumn.all.map { "\($0.table).\($0.column)" }))
    }

    @Test func `a secret shows itself in nothing that people read`() throws {
        let secret = Secret("a-token-of-mine")
        let key = SecretKey()
        let settings = try Settings(
            SettingsSource(environment: [
                "KICK_CLIENT_ID": "id", "KICK_CLIENT_SECRET": "a-token-of-mine", "SECRET_KEY": key.exposed,
            ])
        )
        var dumped = ""
        dump((secret, settings, key), to: &dumped)

        for text in ["\(secret)", "\(settings)", String(reflecting: settings), dumped, "\(key)"] {
            #expect(!text.contains("a-token-of-mine") && !text.contains(key.exposed))
        }
    }
}
