import Bytes
import Vdevs

extension Uberblock {
    /// The uberblock that follows this one, as `uberblock_update` (`module/zfs/uberblock.c`) makes it.
    ///
    /// What tells of multihost protection and of a RAID-Z expansion goes on as it was; the number of writes within a second
    /// begins anew, and a checkpointed uberblock's mark does not go on. `guidSum` takes the place of a wrong `ub_guid_sum`,
    /// and `reflow` of a wrong `ub_raidz_reflow_info`.
    func next(
        txg: TransactionGroup, root: BlockPointer, time: UInt64, guidSum: UInt64? = nil,
        reflow: RaidzReflow? = nil
    ) throws(FormatError) -> Uberblock {
        var bytes = [UInt8](repeating: 0, count: Layout.byteCount)
        try encode(into: &bytes)
        try Layout.txg.write(txg.rawValue, into: &bytes, order)
        try Layout.timestamp.write(max(time, timestamp), into: &bytes, order)
        if let guidSum { try Layout.guidSum.write(guidSum, into: &bytes, order) }
        if let reflow { try Layout.reflow.write(reflow.word, into: &bytes, order) }
        let start = Layout.rootPointerOffset
        bytes.replaceSubrange(start..<start + BlockPointer.byteCount, with: root.encoded(order))
        try Layout.mmpConfig.write(
            multihost.config & ~(0xffff << 32), into: &bytes, order)
        try Layout.checkpointTxg.write(0, into: &bytes, order)
        let encoded = bytes
        return try Uberblock(encoded.rawBytes)
    }

    /// The same with another word on the expansion of a RAID-Z.
    func replacing(_ reflow: RaidzReflow) throws(FormatError) -> Uberblock {
        var bytes = [UInt8](repeating: 0, count: Layout.byteCount)
        try encode(into: &bytes)
        try Layout.reflow.write(reflow.word, into: &bytes, order)
        let encoded = bytes
        return try Uberblock(encoded.rawBytes)
    }
}
