package import Bytes

extension L2ARCHeader {
    /// Where each field of `l2arc_dev_hdr_phys_t` lies.
    package enum Layout {
        /// `ZFSCACHE` in ASCII.
        package static let magicNumber: UInt64 = 0x5a46_5343_4143_4845
        package static let byteCount = 512

        package static let magic = Field<UInt64>("dh_magic", at: 0)
        package static let version = Field<UInt64>("dh_version", at: 8)
        package static let poolGUID = Field<UInt64>("dh_spa_guid", at: 16)
        package static let vdevGUID = Field<UInt64>("dh_vdev_guid", at: 24)
        package static let logEntries = Field<UInt64>("dh_log_entries", at: 32)
        package static let evict = Field<UInt64>("dh_evict", at: 40)
        package static let flags = Field<UInt64>("dh_flags", at: 48)
        package static let start = Field<UInt64>("dh_start", at: 56)
        package static let end = Field<UInt64>("dh_end", at: 64)
        package static let logPointers = 72
        package static let logBlockSize = Field<UInt64>("dh_lb_asize", at: 200)
        package static let logBlockCount = Field<UInt64>("dh_lb_count", at: 208)
        package static let trimTime = Field<UInt64>("dh_trim_action_time", at: 216)
        package static let trimState = Field<UInt64>("dh_trim_state", at: 224)

        package static let fields = [
            AnyField(magic), AnyField(version), AnyField(poolGUID), AnyField(vdevGUID),
            AnyField(logEntries), AnyField(evict), AnyField(flags), AnyField(start), AnyField(end),
            AnyField("dh_start_lbps[0]", 72..<136), AnyField("dh_start_lbps[1]", 136..<200),
            AnyField(logBlockSize), AnyField(logBlockCount), AnyField(trimTime),
            AnyField(trimState),
        ]
    }
}
