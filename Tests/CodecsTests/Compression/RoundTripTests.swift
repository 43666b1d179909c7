import Bytes
import TestSupport
import Testing

@testable import Codecs

struct RoundTripTests {
    static let algorithms: [CompressionAlgorithm] =
        [.lzjb, .zle, .lz4, .zstd] + [5, 10, 13].map { CompressionAlgorithm(rawValue: $0) }
    static let sizes = [1, 2, 3, 17, 511, 512, 4096, 10_000]

    @Test(arguments: algorithms, Payload.allCases)
    func `what is packed expands to the same bytes`(
        algorithm: CompressionAlgorithm, payload: Payload
    ) throws {
        let decompressor = Decompressor()
        for size in Self.sizes {
            let bytes = payload.bytes(size)
            let packed = try #require(
                try algorithm.compress(bytes.rawBytes, limit: size + size / 4 + 64))
            let expanded = try decompressor.decompress(
                algorithm, packed.rawBytes, expectedCount: size)
            #expect(expanded == bytes)
            // On disk a payload is followed by zeros up to a whole sector.
            let padded = packed + [UInt8](repeating: 0, count: 512)
            #expect(
                try decompressor.decompress(algorithm, padded.rawBytes, expectedCount: size)
                    == bytes)
        }
    }

    @Test(arguments: algorithms)
    func `what does not fit gives nothing`(algorithm: CompressionAlgorithm) throws {
        let noise = Payload.noise.bytes(4096)
        for limit in [0, 1, 4, 5, 8, 9, 100, 3584] {
            #expect(try algorithm.compress(noise.rawBytes, limit: limit) == nil)
        }
        let text = Payload.text.bytes(4096)
        let packed = try #require(try algorithm.compress(text.rawBytes, limit: 5000))
        #expect(try algorithm.compress(text.rawBytes, limit: packed.count - 1) == nil)
    }

    /// The size that OpenZFS stored, in whole sectors of 512 bytes, for a block of a real pool.
    @Test(arguments: RealBlock.all.filter { $0.pool == "compress" && $0.file != "-" })
    func `real blocks pack about as small as OpenZFS packs them`(block: RealBlock) throws {
        guard block.compression != .off, block.compression != .zstd else { return }
        let stored = try block.stored()
        let bytes = try block.compression.decompress(
            stored.rawBytes, expectedCount: block.logicalSize)
        let packed = try #require(
            try block.compression.compress(bytes.rawBytes, limit: block.logicalSize))
        #expect(packed.count <= block.physicalSize + block.physicalSize / 8)
    }

    @Test(arguments: Array(1...19) + Array(103...123))
    func `every Zstandard level of ZFS can be written and read`(level: Int) throws {
        let bytes = Payload.text.bytes(8192)
        let packed = try #require(
            try CompressionAlgorithm.zstd.compress(
                bytes.rawBytes, limit: 9000, zstdLevel: UInt8(level)))
        #expect(try ZstdHeader(packed.rawBytes).level == UInt8(level))
        #expect(
            try CompressionAlgorithm.zstd.decompress(packed.rawBytes, expectedCount: 8192)
                == bytes)
    }

    @Test func `a pool of decompressors serves many threads`() async throws {
        let pool = DecompressorPool()
        let bytes = Payload.text.bytes(4096)
        let packed = try Self.algorithms.map { algorithm in
            (algorithm, try #require(try algorithm.compress(bytes.rawBytes, limit: 8192)))
        }
        try await withThrowingTaskGroup(of: Bool.self) { group in
            for task in 0..<8 {
                group.addTask {
                    for turn in 0..<50 {
                        let (algorithm, payload) = packed[(task + turn) % packed.count]
                        let expanded = try pool.decompress(
                            algorithm, payload.rawBytes, expectedCount: 4096)
                        guard expanded == bytes else { return false }
                    }
                    return true
                }
            }
            for try await isRight in group { #expect(isRight) }
        }
    }

    @Test func `a level that ZFS does not have is refused`() {
        let bytes = Payload.text.bytes(512)
        for level: UInt8 in [0, 20, 101, 102, 124, 251, 255] {
            #expect(throws: CodecError.self) {
                try CompressionAlgorithm.zstd.compress(
                    bytes.rawBytes, limit: 512, zstdLevel: level)
            }
        }
    }
}
