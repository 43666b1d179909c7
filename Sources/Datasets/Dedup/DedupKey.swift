package import Bytes
package import Codecs

/// What identifies a block in a dedup table: its checksum and its sizes.
///
/// Five words; the key of the table's ZAP. Mirrors `ddt_key_t` (`include/sys/ddt.h`).
package struct DedupKey: Sendable, Hashable {
    /// Its size on disk in bytes.
    package static let byteCount = 40

    /// `ddk_cksum`.
    package let checksum: Checksum
    /// `ddk_prop`.
    package let properties: UInt64

    package init(checksum: Checksum, properties: UInt64) {
        self.checksum = checksum
        self.properties = properties
    }

    /// The five words of a ZAP key.
    package init(words: [UInt64]) throws(FormatError) {
        guard words.count == 5 else {
            throw FormatError("ddt_key_t", .invalid("has \(words.count) words instead of 5"))
        }
        checksum = Checksum(words[0], words[1], words[2], words[3])
        properties = words[4]
    }

    package init(_ bytes: RawSpan, _ order: ByteOrder) throws(FormatError) {
        checksum = Checksum(
            try Layout.checksum0.read(bytes, order), try Layout.checksum1.read(bytes, order),
            try Layout.checksum2.read(bytes, order), try Layout.checksum3.read(bytes, order))
        properties = try Layout.properties.read(bytes, order)
    }

    enum Bits {
        static let logicalSize = BitField(low: 0, count: 16)
        static let physicalSize = BitField(low: 16, count: 16)
        static let compression = BitField(low: 32, count: 7)
        static let crypt = BitField(low: 39, count: 1)
    }

    /// The block's size in bytes when decompressed.
    package var logicalSize: UInt64 { (Bits.logicalSize.read(properties) + 1) << 9 }
    /// The block's size in bytes as stored, before parity.
    package var physicalSize: UInt64 { (Bits.physicalSize.read(properties) + 1) << 9 }
    package var compression: CompressionAlgorithm {
        CompressionAlgorithm(
            rawValue: UInt8(truncatingIfNeeded: Bits.compression.read(properties)))
    }
    /// The block is encrypted, so its third address is no address.
    package var isEncrypted: Bool { Bits.crypt.read(properties) != 0 }
}

extension DedupKey: Comparable {
    /// The order in which a flush goes through a log (`ddt_key_compare`): checksum first.
    package static func < (left: Self, right: Self) -> Bool {
        let (one, other) = (left.checksum, right.checksum)
        return (one.word0, one.word1, one.word2, one.word3, left.properties)
            < (other.word0, other.word1, other.word2, other.word3, right.properties)
    }
}
