/// What SQLite reads differently from PostgreSQL.
enum SQLiteDialect {
    /// Turns `$1` into `?1`: SQLite takes `$1` for a name and numbers names by first appearance, so two values in
    /// another order than their numbers would be swapped silently.
    static func numbered(_ statement: String) -> String {
        var statement = statement
        return statement.withUTF8 { utf8 in
            guard utf8.contains(UInt8(ascii: "$")) else { return String(decoding: utf8, as: UTF8.self) }
            return String(unsafeUninitializedCapacity: utf8.count) { buffer in
                for index in utf8.indices {
                    buffer[index] = utf8[index] == UInt8(ascii: "$") ? UInt8(ascii: "?") : utf8[index]
                }
                return utf8.count
            }
        }
    }
}
