import Bytes
import Testing

@testable import Codecs

/// Input made to overrun, to loop or to fill memory.
struct HostileTests {
    /// A payload behind LZ4's header, which says its true length.
    private static func lz4(_ payload: [UInt8]) -> [UInt8] {
        [0, 0, UInt8(payload.count >> 8), UInt8(payload.count & 0xff)] + payload
    }

    private static let full = [UInt8](repeating: 0xff, count: 4000)

    /// What each is, and the payload; none can give 4096 bytes.
    static let lz4Cases: [(String, [UInt8])] = [
        ("a literal run that goes on to the end", lz4([0xf0] + full)),
        ("a match run that goes on to the end", lz4([0x1f, 0x41, 1, 0] + full)),
        ("a match before the start", lz4([0x10, 0x41, 2, 0, 0x00])),
        ("a match before the start by 64 KiB", lz4([0x1f, 0x41, 0xff, 0xff] + full)),
        ("a literal run past the end", lz4([0x40, 0x41])),
        ("no match behind its token", lz4([0x0f])),
        ("half a distance", lz4([0x10, 0x41, 1])),
        ("a length past the block", [0xff, 0xff, 0xff, 0xff, 0x10, 0x41]),
        ("a length one past the block", [0, 0, 0, 3, 0x10, 0x41]),
        ("no payload", [0, 0, 0, 0]),
        ("half a header", [0, 0]),
    ]

    @Test(arguments: lz4Cases)
    func `hostile LZ4 is malformed`(what: String, bytes: [UInt8]) {
        #expect(throws: CodecError.self) {
            try CompressionAlgorithm.lz4.decompress(bytes.rawBytes, expectedCount: 4096)
        }
    }

    @Test func `a distance of zero gives the same bytes each time, or none`() {
        // One literal, a match of 4091 bytes at distance 0, five literals.
        let lengths = [UInt8](repeating: 0xff, count: 15) + [UInt8](repeating: 0, count: 1)
        let bytes = Self.lz4(
            [0x1f, 0x41, 0, 0] + lengths + [0x50, 0x42, 0x42, 0x42, 0x42, 0x42])
        let results = (0..<3).map { _ in
            try? CompressionAlgorithm.lz4.decompress(bytes.rawBytes, expectedCount: 3850)
        }
        #expect(results[0] == results[1] && results[1] == results[2])
    }

    static let lzjbCases: [(String, [UInt8])] = [
        ("a distance of zero", [0x02, 0x41, 0x00, 0x00]),
        ("a match before anything", [0x01, 0x00, 0x01]),
        ("a match before the start", [0x02, 0x41, 0x00, 0x02]),
        ("half a match", [0x02, 0x41, 0x00]),
        ("nothing behind the flags", [0x00]),
        ("nothing", []),
        ("matches to the end, then nothing", [0xfe, 0x41, 0xfc, 0x01, 0xfc, 0x01, 0xfc, 0x01]),
    ]

    @Test(arguments: lzjbCases)
    func `hostile LZJB is malformed`(what: String, bytes: [UInt8]) {
        #expect(throws: CodecError.self) {
            try CompressionAlgorithm.lzjb.decompress(bytes.rawBytes, expectedCount: 4096)
        }
    }

    @Test func `a match that reaches past the block is cut there`() throws {
        let bytes: [UInt8] = [0x02, 0x41, 0xfc, 0x01]
        #expect(
            try CompressionAlgorithm.lzjb.decompress(bytes.rawBytes, expectedCount: 10)
                == [UInt8](repeating: 0x41, count: 10))
    }

    static let zleCases: [(String, [UInt8])] = [
        ("zeros past the end", [UInt8](repeating: 0xff, count: 30)),
        ("bytes past the end", [UInt8](repeating: 0x3e, count: 9000)),
        ("a run of bytes that ends early", [0x3f, 1, 2, 3]),
        ("a length and nothing else", [0x05]),
        ("nothing", []),
    ]

    @Test(arguments: zleCases)
    func `hostile ZLE is malformed`(what: String, bytes: [UInt8]) {
        #expect(throws: CodecError.self) {
            try CompressionAlgorithm.zle.decompress(bytes.rawBytes, expectedCount: 4096)
        }
    }

    @Test func `a gzip bomb is cut at the block's size`() throws {
        let zeros = [UInt8](repeating: 0, count: 16 << 20)
        let gzip = CompressionAlgorithm.gzip9
        let bomb = try #require(try gzip.compress(zeros.rawBytes, limit: 1 << 20))
        #expect(bomb.count < 20_000)
        #expect(throws: CodecError.self) {
            try gzip.decompress(bomb.rawBytes, expectedCount: 4096)
        }
        #expect(throws: CodecError.self) {
            try gzip.decompress(bomb.rawBytes, expectedCount: zeros.count - 1)
        }
        #expect(try gzip.decompress(bomb.rawBytes, expectedCount: zeros.count) == zeros)
    }

    @Test func `gzip with a wrong checksum or a dictionary is malformed`() throws {
        let bytes = Payload.text.bytes(4096)
        let gzip = CompressionAlgorithm.gzip9
        var packed = try #require(try gzip.compress(bytes.rawBytes, limit: 4096))
        packed[packed.count - 1] ^= 1
        #expect(throws: CodecError.self) {
            try gzip.decompress(packed.rawBytes, expectedCount: 4096)
        }
        let dictionary: [UInt8] = [0x78, 0xbb, 1, 2, 3, 4, 5, 6]
        #expect(throws: CodecError.self) {
            try gzip.decompress(dictionary.rawBytes, expectedCount: 4096)
        }
    }
}
