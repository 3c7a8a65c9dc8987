#if FUZZING
import Glibc

/// `Fuzz TARGET …`: one target under libFuzzer, which takes the other words; see `Scripts/fuzz.sh`.
@main enum FuzzDriver {
    static func main() {
        var words = CommandLine.arguments
        guard words.count > 1, let target = FuzzTarget(rawValue: words.remove(at: 1)) else {
            print("one of \(FuzzTarget.allCases.map(\.rawValue).joined(separator: ", ")) wanted")
            exit(2)
        }
        chosen = target
        var count = CInt(words.count)
        var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
        arguments.withUnsafeMutableBufferPointer { buffer in
            var start = buffer.baseAddress
            exit(runDriver(&count, &start, fuzz))
        }
    }
}

// libFuzzer calls a C function, which carries nothing along.
nonisolated(unsafe) private var chosen = FuzzTarget.frame

private typealias Callback = @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt

@_silgen_name("LLVMFuzzerRunDriver")
private func runDriver(
    _ count: UnsafeMutablePointer<CInt>,
    _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?>,
    _ callback: Callback
) -> CInt

private let fuzz: Callback = { start, count in
    do throws(FuzzFinding) {
        try chosen.run(Array(UnsafeBufferPointer(start: start, count: count)))
    } catch {
        fatalError("\(error)")
    }
    return 0
}
#endif
