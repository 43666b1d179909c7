import Bytes
import TestSupport
import Testing

@testable import Codecs

struct ZstdTests {
    /// A frame behind ZFS's header for level 3 and version 1.5.4.
    private static func block(_ frame: [UInt8]) -> [UInt8] {
        let count = frame.count
        return [0, 0, UInt8(count >> 8), UInt8(count & 0xff), 3, 0, 0x29, 0x04] + frame
    }

    /// A frame's header without magic number, as RFC 8878 lays it out, and one block of 1 GiB of a byte
    /// repeated: the block's size is limited, so no decoder may believe it.
    static let cases: [(String, [UInt8])] = [
        ("a window of 2 GiB", block([0x00, 0xa8, 0x02, 0x00, 0x00, 0x41])),
        ("the largest window that can be said", block([0x00, 0xff, 0x03, 0x00, 0x00, 0x41])),
        (
            "a content size of 2^64 - 1",
            block([0xe0] + [UInt8](repeating: 0xff, count: 8) + [0x03, 0x00, 0x00, 0x41])
        ),
        (
            "a content size of 16 EiB and no block",
            block([0xe0] + [UInt8](repeating: 0xff, count: 8))
        ),
        ("a repeated byte of 2 MiB", block([0x00, 0x58, 0xfb, 0xff, 0xff, 0x41])),
        ("a block of the reserved type", block([0x00, 0x58, 0x07, 0x00, 0x00, 0x41])),
        ("a reserved bit in the frame's header", block([0x08, 0x58, 0x01, 0x00, 0x00])),
        ("a dictionary", block([0x01, 0x58, 0x2a, 0x01, 0x00, 0x00])),
        (
            "a frame of version 0.5",
            block([0x25, 0xb5, 0x2f, 0xfd] + [UInt8](repeating: 0, count: 40))
        ),
        (
            "a frame of version 0.7",
            block([0x27, 0xb5, 0x2f, 0xfd] + [UInt8](repeating: 0, count: 40))
        ),
        ("a frame with its magic number", block([0x28, 0xb5, 0x2f, 0xfd, 0x00, 0x58, 0x01, 0, 0])),
        ("a skippable frame", block([0x50, 0x2a, 0x4d, 0x18, 0x04, 0, 0, 0, 1, 2, 3, 4])),
        ("an empty frame", block([0x00, 0x58, 0x01, 0x00, 0x00])),
        ("no frame", block([])),
        ("a level of zero", [0, 0, 0, 1, 0, 0, 0x29, 0x04, 0]),
        ("a level that does not exist", [0, 0, 0, 1, 50, 0, 0x29, 0x04, 0]),
        ("half a header", [0, 0, 0, 1]),
        ("a length past the block", [0xff, 0xff, 0xff, 0xff, 3, 0, 0x29, 0x04, 0]),
    ]

    @Test(arguments: cases)
    func `hostile Zstandard is malformed`(what: String, bytes: [UInt8]) {
        #expect(throws: CodecError.self) {
            try CompressionAlgorithm.zstd.decompress(bytes.rawBytes, expectedCount: 4096)
        }
    }

    @Test func `many empty frames do not stand for a block`() {
        let frames = [[UInt8]](repeating: [0x00, 0x58, 0x01, 0x00, 0x00], count: 10_000)
        let bytes = Self.block(Array(frames.joined()))
        #expect(throws: CodecError.self) {
            try CompressionAlgorithm.zstd.decompress(bytes.rawBytes, expectedCount: 4096)
        }
    }

    @Test func `a decoder works on after a malformed block`() throws {
        let decompressor = Decompressor()
        let bytes = Payload.text.bytes(4096)
        let good = try #require(
            try CompressionAlgorithm.zstd.compress(bytes.rawBytes, limit: 4096))
        for (_, bad) in Self.cases {
            _ = try? decompressor.decompress(.zstd, bad.rawBytes, expectedCount: 4096)
            #expect(
                try decompressor.decompress(.zstd, good.rawBytes, expectedCount: 4096) == bytes)
        }
    }

    /// The layouts that hosts of both byte orders wrote, from the comment in `zstd.h`: level 3 and
    /// version 1.4.5, which is 10405.
    static let headers: [[UInt8]] = [
        [0, 0, 1, 0, 0x03, 0x00, 0x28, 0xa5],
        [0, 0, 1, 0, 0x00, 0x28, 0xa5, 0x03],
        [0, 0, 1, 0, 0x03, 0xa5, 0x28, 0x00],
        [0, 0, 1, 0, 0xa5, 0x28, 0x00, 0x03],
    ]

    @Test(arguments: headers)
    func `every layout of level and version is told apart`(bytes: [UInt8]) throws {
        let header = try ZstdHeader(bytes.rawBytes)
        #expect(header.count == 256)
        #expect(header.level == 3)
        #expect(header.version == 10405)
    }

    @Test func `a header is written as current releases do`() throws {
        var bytes = [UInt8](repeating: 0xee, count: 9)
        ZstdHeader(count: 256, level: 3, version: 10405).encode(into: &bytes)
        #expect(bytes == Self.headers[0] + [0xee])
    }

    @Test(arguments: 0..<8)
    func `a truncated header throws`(count: Int) {
        let bytes = Array(Self.headers[0].prefix(count))
        #expect(throws: FormatError.self) { try ZstdHeader(bytes.rawBytes) }
    }

    @Test(arguments: ZstdHeader.Layout.fields, Fuzz.allCases)
    func `no field can crash the decoder`(field: AnyField, verb: Fuzz) {
        var bytes = Self.headers[0]
        bytes.replaceSubrange(field.range, with: verb.apply(to: Array(bytes[field.range])))
        _ = try? ZstdHeader(bytes.rawBytes)
    }
}
