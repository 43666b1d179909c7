/// Measures the parts that decide how long a whole pool takes.
///
/// Without arguments one table for each family of codecs; with `claims` the allocation engine, with `commit` the
/// writing of all space maps to a copy of a pool. Speeds of codecs
/// are bytes of the block (not of what is stored) per second of one thread's processor time, the best of several
/// turns, so that neighbours on the machine count as little as possible.
@main
struct Benchmarks {
    static func main() throws {
        let arguments = Array(CommandLine.arguments.dropFirst())
        if arguments.first == "commit", let commit = CommitBenchmark(Array(arguments.dropFirst())) {
            return try commit.run()
        }
        guard arguments.first == "claims" else {
            measureCodecs()
            return
        }
        guard let simulation = ClaimSimulation(Array(arguments.dropFirst())) else {
            print("usage: zinspect-bench [claims MEBIBYTES THREADS | commit COPY-OF-A-POOL]")
            return
        }
        try simulation.run()
    }

    private static func measureCodecs() {
        let sizes = [4096, 16_384, 131_072]
        print("GB/s of one thread".padded(28), terminator: "")
        for size in sizes { print("\(size / 1024) KiB".padded(10, left: true), terminator: "") }
        print()
        for family in [CopyBenchmark.rows, ChecksumBenchmark.rows, CompressionBenchmark.rows] {
            for row in family {
                print("  \(row.name)".padded(28), terminator: "")
                for size in sizes {
                    print(row.measure(size).map(decimal) ?? "-", terminator: "")
                }
                print()
            }
        }
        FletcherComparison.run(sizes)
    }

    private static func decimal(_ speed: Double) -> String {
        let hundredths = Int((speed * 100).rounded())
        let fraction = hundredths % 100
        return "\(hundredths / 100).\(fraction < 10 ? "0" : "")\(fraction)".padded(10, left: true)
    }
}

extension String {
    /// This text filled up with spaces to `width`.
    func padded(_ width: Int, left: Bool = false) -> String {
        let spaces = String(repeating: " ", count: max(0, width - count))
        return left ? spaces + self : self + spaces
    }
}
