package import Bytes

/// Where the records of the pool's history lie in its ring buffer, in the bonus of the history
/// object.
///
/// Offsets are logical bytes that only grow; past `physicalEnd` they wrap round to the end of the
/// creation record, which is never overwritten. Mirrors `spa_history_phys_t`
/// (`include/sys/spa_impl.h`).
package struct HistoryHeader: FixedStructure, Hashable {
    /// `sh_pool_create_len`: where the record of `zpool create` ends.
    package var creationEnd: UInt64
    /// `sh_phys_max_off`: the size of the buffer.
    package var physicalEnd: UInt64
    /// `sh_bof`: where the oldest record kept begins.
    package var begin: UInt64
    /// `sh_eof`: where the newest record ends.
    package var end: UInt64
    /// `sh_records_lost`: how many records were overwritten.
    package var recordsLost: UInt64

    package init(_ bytes: RawSpan, _ order: ByteOrder) throws(FormatError) {
        creationEnd = try Layout.creationEnd.read(bytes, order)
        physicalEnd = try Layout.physicalEnd.read(bytes, order)
        begin = try Layout.begin.read(bytes, order)
        end = try Layout.end.read(bytes, order)
        recordsLost = try Layout.recordsLost.read(bytes, order)
    }
}
