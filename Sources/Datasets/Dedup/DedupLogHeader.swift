package import Bytes

/// The state of one of a fast dedup table's two logs, in the bonus of the log object.
///
/// Mirrors `ddt_log_header_t` (`include/sys/ddt_impl.h`).
package struct DedupLogHeader: FixedStructure, Hashable {
    /// `dlh_info`: the version in bits 0 to 7, flags in bits 8 to 15.
    package var info: UInt64
    /// `dlh_length`: how much of the log is in use.
    package var length: UInt64
    /// `dlh_first_txg`: when this log became the active one.
    package var firstTxg: TransactionGroup
    /// `dlh_checkpoint.ddk_cksum[0]`: the key up to which a flush has come: checksum.
    package var checkpoint0: UInt64
    /// `dlh_checkpoint.ddk_cksum[1]`.
    package var checkpoint1: UInt64
    /// `dlh_checkpoint.ddk_cksum[2]`.
    package var checkpoint2: UInt64
    /// `dlh_checkpoint.ddk_cksum[3]`.
    package var checkpoint3: UInt64
    /// `dlh_checkpoint.ddk_prop`: the key up to which a flush has come: sizes.
    package var checkpointProperties: UInt64

    package init(_ bytes: RawSpan, _ order: ByteOrder) throws(FormatError) {
        info = try Layout.info.read(bytes, order)
        length = try Layout.length.read(bytes, order)
        firstTxg = TransactionGroup(try Layout.firstTxg.read(bytes, order))
        checkpoint0 = try Layout.checkpoint0.read(bytes, order)
        checkpoint1 = try Layout.checkpoint1.read(bytes, order)
        checkpoint2 = try Layout.checkpoint2.read(bytes, order)
        checkpoint3 = try Layout.checkpoint3.read(bytes, order)
        checkpointProperties = try Layout.checkpointProperties.read(bytes, order)
    }
}
