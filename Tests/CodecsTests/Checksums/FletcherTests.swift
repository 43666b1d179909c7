import Bytes
import TestSupport
import Testing

@testable import Codecs

struct FletcherTests {
    /// Sizes around the kernel's step of 32 bytes, and those of real blocks.
    static let sizes = Array(0...100) + [511, 512, 4096, 4100, 65_536, 131_072, 131_071]

    private static func bytes(_ count: Int) -> [UInt8] {
        var generator = Seed.generator(for: [UInt8(truncatingIfNeeded: count)])
        return (0..<count).map { _ in generator.next() }
    }

    /// Fletcher-4 as its definition reads, word by word.
    private static func fletcher4(_ bytes: [UInt8], _ order: ByteOrder) -> Checksum {
        var sums = Checksum.zero
        for start in stride(from: 0, to: bytes.count / 4 * 4, by: 4) {
            let word = bytes[start..<start + 4]
            let digits = order == .big ? Array(word) : word.reversed()
            sums.word0 &+= digits.reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
            sums.word1 &+= sums.word0
            sums.word2 &+= sums.word1
            sums.word3 &+= sums.word2
        }
        return sums
    }

    /// Fletcher-2 as its definition reads, two words at a time.
    private static func fletcher2(_ bytes: [UInt8], _ order: ByteOrder) -> Checksum {
        var sums = Checksum.zero
        for start in stride(from: 0, to: bytes.count / 16 * 16, by: 16) {
            let words = [bytes[start..<start + 8], bytes[start + 8..<start + 16]].map { word in
                let digits = order == .big ? Array(word) : word.reversed()
                return digits.reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
            }
            sums.word0 &+= words[0]
            sums.word1 &+= words[1]
            sums.word2 &+= sums.word0
            sums.word3 &+= sums.word1
        }
        return sums
    }

    @Test(arguments: sizes, ByteOrder.allCases)
    func `both agree with their definitions`(size: Int, order: ByteOrder) throws {
        let bytes = Self.bytes(size)
        #expect(
            try ChecksumAlgorithm.fletcher4.compute(bytes.rawBytes, order)
                == Self.fletcher4(bytes, order))
        #expect(
            try ChecksumAlgorithm.fletcher2.compute(bytes.rawBytes, order)
                == Self.fletcher2(bytes, order))
    }

    @Test(arguments: 0..<8)
    func `the bytes need no alignment`(offset: Int) throws {
        let bytes = Self.bytes(4096 + offset)
        let slice = try bytes.rawBytes.slice(at: offset, count: 4096)
        #expect(
            try ChecksumAlgorithm.fletcher4.compute(slice, .little)
                == Self.fletcher4(Array(bytes[offset...]), .little))
    }

    @Test func `sums of the largest words wrap around`() throws {
        let bytes = [UInt8](repeating: 0xff, count: 1 << 18)
        #expect(
            try ChecksumAlgorithm.fletcher4.compute(bytes.rawBytes, .little)
                == Self.fletcher4(bytes, .little))
    }
}
