package import Bytes
package import Codecs

/// One buffer that a cache device holds, as a log block tells of it.
///
/// Mirrors `l2arc_log_ent_phys_t` (`include/sys/arc_impl.h`).
package struct L2ARCLogEntry: Sendable, Hashable {
    /// Its size on disk in bytes.
    package static let byteCount = 64

    /// `le_dva`: where the block lies in the pool.
    package let dva: DVA
    /// `le_birth`: when the block was born.
    package let birth: TransactionGroup
    /// `le_prop`: sizes and kinds.
    package let properties: UInt64
    /// `le_daddr`: where the buffer lies on the cache device, in bytes.
    package let address: UInt64
    /// `le_complevel`.
    package let compressionLevel: UInt64

    private enum Bits {
        static let logicalSize = BitField(low: 0, count: 16)
        static let physicalSize = BitField(low: 16, count: 16)
        static let compression = BitField(low: 32, count: 7)
        static let protected = BitField(low: 56, count: 1)
    }

    package init(_ bytes: RawSpan, _ order: ByteOrder) throws(FormatError) {
        dva = DVA(
            word0: try Layout.dvaWord0.read(bytes, order),
            word1: try Layout.dvaWord1.read(bytes, order))
        birth = TransactionGroup(try Layout.birth.read(bytes, order))
        properties = try Layout.properties.read(bytes, order)
        address = try Layout.address.read(bytes, order)
        compressionLevel = try Layout.compressionLevel.read(bytes, order)
    }

    /// Bytes after decompression. Sound: 16 bits plus one, times 512.
    package var logicalSize: UInt64 { (Bits.logicalSize.read(properties) + 1) << 9 }
    /// Bytes on the cache device.
    package var physicalSize: UInt64 { (Bits.physicalSize.read(properties) + 1) << 9 }
    package var compression: CompressionAlgorithm {
        CompressionAlgorithm(rawValue: UInt8(truncatingIfNeeded: Bits.compression.read(properties)))
    }
    /// The block is encrypted or authenticated.
    package var isProtected: Bool { Bits.protected.read(properties) != 0 }

    /// Where each field of `l2arc_log_ent_phys_t` lies.
    package enum Layout {
        package static let dvaWord0 = Field<UInt64>("le_dva.dva_word[0]", at: 0)
        package static let dvaWord1 = Field<UInt64>("le_dva.dva_word[1]", at: 8)
        package static let birth = Field<UInt64>("le_birth", at: 16)
        package static let properties = Field<UInt64>("le_prop", at: 24)
        package static let address = Field<UInt64>("le_daddr", at: 32)
        package static let compressionLevel = Field<UInt64>("le_complevel", at: 40)
        package static let padding = AnyField("le_pad", 48..<64)

        package static let fields = [
            AnyField(dvaWord0), AnyField(dvaWord1), AnyField(birth), AnyField(properties),
            AnyField(address), AnyField(compressionLevel), padding,
        ]
    }
}
