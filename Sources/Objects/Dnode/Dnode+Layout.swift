package import Bytes

extension Dnode {
    /// Where each field of `dnode_phys_t` lies on disk.
    package enum Layout {
        package static let type = Field<UInt8>("dn_type", at: 0)
        package static let indirectBlockShift = Field<UInt8>("dn_indblkshift", at: 1)
        package static let levels = Field<UInt8>("dn_nlevels", at: 2)
        package static let pointerCount = Field<UInt8>("dn_nblkptr", at: 3)
        package static let bonusType = Field<UInt8>("dn_bonustype", at: 4)
        package static let checksum = Field<UInt8>("dn_checksum", at: 5)
        package static let compression = Field<UInt8>("dn_compress", at: 6)
        package static let flags = Field<UInt8>("dn_flags", at: 7)
        package static let dataBlockSectors = Field<UInt16>("dn_datablkszsec", at: 8)
        package static let bonusLength = Field<UInt16>("dn_bonuslen", at: 10)
        package static let extraSlots = Field<UInt8>("dn_extra_slots", at: 12)
        package static let padding2 = AnyField("dn_pad2", 13..<16)
        package static let maximumBlockID = Field<UInt64>("dn_maxblkid", at: 16)
        package static let used = Field<UInt64>("dn_used", at: 24)
        package static let padding3 = AnyField("dn_pad3", 32..<64)
        /// Block pointers, bonus and spill pointer begin here (`DNODE_CORE_SIZE`).
        package static let tailOffset = 64

        package static let fields = [
            AnyField(type), AnyField(indirectBlockShift), AnyField(levels),
            AnyField(pointerCount), AnyField(bonusType), AnyField(checksum),
            AnyField(compression), AnyField(flags), AnyField(dataBlockSectors),
            AnyField(bonusLength), AnyField(extraSlots), padding2, AnyField(maximumBlockID),
            AnyField(used), padding3,
        ]
    }
}
