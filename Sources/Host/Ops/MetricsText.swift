/// Text in the format that Prometheus reads (exposition format 0.0.4).
struct MetricsText {
    private(set) var text = ""

    mutating func counter(_ name: String, _ help: String, _ value: UInt64) {
        begin(name, "counter", help)
        line(name, [], "\(value)")
    }

    mutating func gauge(_ name: String, _ help: String, _ value: some Numeric & CustomStringConvertible) {
        begin(name, "gauge", help)
        line(name, [], "\(value)")
    }

    /// Numbers of one name, told apart by labels; every one of them, also those that are 0.
    mutating func family(
        _ name: String,
        _ kind: String,
        _ help: String,
        _ values: [(labels: [(String, String)], value: String)]
    ) {
        begin(name, kind, help)
        for (labels, value) in values { line(name, labels, value) }
    }

    mutating func histogram(_ name: String, _ help: String, _ histogram: Histogram) {
        begin(name, "histogram", help)
        let (buckets, seconds) = histogram.reading
        var below: UInt64 = 0
        for (limit, count) in zip(Histogram.limits, buckets) {
            below += count
            line("\(name)_bucket", [("le", "\(limit)")], "\(below)")
        }
        let all = buckets.reduce(0, +)
        line("\(name)_bucket", [("le", "+Inf")], "\(all)")
        line("\(name)_sum", [], "\(seconds)")
        line("\(name)_count", [], "\(all)")
    }

    private mutating func begin(_ name: String, _ kind: String, _ help: String) {
        text += "# HELP \(name) \(help)\n# TYPE \(name) \(kind)\n"
    }

    /// Names and labels are ours alone, so nothing in them wants an escape.
    private mutating func line(_ name: String, _ labels: [(String, String)], _ value: String) {
        let inside = labels.map { "\($0.0)=\"\($0.1)\"" }.joined(separator: ",")
        text += inside.isEmpty ? "\(name) \(value)\n" : "\(name){\(inside)} \(value)\n"
    }
}
