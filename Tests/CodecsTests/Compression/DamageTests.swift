import Bytes
import TestSupport
import Testing

@testable import Codecs

/// What all decoders owe to bad input: an error or the right number of bytes, and nothing else.
struct DamageTests {
    static let algorithms = RoundTripTests.algorithms

    private static func packed(_ algorithm: CompressionAlgorithm, _ size: Int) throws -> [UInt8] {
        let bytes = Payload.text.bytes(size)
        return try #require(try algorithm.compress(bytes.rawBytes, limit: size + 512))
    }

    @Test(arguments: algorithms)
    func `every truncation throws`(algorithm: CompressionAlgorithm) throws {
        let packed = try Self.packed(algorithm, 600)
        let decompressor = Decompressor()
        for count in 0..<packed.count {
            let head = Array(packed.prefix(count))
            #expect(throws: CodecError.self) {
                try decompressor.decompress(algorithm, head.rawBytes, expectedCount: 600)
            }
        }
    }

    @Test(arguments: algorithms, Fuzz.allCases)
    func `no damaged byte crashes a decoder or changes the size`(
        algorithm: CompressionAlgorithm, verb: Fuzz
    ) throws {
        let packed = try Self.packed(algorithm, 300)
        let decompressor = Decompressor()
        for index in packed.indices {
            var bytes = packed
            bytes.replaceSubrange(index...index, with: verb.apply(to: [packed[index]]))
            guard
                let expanded = try? decompressor.decompress(
                    algorithm, bytes.rawBytes, expectedCount: 300)
            else { continue }
            #expect(expanded.count == 300)
        }
        let whole = Payload.text.bytes(300)
        #expect(
            try decompressor.decompress(algorithm, packed.rawBytes, expectedCount: 300) == whole)
    }

    @Test(arguments: algorithms)
    func `noise is refused or gives the right size`(algorithm: CompressionAlgorithm) {
        let decompressor = Decompressor()
        for count in 0..<300 {
            let bytes = Payload.noise.bytes(count)
            let expanded = try? decompressor.decompress(
                algorithm, bytes.rawBytes, expectedCount: 512)
            #expect(expanded == nil || expanded?.count == 512)
        }
    }

    @Test(arguments: algorithms)
    func `a block of no bytes does not crash`(algorithm: CompressionAlgorithm) {
        let empty: [UInt8] = []
        for source in [empty, [0, 0, 0, 0, 0, 0, 0, 0, 0]] {
            _ = try? algorithm.decompress(source.rawBytes, expectedCount: 0)
        }
        _ = try? algorithm.compress(empty.rawBytes, limit: 0)
        _ = try? algorithm.compress(empty.rawBytes, limit: 100)
    }

    @Test(arguments: [-1, CompressionAlgorithm.maximumByteCount + 1, Int.max, Int.min])
    func `a size that no block has is refused`(count: Int) {
        let source: [UInt8] = [1, 2, 3]
        #expect(throws: CodecError.self) {
            try CompressionAlgorithm.lz4.decompress(source.rawBytes, expectedCount: count)
        }
    }

    @Test(arguments: [0, 1, 17, 18, 127, 128, 255])
    func `a value that is no compression is refused by its name`(value: Int) {
        let algorithm = CompressionAlgorithm(rawValue: UInt8(value))
        let source: [UInt8] = [1, 2, 3]
        #expect(throws: CodecError.unknownAlgorithm("compression \(algorithm)")) {
            try algorithm.decompress(source.rawBytes, expectedCount: 512)
        }
        #expect(throws: CodecError.unknownAlgorithm("compression \(algorithm)")) {
            try algorithm.compress(source.rawBytes, limit: 512)
        }
    }

    @Test func `an uncompressed block is copied and must have the size`() throws {
        let source: [UInt8] = [1, 2, 3]
        #expect(
            try CompressionAlgorithm.off.decompress(source.rawBytes, expectedCount: 3) == source)
        #expect(
            throws: CodecError.wrongSize(algorithm: "uncompressed", expected: 4, found: 3)
        ) {
            try CompressionAlgorithm.off.decompress(source.rawBytes, expectedCount: 4)
        }
    }

    @Test func `an empty block is zeros`() throws {
        let source: [UInt8] = [1, 2, 3]
        #expect(
            try CompressionAlgorithm.empty.decompress(source.rawBytes, expectedCount: 512)
                == [UInt8](repeating: 0, count: 512))
    }
}
