package import Bytes
package import Vdevs

/// Where a dataset's intent log begins and how far it was claimed and replayed.
///
/// It stands in every object set. Mirrors `zil_header_t` (`include/sys/zil.h`).
package struct IntentLogHeader: Sendable, Hashable {
    /// Its size on disk in bytes.
    package static let byteCount = 192

    /// In which txg the log's blocks were claimed; 0 if never.
    package let claimTxg: TransactionGroup
    /// The highest sequence number that was replayed.
    package let replaySequence: UInt64
    /// The first block of the chain; a hole where there is no log.
    package let log: BlockPointer
    /// The highest block sequence number that was claimed.
    package let claimBlockSequence: UInt64
    package let flags: UInt64
    /// The highest record sequence number that was claimed.
    package let claimRecordSequence: UInt64

    package init(_ bytes: RawSpan, _ order: ByteOrder) throws(FormatError) {
        claimTxg = TransactionGroup(try Layout.claimTxg.read(bytes, order))
        replaySequence = try Layout.replaySequence.read(bytes, order)
        log = try BlockPointer(bytes, at: Layout.log.range.lowerBound, order)
        claimBlockSequence = try Layout.claimBlockSequence.read(bytes, order)
        flags = try Layout.flags.read(bytes, order)
        claimRecordSequence = try Layout.claimRecordSequence.read(bytes, order)
    }
}
