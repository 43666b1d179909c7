package import Bytes

extension MicroZAP {
    /// Where each field of `mzap_phys_t` and `mzap_ent_phys_t` lies on disk.
    package enum Layout {
        /// `ZBT_MICRO`.
        package static let blockType: UInt64 = 1 << 63 + 3
        /// The header and each slot take so many bytes (`MZAP_ENT_LEN`).
        package static let slotSize = 64
        /// `MZAP_NAME_LEN`, the NUL included.
        package static let nameSize = 50

        package static let type = Field<UInt64>("mz_block_type", at: 0)
        package static let salt = Field<UInt64>("mz_salt", at: 8)
        package static let normalization = Field<UInt64>("mz_normflags", at: 16)
        package static let padding = AnyField("mz_pad", 24..<64)

        /// Fields of a slot, from its own start.
        package enum Slot {
            package static let value = Field<UInt64>("mze_value", at: 0)
            package static let collision = Field<UInt32>("mze_cd", at: 8)
            package static let padding = Field<UInt16>("mze_pad", at: 12)
            package static let name = AnyField("mze_name", 14..<64)

            package static let fields = [
                AnyField(value), AnyField(collision), AnyField(padding), name,
            ]
        }

        package static let fields = [
            AnyField(type), AnyField(salt), AnyField(normalization), padding,
        ]
    }
}
