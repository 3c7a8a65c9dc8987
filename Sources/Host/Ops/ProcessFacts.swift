import Glibc

/// What the kernel says about this process, under the names that all programs use.
struct ProcessFacts {
    var residentBytes: UInt64 = 0
    var virtualBytes: UInt64 = 0
    var cpuSeconds: Double = 0
    var startSeconds: Double = 0
    var threads: UInt64 = 0
    var openFiles: UInt64 = 0
    var openFilesLimit: UInt64 = 0

    static func now() -> ProcessFacts {
        var facts = ProcessFacts()
        let page = UInt64(sysconf(Int32(_SC_PAGESIZE)))
        let ticks = Double(sysconf(Int32(_SC_CLK_TCK)))
        // After the name in brackets, which may hold spaces: state is field 3 (proc(5)).
        let stat = text("/proc/self/stat")
        let fields = (stat.lastIndex(of: ")").map { stat[stat.index(after: $0)...] } ?? "").split(separator: " ")
        func field(_ number: Int) -> UInt64 { fields.count > number - 3 ? UInt64(fields[number - 3]) ?? 0 : 0 }
        facts.cpuSeconds = Double(field(14) + field(15)) / ticks
        facts.threads = field(20)
        facts.virtualBytes = field(23)
        facts.residentBytes = field(24) * page
        let boot = text("/proc/stat").split(separator: "\n").first { $0.hasPrefix("btime ") }
        facts.startSeconds = (boot.flatMap { Double($0.dropFirst(6)) } ?? 0) + Double(field(22)) / ticks
        facts.openFiles = openFiles()
        var limit = rlimit()
        if getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 {
            facts.openFilesLimit = UInt64(limit.rlim_cur)
        }
        return facts
    }

    private static func text(_ path: String) -> String {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return "" }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: 65_536)
        let count = read(descriptor, &bytes, bytes.count)
        return String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
    }

    /// Counted without the one that counts.
    private static func openFiles() -> UInt64 {
        guard let listing = opendir("/proc/self/fd") else { return 0 }
        defer { closedir(listing) }
        var count: UInt64 = 0
        while let entry = readdir(listing) {
            if entry.pointee.d_name.0 != 0x2E { count += 1 }
        }
        return count - min(count, 1)
    }
}
