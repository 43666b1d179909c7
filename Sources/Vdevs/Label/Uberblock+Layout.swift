package import Bytes

extension Uberblock {
    /// Where each field of `uberblock_t` lies.
    package enum Layout {
        package static let magicNumber: UInt64 = 0x00ba_b10c
        /// The size of the structure in bytes; the slot around it is larger.
        package static let byteCount = 216

        package static let magic = Field<UInt64>("ub_magic", at: 0)
        package static let version = Field<UInt64>("ub_version", at: 8)
        package static let txg = Field<UInt64>("ub_txg", at: 16)
        package static let guidSum = Field<UInt64>("ub_guid_sum", at: 24)
        package static let timestamp = Field<UInt64>("ub_timestamp", at: 32)
        package static let rootPointerOffset = 40
        package static let softwareVersion = Field<UInt64>("ub_software_version", at: 168)
        package static let mmpMagic = Field<UInt64>("ub_mmp_magic", at: 176)
        package static let mmpDelay = Field<UInt64>("ub_mmp_delay", at: 184)
        package static let mmpConfig = Field<UInt64>("ub_mmp_config", at: 192)
        package static let checkpointTxg = Field<UInt64>("ub_checkpoint_txg", at: 200)
        package static let reflow = Field<UInt64>("ub_raidz_reflow_info", at: 208)

        package static let fields = [
            AnyField(magic), AnyField(version), AnyField(txg), AnyField(guidSum),
            AnyField(timestamp), AnyField("ub_rootbp", 40..<168), AnyField(softwareVersion),
            AnyField(mmpMagic), AnyField(mmpDelay), AnyField(mmpConfig), AnyField(checkpointTxg),
            AnyField(reflow),
        ]
    }
}
