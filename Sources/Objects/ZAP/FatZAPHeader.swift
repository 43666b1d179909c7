package import Bytes

/// The head of a ZAP that outgrew one block: counts, salt, and the table of pointers to its leaves.
///
/// While the table is small it fills the second half of this block; later it has blocks of its own.
/// Mirrors `zap_phys_t` (`include/sys/zap_impl.h`).
package struct FatZAPHeader: Sendable {
    /// The first block of a pointer table outside the header; 0 while it is embedded.
    package let tableBlock: UInt64
    package let tableBlockCount: UInt64
    /// How many high bits of a hash index the table.
    package let tableShift: UInt64
    /// Where the doubled table is being built; 0 when it is not growing.
    package let nextTableBlock: UInt64
    package let tableBlocksCopied: UInt64
    /// The first block index that was never used.
    package let freeBlock: UInt64
    package let leafCount: UInt64
    package let entryCount: UInt64
    package let salt: UInt64
    /// `U8_TEXTPREP_*` flags.
    package let normalization: UInt64
    package let flags: ZAPFlags
    let block: [UInt8]
    let order: ByteOrder

    package init(_ block: [UInt8], _ order: ByteOrder) throws(FormatError) {
        let bytes = block.rawBytes
        let type = try Layout.type.read(bytes, order)
        guard type == Layout.blockType else {
            throw FormatError(Layout.type.name, .badMagic(type))
        }
        let magic = try Layout.magic.read(bytes, order)
        guard magic == Layout.magicNumber else {
            throw FormatError(Layout.magic.name, .badMagic(magic))
        }
        tableBlock = try Layout.tableBlock.read(bytes, order)
        tableBlockCount = try Layout.tableBlockCount.read(bytes, order)
        tableShift = try Layout.tableShift.read(bytes, order)
        nextTableBlock = try Layout.nextTableBlock.read(bytes, order)
        tableBlocksCopied = try Layout.tableBlocksCopied.read(bytes, order)
        freeBlock = try Layout.freeBlock.read(bytes, order)
        leafCount = try Layout.leafCount.read(bytes, order)
        entryCount = try Layout.entryCount.read(bytes, order)
        salt = try Layout.salt.read(bytes, order)
        normalization = try Layout.normalization.read(bytes, order)
        flags = ZAPFlags(rawValue: try Layout.flags.read(bytes, order))
        guard block.count >= 512, block.count & (block.count - 1) == 0 else {
            throw FormatError(
                "zap_phys_t", .invalid("stands in a block of \(block.count) bytes"))
        }
        self.block = block
        self.order = order
    }

    package var blockSize: Int { block.count }
    /// Log2 of the block size.
    var blockShift: Int { block.count.trailingZeroBitCount }
    /// Whether the pointer table stands in the header's own block.
    package var hasEmbeddedTable: Bool { tableBlockCount == 0 }
    /// Slots of the embedded table: half the block (`ZAP_EMBEDDED_PTRTBL_SHIFT`).
    var embeddedShift: Int { blockShift - 4 }

    var hash: ZAPHash { ZAPHash(salt: salt, flags: flags, normalization: normalization) }
}
