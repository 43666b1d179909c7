import Blocks
import Bytes
import Codecs
import Devices
import TestSupport
import Vdevs

/// A pool of one device in memory, on which tests put blocks and make pointers to them.
struct MemoryPool {
    static let birth: UInt64 = 9
    var pieces: [UInt64: [UInt8]] = [:]
    var ashift: UInt64 = 9

    /// Puts bytes at an offset of vdev 0.
    mutating func put(_ bytes: [UInt8], at offset: UInt64) { pieces[offset + 4 << 20] = bytes }

    var reader: BlockReader {
        let leaf = VdevNode(.file, guid: GUID(5), path: "memory", ashift: ashift)
        let device = MemoryDevice(byteCount: 64 << 20, pieces: pieces)
        return BlockReader(
            vdevs: VdevTree(
                root: VdevNode(.root, guid: GUID(0), children: [leaf]), devices: [GUID(5): device]))
    }

    /// A pointer to stored bytes with their Fletcher-4 checksum.
    static func pointer(
        to bytes: [UInt8], at offsets: [UInt64], logicalSize: Int? = nil, isGang: Bool = false,
        compression: CompressionAlgorithm = .off
    ) throws -> BlockPointer {
        var words = [16 of UInt64](repeating: 0)
        for (index, offset) in offsets.enumerated() {
            let dva = DVA(vdev: 0, offset: offset, allocatedSize: 512, isGang: isGang)
            words[index * 2] = dva.word0
            words[index * 2 + 1] = dva.word1
        }
        let sizes =
            UInt64(((logicalSize ?? bytes.count) >> 9) - 1) | UInt64((bytes.count >> 9) - 1) << 16
        let kinds =
            UInt64(compression.rawValue) << 32 | UInt64(ChecksumAlgorithm.fletcher4.rawValue) << 40
        words[6] = sizes | kinds | 19 << 48 | 1 << 63
        words[10] = birth
        let sum = try ChecksumAlgorithm.fletcher4.compute(bytes.rawBytes, .little, salt: nil)
        words[12] = sum.word0
        words[13] = sum.word1
        words[14] = sum.word2
        words[15] = sum.word3
        return BlockPointer(words: words)
    }

    /// A sealed gang header for a pointer whose first copy is at `offset`.
    static func header(
        _ members: [BlockPointer], at offset: UInt64, byteCount: Int = 512,
        _ order: ByteOrder = .little
    ) throws -> [UInt8] {
        var bytes: [UInt8] = []
        for member in members { bytes += member.encoded(order) }
        bytes += [UInt8](repeating: 0, count: byteCount - bytes.count)
        let verifier = EmbeddedChecksum.gangVerifier(
            vdev: 0, offset: offset, physicalBirth: TransactionGroup(birth))
        try EmbeddedChecksum.seal(&bytes, .gangHeader, verifier: verifier, order)
        return bytes
    }

    static func noise(_ count: Int, _ seed: UInt64 = 1) -> [UInt8] {
        var generator = SplitMix64(state: seed)
        return (0..<count).map { _ in generator.next() }
    }
}
