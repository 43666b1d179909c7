import Blocks
import Bytes
import Codecs
import Datasets
import TestSupport
import Testing
import Vdevs
import Verify

/// LZ4 streams of file data are followed two at a time, and what is wrong with one is not told of the other.
@Suite struct ContentPairTests {
    /// Which of three blocks are spoiled that lie one behind the other, so that any two neighbours are followed together.
    private static let spoiled = [[0], [1], [2], [0, 1], [1, 2], [0, 1, 2]]

    @Test("a stream that is damaged is found where it is", arguments: spoiled)
    func found(places: [Int]) throws {
        let pool = try EditedPool("compress")
        let blocks = try Self.neighbours(pool)
        for place in places {
            let block = blocks[place]
            var stored = try pool.editor.reader.readStored(block.pointer).bytes
            // The length of what follows, which is more than the block has.
            stored.replaceSubrange(0..<4, with: [0x7f, 0xff, 0xff, 0xff])
            try pool.storeRaw(stored, block)
        }
        let result = try pool.verify(VerifyOptions(threadCount: 1))
        #expect(
            Set(result.problems.map { Found($0) })
                == Set(places.map { blocks[$0].found(.decompressFailed) }))
    }

    @Test(
        "a match that reaches back by nothing is found, though the library lets it pass",
        arguments: [VerifyDepth.standard, .deep])
    func foundAtAnyDepth(depth: VerifyDepth) throws {
        let pool = try EditedPool("compress")
        let block = try Self.neighbours(pool)[0]
        var stored = try pool.editor.reader.readStored(block.pointer).bytes
        // Behind the payload's length: the first token, its literals, of which there are fewer than 15, and the distance.
        let literals = Int(stored[4] >> 4)
        try #require(literals < 15)
        stored.replaceSubrange(5 + literals..<7 + literals, with: [0, 0])
        let size = block.pointer.logicalSize
        #expect(
            try CompressionAlgorithm.lz4.decompress(stored.rawBytes, expectedCount: size).count
                == size)
        try pool.storeRaw(stored, block)
        let result = try pool.verify(VerifyOptions(threadCount: 1, depth: depth))
        #expect(Set(result.problems.map { Found($0) }) == [block.found(.decompressFailed)])
    }

    /// The three blocks of a file, LZ4 streams all, between which nothing lies that could be followed with one of them.
    private static func neighbours(_ pool: EditedPool) throws -> [EditedBlock] {
        let head = try pool.dataset("compress/lz4").object
        let blocks = try (0..<3).map { try pool.block(head, 3, $0) }
        try #require(blocks.allSatisfy { $0.pointer.compression == .lz4 })
        for (one, next) in zip(blocks, blocks.dropFirst()) {
            try #require(one.bytes.upperBound == next.bytes.lowerBound)
        }
        return blocks
    }
}
