package import Bytes
package import Codecs
package import Vdevs

/// The list of smaller blocks in which a block was stored when no free run was long enough for it.
///
/// Old headers are one sector of 512 bytes with three pointers; dynamic ones are as long as the smallest
/// allocation of their vdevs. The header carries its own checksum. Mirrors `zio_gbh_phys_t` (`include/sys/zio.h`).
package struct GangHeader: Sendable, Hashable {
    /// The size of every header before the feature `dynamic_gang_header` (`SPA_OLD_GANGBLOCKSIZE`).
    package static let legacyByteCount = 512

    /// The bytes of the header, the padding and the checksum at its end included.
    package let byteCount: Int
    /// All pointers in order; those that are not used are holes.
    package let pointers: [BlockPointer]
    /// The order of the host that wrote the header.
    package let order: ByteOrder
    /// The magic number at the end (`zec_magic`) and the checksum after it (`zec_cksum`).
    package let checksum: Checksum

    /// Decodes a header that takes all of `bytes`; the checksum is not looked at.
    package init(_ bytes: RawSpan) throws(FormatError) {
        let count = bytes.byteCount
        guard count >= Self.legacyByteCount, count % BlockPointer.byteCount == 0 else {
            throw FormatError("zio_gbh_phys_t", .invalid("can't be \(count) bytes long"))
        }
        let magic = Field<UInt64>("zec_magic", at: Layout.trailerOffset(count))
        let word = try magic.read(bytes, .little)
        switch word {
        case EmbeddedChecksum.Layout.magicNumber: order = .little
        case EmbeddedChecksum.Layout.magicNumber.byteSwapped: order = .big
        default: throw FormatError(magic.name, .badMagic(word))
        }
        var pointers: [BlockPointer] = []
        for index in 0..<Layout.pointerCount(count) {
            pointers.append(
                try BlockPointer(bytes, at: index * BlockPointer.byteCount, order))
        }
        var words: [UInt64] = []
        for index in 0..<4 {
            words.append(try Layout.checksumWord(index, of: count).read(bytes, order))
        }
        checksum = Checksum(words[0], words[1], words[2], words[3])
        self.pointers = pointers
        byteCount = count
    }
}
