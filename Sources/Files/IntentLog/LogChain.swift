package import Bytes
package import Codecs
package import Vdevs

/// What ties a log block to the next one and says how much of it is used.
///
/// It stands at the front of blocks whose checksum is of the second kind, and at the end of older ones.
/// Mirrors `zil_chain_t` (`include/sys/zil.h`).
package struct LogChain: Sendable {
    /// The next block, allocated before it was written; the last one never was.
    package let next: BlockPointer
    /// `zc_nused`: the end of the used bytes, counted with the chain where that stands in front.
    package let used: UInt64
    /// `zc_pad`, always zero.
    package let padding: UInt64
    package let order: ByteOrder
    /// Where in the block the records lie.
    package let records: Range<Int>

    /// Decodes the chain of a whole log block; throws where it has none or claims more than the block.
    package init(block: RawSpan, _ algorithm: ChecksumAlgorithm) throws(FormatError) {
        let inFront = algorithm == .zilog2
        let size = block.byteCount
        guard size >= Layout.byteCount else {
            throw FormatError(
                "zil_chain_t",
                .outOfBounds(OutOfBounds(offset: 0, count: Layout.byteCount, available: size)))
        }
        let start = inFront ? 0 : size - Layout.byteCount
        let own = block.extracting(start..<start + Layout.byteCount)
        let magic = try Layout.magic.read(own, .little)
        switch magic {
        case Layout.magicNumber: order = .little
        case Layout.magicNumber.byteSwapped: order = .big
        default: throw FormatError(Layout.magic.name, .badMagic(magic))
        }
        padding = try Layout.padding.read(own, order)
        next = try BlockPointer(own, at: Layout.next.range.lowerBound, order)
        used = try Layout.used.read(own, order)
        guard let end = Int(exactly: used) else {
            throw FormatError(Layout.used.name, .badValue(used))
        }
        if inFront {
            guard end >= Layout.byteCount, end <= size else {
                throw FormatError(Layout.used.name, .badValue(used))
            }
            records = Layout.byteCount..<end
        } else {
            guard end <= size - Layout.byteCount else {
                throw FormatError(Layout.used.name, .badValue(used))
            }
            records = 0..<end
        }
    }
}
