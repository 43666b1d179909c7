package import Bytes
import Datasets
package import Devices
import Vdevs

/// Takes a commit back: puts every byte that stood there before into its place again.
///
/// It refuses another pool, and a pool on which anything has been written since: in each place there must be either what
/// the commit wrote or what stood there before. What goes wrong after an import that wrote to the pool can't be undone so.
/// The order is that of the commit backwards, with the same flushes, so that a stop in between leaves a pool that opens.
package enum Undo {
    /// Puts the old bytes back; `pool` is the GUID of the pool that `targets` belong to.
    package static func run(
        _ log: UndoLog, pool: GUID, on targets: [GUID: any WritableTarget]
    ) throws(RepairError) {
        guard log.pool == pool else {
            throw .undoLog("the undo log is of the pool with GUID \(log.pool), not of \(pool)")
        }
        try confirm(log, on: targets.mapValues { $0 as any BlockDevice })
        try CommitSequence.run(try log.restoringStages(), on: targets)
    }

    /// Proves that nobody has written to the places since, on all devices or on `only` one; reads the whole log and every place.
    package static func confirm(
        _ log: UndoLog, on devices: [GUID: any BlockDevice], only device: GUID? = nil
    ) throws(RepairError) {
        for record in log.records where device == nil || record.device == device {
            let old = try log.oldBytes(of: record)
            guard let device = devices[record.device] else {
                throw .undoLog("the device with GUID \(record.device) is not there")
            }
            let found: [UInt8]
            do {
                found = try device.read(at: record.offset, count: record.byteCount)
            } catch {
                throw .device(error)
            }
            let hash = try RepairError.ownFile { () throws(PoolError) in
                try PatchFile.hash(of: [found])
            }
            guard hash == record.otherHash || found == old else {
                throw .undoLog(
                    "the bytes at \(record.offset) of \(device.name) are neither those of txg "
                        + "\(log.newTxg) nor those before: somebody has written to the pool since")
            }
        }
    }
}
