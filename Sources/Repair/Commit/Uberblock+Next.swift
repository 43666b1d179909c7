import Bytes
import Vdevs

extension Uberblock {
    /// The uberblock that follows this one, as `uberblock_update` (`module/zfs/uberblock.c`) makes it.
    ///
    /// What tells of multihost protection and of a RAID-Z expansion goes on as it was; the number of writes within a second
    /// begins anew, and a checkpointed uberblock's mark does not go on. `guidSum` takes the place of a wrong `ub_guid_sum`.
    func next(
        txg: TransactionGroup, root: BlockPointer, time: UInt64, guidSum: UInt64? = nil
    ) throws(FormatError) -> Uberblock {
        var bytes = [UInt8](repeating: 0, count: Layout.byteCount)
        try encode(into: &bytes)
        try Layout.txg.write(txg.rawValue, into: &bytes, order)
        try Layout.timestamp.write(max(time, timestamp), into: &bytes, order)
        if let guidSum { try Layout.guidSum.write(guidSum, into: &bytes, order) }
        let start = Layout.rootPointerOffset
        bytes.replaceSubrange(start..<start + BlockPointer.byteCount, with: root.encoded(order))
        try Layout.mmpConfig.write(
            multihost.config & ~(0xffff << 32), into: &bytes, order)
        try Layout.checkpointTxg.write(0, into: &bytes, order)
        let encoded = bytes
        return try Uberblock(encoded.rawBytes)
    }
}
