import Blocks
import Bytes
import Codecs
import Synchronization
import TestSupport
import Testing
import Vdevs

/// Every checksum and every compression on pools that OpenZFS wrote, on hosts of either byte order.
@Suite struct CodecPoolTests {
    /// A pool that was made to hold these algorithms.
    struct Case: Sendable, CustomStringConvertible {
        let pool: String
        let order: ByteOrder
        let checksums: Set<ChecksumAlgorithm>
        let compressions: Set<CompressionAlgorithm>
        var description: String { pool }
    }

    private static let gzip = [1, 3, 6, 9].map { CompressionAlgorithm(rawValue: $0 + 4) }

    static let cases = [
        Case(
            pool: "compress", order: .little, checksums: [.fletcher4],
            compressions: Set([.off, .lzjb, .zle, .lz4, .zstd] + gzip)),
        Case(
            pool: "checksum", order: .little,
            checksums: [
                .off, .noparity, .fletcher2, .fletcher4, .sha256, .sha512, .skein, .edonr,
                .blake3,
            ], compressions: [.off, .lz4]),
        Case(
            pool: "be-disk", order: .big,
            checksums: [.fletcher2, .fletcher4, .sha256, .sha512, .skein, .blake3],
            compressions: [.off, .lzjb, .zle, .lz4, .zstd, gzip[2]]),
        Case(
            pool: "be-native", order: .big,
            checksums: [.fletcher2, .fletcher4, .sha256, .sha512, .skein, .edonr, .blake3],
            compressions: [.off, .lzjb, .zle, .lz4, .zstd, gzip[2]]),
    ]

    @Test(arguments: cases)
    func `every block passes its checksum and expands`(item: Case) throws {
        let probe = try ProbePool(TestPool.named(item.pool))
        let source = Tally(probe.reader())
        let census = try probe.census(source)
        #expect(census.failures.isEmpty)
        #expect(census.incidents == 0)
        let seen = source.seen.withLock { $0 }
        #expect(seen.orders == [item.order])
        #expect(item.checksums.subtracting(seen.checksums).isEmpty)
        #expect(item.compressions.subtracting(seen.compressions).isEmpty)
    }

    /// A reader that remembers what it was asked to decode.
    private final class Tally: BlockSource {
        struct Seen {
            var orders: Set<ByteOrder> = []
            var checksums: Set<ChecksumAlgorithm> = []
            var compressions: Set<CompressionAlgorithm> = []
        }

        let seen = Mutex(Seen())
        private let base: BlockReader

        init(_ base: BlockReader) { self.base = base }

        func read(_ pointer: BlockPointer) throws(BlockError) -> ReadOutcome {
            if !pointer.isHole && !pointer.isEmbedded {
                seen.withLock { seen in
                    seen.orders.insert(pointer.order)
                    seen.checksums.insert(pointer.checksumAlgorithm)
                    seen.compressions.insert(pointer.compression)
                }
            }
            return try base.read(pointer)
        }
    }
}
