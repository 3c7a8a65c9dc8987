import Testing

@testable import Host

@Suite struct SQLiteDatabaseTests {
    @Test func `a commit is on disk before it is answered`() async throws {
        let place = try await LogPlace()

        // 2 is FULL (sqlite.org/pragma.html#pragma_synchronous); the library sets NORMAL by itself.
        #expect(try await place.database.synchronousMode() == 2)
    }

    @Test func `the log is written back after eight thousand pages, and then used again`() async throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/pages.sqlite"
        let database = try SQLiteDatabase(path: path)
        try await database.hostTransaction { _ = try $0.run("CREATE TABLE pages (bytes TEXT NOT NULL)", []) }
        // One fills most of a page.
        let fill = { @Sendable (rows: Int) in
            for _ in 0..<rows / 100 {
                try await database.hostTransaction { sql in
                    for _ in 0..<100 { _ = try sql.run("INSERT INTO pages VALUES (zeroblob(3500))", []) }
                }
            }
            return try #require(FileStatus(at: path + "-wal", followingLinks: true)).size / 4096
        }

        #expect(try await fill(4000) > 4000)
        let most = try await fill(8000)
        #expect((8000...8400).contains(most), "a transaction is written as a whole")
        #expect(try await fill(8000) <= 8400)
    }

    @Test func `values go where their numbers say, in whatever order they stand`() async throws {
        let place = try await LogPlace()

        let row = try await place.database.hostRead { sql in
            try sql.first("SELECT $2, $1, $2", [.text("one"), .text("two")])
        }

        #expect(row?.values == [.text("two"), .text("one"), .text("two")])
    }

    @Test func `a transaction that fails leaves nothing behind`() async throws {
        let place = try await LogPlace()

        await #expect(throws: StorageError.self) {
            try await place.database.hostTransaction { sql in
                try sql.run("INSERT INTO streamers (id, display_name, created_at) VALUES ('x', 'x', 0)")
                try sql.run("INSERT INTO nowhere VALUES (1)")
            }
        }

        let count = try await place.database.hostRead { try $0.first("SELECT count(*) FROM streamers", [])?.integer(0) }
        #expect(count == 0)
    }

    @Test func `migrating twice does nothing the second time`() async throws {
        let place = try await LogPlace()

        #expect(try await Migration.migrate(place.database) == [])
    }

    @Test func `a released migration never changes`() {
        // FNV-1a over the statements. A new version gets a line of its own; an old line never changes.
        let known: [Int: UInt64] = [
            1: 10_106_905_504_358_815_352, 2: 7_133_148_650_274_210_868, 3: 4_519_192_500_551_390_874,
            4: 11_932_572_886_085_191_916, 5: 11_094_773_997_190_567_299,
            6: 3_727_197_931_772_207_307, 7: 11_638_695_876_266_994_571, 8: 2_802_439_780_494_902_498,
            9: 502_201_419_137_514_681, 10: 3_693_018_533_538_410_970,
        ]

        for migration in Migration.all {
            var hash: UInt64 = 0xCBF2_9CE4_8422_2325
            for byte in migration.statements.joined(separator: ";").utf8 {
                hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3
            }
            #expect(known[migration.version] == hash, "version \(migration.version) has \(hash)")
        }
    }
}
