import Bytes
package import Datasets
import Devices
import Vdevs

/// Takes a repair of a pool back, if nobody has the pool or has written to it since.
package struct UndoRun: Sendable {
    private let pool: Pool
    private let log: UndoLog

    package init(pool: Pool, log: UndoLog) {
        self.pool = pool
        self.log = log
    }

    /// Throws where it can't be taken back; opens no device for writing.
    package func confirm() throws(RepairError) {
        guard log.pool == pool.guid else {
            throw .undoLog(
                "the undo log is of the pool with GUID \(log.pool), not of \(pool.guid)")
        }
        try Undo.confirm(log, on: pool.candidate.devices)
    }

    /// Puts the old bytes back, after what stands there now was kept in an undo log of its own at `path`, which must not
    /// exist: with that the repair is carried out again.
    package func run(undoLog path: String) throws(RepairError) {
        try confirm()
        try InUseCheck(pool).checkKernel()
        let targets = try PoolTargets.open(pool)
        let stages = try log.restoringStages()
        let file: OutputFile
        do {
            file = try OutputFile.create(path)
        } catch {
            throw .device(error)
        }
        try UndoLog.write(
            stages, of: pool, oldTxg: log.newTxg, newTxg: log.oldTxg, to: file)
        try CommitSequence.run(stages, on: targets)
    }

    /// Writes an overlay with which the pool is as if it had been taken back; the pool is left alone.
    package func run(overlay path: String, over old: PoolOverlay?) throws(RepairError) {
        try confirm()
        let writes = try log.restoringStages().flatMap(\.self)
        try RepairError.ownFile { () throws(PoolError) in
            try PoolOverlay.write(
                writes, of: pool, newTxg: log.oldTxg, over: old, to: path)
        }
    }
}
