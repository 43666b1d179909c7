package import Bytes

extension ScanState {
    /// Where each field of `dsl_scan_phys_t` lies on disk.
    package enum Layout {
        package static let byteCount = 192

        package static let function = Field<UInt64>("scn_func", at: 0)
        package static let state = Field<UInt64>("scn_state", at: 8)
        package static let queue = Field<UInt64>("scn_queue_obj", at: 16)
        package static let minTxg = Field<UInt64>("scn_min_txg", at: 24)
        package static let maxTxg = Field<UInt64>("scn_max_txg", at: 32)
        package static let currentMinTxg = Field<UInt64>("scn_cur_min_txg", at: 40)
        package static let currentMaxTxg = Field<UInt64>("scn_cur_max_txg", at: 48)
        package static let startTime = Field<UInt64>("scn_start_time", at: 56)
        package static let endTime = Field<UInt64>("scn_end_time", at: 64)
        package static let toExamine = Field<UInt64>("scn_to_examine", at: 72)
        package static let examined = Field<UInt64>("scn_examined", at: 80)
        package static let skipped = Field<UInt64>("scn_skipped", at: 88)
        package static let processed = Field<UInt64>("scn_processed", at: 96)
        package static let errors = Field<UInt64>("scn_errors", at: 104)
        package static let dedupClassMax = Field<UInt64>("scn_ddt_class_max", at: 112)
        package static let dedupClass = Field<UInt64>("scn_ddt_bookmark.ddb_class", at: 120)
        package static let dedupType = Field<UInt64>("scn_ddt_bookmark.ddb_type", at: 128)
        package static let dedupChecksum = Field<UInt64>("scn_ddt_bookmark.ddb_checksum", at: 136)
        package static let dedupCursor = Field<UInt64>("scn_ddt_bookmark.ddb_cursor", at: 144)
        package static let dataset = Field<UInt64>("scn_bookmark.zb_objset", at: 152)
        package static let object = Field<UInt64>("scn_bookmark.zb_object", at: 160)
        package static let level = Field<UInt64>("scn_bookmark.zb_level", at: 168)
        package static let block = Field<UInt64>("scn_bookmark.zb_blkid", at: 176)
        package static let flags = Field<UInt64>("scn_flags", at: 184)

        package static let fields = [
            AnyField(function),
            AnyField(state),
            AnyField(queue),
            AnyField(minTxg),
            AnyField(maxTxg),
            AnyField(currentMinTxg),
            AnyField(currentMaxTxg),
            AnyField(startTime),
            AnyField(endTime),
            AnyField(toExamine),
            AnyField(examined),
            AnyField(skipped),
            AnyField(processed),
            AnyField(errors),
            AnyField(dedupClassMax),
            AnyField(dedupClass),
            AnyField(dedupType),
            AnyField(dedupChecksum),
            AnyField(dedupCursor),
            AnyField(dataset),
            AnyField(object),
            AnyField(level),
            AnyField(block),
            AnyField(flags),
        ]
    }

    package static var byteCount: Int { Layout.byteCount }
    package static var fields: [AnyField] { Layout.fields }
}
