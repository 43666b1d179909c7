import Bytes
import Codecs

/// Expanding blocks, each algorithm with the decompressor that a worker keeps.
enum CompressionBenchmark {
    private static let cases: [CompressionAlgorithm] =
        [.lz4, .lzjb, .zle, .zstd] + [5, 10, 13].map { CompressionAlgorithm(rawValue: $0) }

    static let rows = cases.map { algorithm in
        Row(name: "expand \(algorithm)") { size in
            let block = Sample.bytes(size)
            guard
                let packed = try? algorithm.compress(block.rawBytes, limit: size + size / 8 + 64)
            else { return nil }
            let decompressor = Decompressor()
            var expanded = [UInt8](repeating: 0, count: size)
            return Stopwatch.speed(size) {
                var span = expanded.mutableSpan
                var output = unsafe span.mutableBytes
                do throws(CodecError) {
                    try decompressor.decompress(algorithm, packed.rawBytes, into: &output)
                } catch {
                    preconditionFailure("a packed block does not expand: \(error)")
                }
            }
        }
    }
}
