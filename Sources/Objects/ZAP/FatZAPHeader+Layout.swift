package import Bytes

extension FatZAPHeader {
    /// Where each field of `zap_phys_t` lies on disk.
    package enum Layout {
        /// `ZBT_HEADER`.
        package static let blockType: UInt64 = 1 << 63 + 1
        /// `ZAP_MAGIC`.
        package static let magicNumber: UInt64 = 0x2_f52a_b2ab

        package static let type = Field<UInt64>("zap_block_type", at: 0)
        package static let magic = Field<UInt64>("zap_magic", at: 8)
        package static let tableBlock = Field<UInt64>("zap_ptrtbl.zt_blk", at: 16)
        package static let tableBlockCount = Field<UInt64>("zap_ptrtbl.zt_numblks", at: 24)
        package static let tableShift = Field<UInt64>("zap_ptrtbl.zt_shift", at: 32)
        package static let nextTableBlock = Field<UInt64>("zap_ptrtbl.zt_nextblk", at: 40)
        package static let tableBlocksCopied = Field<UInt64>("zap_ptrtbl.zt_blks_copied", at: 48)
        package static let freeBlock = Field<UInt64>("zap_freeblk", at: 56)
        package static let leafCount = Field<UInt64>("zap_num_leafs", at: 64)
        package static let entryCount = Field<UInt64>("zap_num_entries", at: 72)
        package static let salt = Field<UInt64>("zap_salt", at: 80)
        package static let normalization = Field<UInt64>("zap_normflags", at: 88)
        package static let flags = Field<UInt64>("zap_flags", at: 96)
        /// Where the fields end; padding follows up to the embedded pointer table.
        package static let byteCount = 104

        package static let fields = [
            AnyField(type), AnyField(magic), AnyField(tableBlock), AnyField(tableBlockCount),
            AnyField(tableShift), AnyField(nextTableBlock), AnyField(tableBlocksCopied),
            AnyField(freeBlock), AnyField(leafCount), AnyField(entryCount), AnyField(salt),
            AnyField(normalization), AnyField(flags),
        ]
    }
}
