import Bytes
import Codecs

/// Every checksum that a block pointer can name.
enum ChecksumBenchmark {
    private static let salt = ChecksumSalt([UInt8](repeating: 7, count: 32))

    private static let cases: [(String, ChecksumAlgorithm, ByteOrder)] = [
        ("fletcher4", .fletcher4, .little), ("fletcher4, big-endian", .fletcher4, .big),
        ("fletcher2", .fletcher2, .little), ("fletcher2, big-endian", .fletcher2, .big),
        ("sha256", .sha256, .little), ("sha512", .sha512, .little), ("skein", .skein, .little),
        ("edonr", .edonr, .little), ("blake3", .blake3, .little),
    ]

    static let rows = cases.map { name, algorithm, order in
        Row(name: name) { size in
            var block = Sample.bytes(size)
            return Stopwatch.speed(size) {
                // Each sum changes the next block, so that none can be left out.
                guard let sum = try? algorithm.compute(block.rawBytes, order, salt: salt) else {
                    return
                }
                block[0] = UInt8(truncatingIfNeeded: sum.word3)
            }
        }
    }
}
