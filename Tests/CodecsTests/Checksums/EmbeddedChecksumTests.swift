import Bytes
import Devices
import TestSupport
import Testing

@testable import Codecs

struct EmbeddedChecksumTests {
    /// A block of a test pool that carries its own checksum.
    struct Sample: Sendable, CustomStringConvertible {
        let pool: String
        let offset: UInt64
        let count: Int
        let algorithm: ChecksumAlgorithm
        let verifier: Checksum
        let order: ByteOrder

        var description: String { "\(pool) \(algorithm) at \(offset)" }

        func bytes() throws -> [UInt8] {
            try FileDevice(path: TestPool.named(pool).devicePaths()[0])
                .read(at: offset, count: count)
        }
    }

    /// Where an allocatable block's address begins on a device: after two labels and the boot block.
    private static let base: UInt64 = 0x40_0000

    private static func label(_ pool: String, _ offset: UInt64, _ order: ByteOrder) -> Sample {
        Sample(
            pool: pool, offset: offset, count: 112 << 10, algorithm: .label,
            verifier: EmbeddedChecksum.labelVerifier(offset: offset), order: order)
    }

    private static func gang(
        _ pool: String, _ offset: UInt64, _ birth: UInt64, _ order: ByteOrder
    ) -> Sample {
        Sample(
            pool: pool, offset: base + offset, count: 512, algorithm: .gangHeader,
            verifier: EmbeddedChecksum.gangVerifier(
                vdev: 0, offset: offset, physicalBirth: TransactionGroup(birth)), order: order)
    }

    private static func log(
        _ offset: UInt64, _ count: Int, _ objectSet: UInt64, _ sequence: UInt64
    ) -> Sample {
        let words: (UInt64, UInt64) =
            objectSet == 0x50
            ? (0xcd27_7f2b_06bb_4be2, 0x365d_9d1a_d6c7_1ccf)
            : (0x6484_3214_6b23_231e, 0xe105_f644_3034_facd)
        return Sample(
            pool: "zil", offset: base + offset, count: count, algorithm: .zilog2,
            verifier: Checksum(words.0, words.1, objectSet, sequence), order: .little)
    }

    /// Gang headers from pointers that zdb lists; log blocks from the pointers in the blocks before.
    static let samples: [Sample] = [
        label("basic", 0x4000, .little), label("basic", 0x44000, .little),
        label("be-disk", 0x4000, .big), label("be-disk", 0x44000, .big),
        gang("gang", 0x15600, 9, .little), gang("gang", 0x71000, 10, .little),
        gang("gang", 0x235800, 19, .little),
        gang("be-disk", 0x388200, 56, .big), gang("be-disk", 0x387c00, 56, .big),
        log(0x5e00, 8192, 0x50, 4), log(0x83400, 20480, 0x8b, 0x1d),
        log(0x3be00, 131072, 0x50, 3),
    ]

    @Test(arguments: samples)
    func `a real block passes`(sample: Sample) throws {
        let bytes = try sample.bytes()
        #expect(
            try EmbeddedChecksum.verify(
                bytes.rawBytes, sample.algorithm, verifier: sample.verifier)
                == .valid(sample.order))
    }

    @Test(arguments: samples)
    func `a block read from another place does not pass`(sample: Sample) throws {
        let bytes = try sample.bytes()
        var verifier = sample.verifier
        verifier.word0 ^= 512
        let result = try EmbeddedChecksum.verify(
            bytes.rawBytes, sample.algorithm, verifier: verifier)
        guard case .invalid = result else {
            Issue.record("\(result)")
            return
        }
    }

    @Test(arguments: samples)
    func `a changed bit does not pass`(sample: Sample) throws {
        var bytes = try sample.bytes()
        bytes[200] ^= 0x10
        #expect(
            try !EmbeddedChecksum.verify(
                bytes.rawBytes, sample.algorithm, verifier: sample.verifier
            ).isValid)
    }

    @Test(arguments: samples)
    func `sealing a real block again changes nothing`(sample: Sample) throws {
        let bytes = try sample.bytes()
        var copy = bytes
        let start = sample.algorithm == .zilog2 ? 144 : copy.count - 40
        copy.replaceSubrange(start..<start + 40, with: [UInt8](repeating: 0xa5, count: 40))
        try EmbeddedChecksum.seal(
            &copy, sample.algorithm, verifier: sample.verifier, sample.order)
        #expect(copy == bytes)
    }

    static let algorithms: [ChecksumAlgorithm] = [.label, .gangHeader, .zilog, .zilog2]

    /// A block as it would be written, with 5000 bytes in use.
    private static func sealed(
        _ algorithm: ChecksumAlgorithm, _ order: ByteOrder
    ) throws -> [UInt8] {
        var bytes = [UInt8](repeating: 0x5a, count: 8192)
        try EmbeddedChecksum.ChainLayout.used.write(5000, into: &bytes, order)
        try EmbeddedChecksum.seal(
            &bytes, algorithm, verifier: Checksum(1, 2, 3, 4), order)
        return bytes
    }

    @Test(arguments: algorithms, ByteOrder.allCases)
    func `a sealed block passes in either order`(
        algorithm: ChecksumAlgorithm, order: ByteOrder
    ) throws {
        let bytes = try Self.sealed(algorithm, order)
        #expect(
            try EmbeddedChecksum.verify(
                bytes.rawBytes, algorithm, verifier: Checksum(1, 2, 3, 4)) == .valid(order))
    }

    @Test(arguments: algorithms, Truncation.lengths(below: 8192, limit: 64))
    func `no truncated block passes`(algorithm: ChecksumAlgorithm, count: Int) throws {
        let bytes = Array(try Self.sealed(algorithm, .little).prefix(count))
        #expect(
            try !EmbeddedChecksum.verify(
                bytes.rawBytes, algorithm, verifier: Checksum(1, 2, 3, 4)
            ).isValid)
    }

    @Test(arguments: algorithms, Fuzz.allCases)
    func `no damaged field passes`(algorithm: ChecksumAlgorithm, verb: Fuzz) throws {
        let good = try Self.sealed(algorithm, .big)
        let start = algorithm == .zilog2 ? 144 : good.count - 40
        var ranges = EmbeddedChecksum.Layout.fields.map { field in
            field.range.lowerBound + start..<field.range.upperBound + start
        }
        ranges += EmbeddedChecksum.ChainLayout.fields.map(\.range)
        for range in ranges {
            var bytes = good
            bytes.replaceSubrange(range, with: verb.apply(to: Array(good[range]), .big))
            guard bytes != good else { continue }
            #expect(
                try !EmbeddedChecksum.verify(
                    bytes.rawBytes, algorithm, verifier: Checksum(1, 2, 3, 4)
                ).isValid)
        }
    }

    @Test func `a checksum that is not embedded is refused`() {
        let bytes = [UInt8](repeating: 0, count: 512)
        #expect(throws: CodecError.self) {
            try EmbeddedChecksum.verify(bytes.rawBytes, .sha256, verifier: .zero)
        }
    }
}
