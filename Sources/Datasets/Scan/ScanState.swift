package import Bytes

/// The progress of the current or last scrub or resilver, an array in the object directory.
///
/// Sizes are bytes, times seconds since 1970. Mirrors `dsl_scan_phys_t`
/// (`include/sys/dsl_scan.h`).
package struct ScanState: FixedStructure, Hashable {
    /// `scn_func`.
    package var function: ScanFunction
    /// `scn_state`.
    package var state: ScanProgress
    /// `scn_queue_obj`: the ZAP of datasets still to visit.
    package var queue: UInt64
    /// `scn_min_txg`: blocks born up to it are skipped.
    package var minTxg: TransactionGroup
    /// `scn_max_txg`: blocks born after it are skipped.
    package var maxTxg: TransactionGroup
    /// `scn_cur_min_txg`: the same for the dataset at hand.
    package var currentMinTxg: TransactionGroup
    /// `scn_cur_max_txg`: the same for the dataset at hand.
    package var currentMaxTxg: TransactionGroup
    /// `scn_start_time`: when it began.
    package var startTime: UInt64
    /// `scn_end_time`: when it ended.
    package var endTime: UInt64
    /// `scn_to_examine`: how much there was to look at when it began.
    package var toExamine: UInt64
    /// `scn_examined`: how much it has looked at.
    package var examined: UInt64
    /// `scn_skipped`: how much it passed over as not in question.
    package var skipped: UInt64
    /// `scn_processed`: how much it repaired or resilvered.
    package var processed: UInt64
    /// `scn_errors`: blocks that could not be read.
    package var errors: UInt64
    /// `scn_ddt_class_max`: the highest dedup table class it reads first.
    package var dedupClassMax: UInt64
    /// `scn_ddt_bookmark.ddb_class`: where it stands in the dedup tables: class.
    package var dedupClass: UInt64
    /// `scn_ddt_bookmark.ddb_type`: where it stands in the dedup tables: storage type.
    package var dedupType: UInt64
    /// `scn_ddt_bookmark.ddb_checksum`: where it stands in the dedup tables: checksum.
    package var dedupChecksum: UInt64
    /// `scn_ddt_bookmark.ddb_cursor`: where it stands in the dedup tables: ZAP cursor.
    package var dedupCursor: UInt64
    /// `scn_bookmark.zb_objset`: where it stands: dataset.
    package var dataset: UInt64
    /// `scn_bookmark.zb_object`: where it stands: object.
    package var object: UInt64
    /// `scn_bookmark.zb_level`: where it stands: level of the object's tree.
    package var level: Int64
    /// `scn_bookmark.zb_blkid`: where it stands: block of that level.
    package var block: UInt64
    /// `scn_flags`: bit 0: a dataset must be visited again; 1: paused; 2: thorough.
    package var flags: UInt64

    package init(_ bytes: RawSpan, _ order: ByteOrder) throws(FormatError) {
        function = ScanFunction(rawValue: try Layout.function.read(bytes, order))
        state = ScanProgress(rawValue: try Layout.state.read(bytes, order))
        queue = try Layout.queue.read(bytes, order)
        minTxg = TransactionGroup(try Layout.minTxg.read(bytes, order))
        maxTxg = TransactionGroup(try Layout.maxTxg.read(bytes, order))
        currentMinTxg = TransactionGroup(try Layout.currentMinTxg.read(bytes, order))
        currentMaxTxg = TransactionGroup(try Layout.currentMaxTxg.read(bytes, order))
        startTime = try Layout.startTime.read(bytes, order)
        endTime = try Layout.endTime.read(bytes, order)
        toExamine = try Layout.toExamine.read(bytes, order)
        examined = try Layout.examined.read(bytes, order)
        skipped = try Layout.skipped.read(bytes, order)
        processed = try Layout.processed.read(bytes, order)
        errors = try Layout.errors.read(bytes, order)
        dedupClassMax = try Layout.dedupClassMax.read(bytes, order)
        dedupClass = try Layout.dedupClass.read(bytes, order)
        dedupType = try Layout.dedupType.read(bytes, order)
        dedupChecksum = try Layout.dedupChecksum.read(bytes, order)
        dedupCursor = try Layout.dedupCursor.read(bytes, order)
        dataset = try Layout.dataset.read(bytes, order)
        object = try Layout.object.read(bytes, order)
        level = Int64(bitPattern: try Layout.level.read(bytes, order))
        block = try Layout.block.read(bytes, order)
        flags = try Layout.flags.read(bytes, order)
    }
}

extension ScanState {
    package var isRunning: Bool { state == .running }
    /// `DSF_SCRUB_PAUSED`.
    package var isPaused: Bool { flags & 2 != 0 }
}
