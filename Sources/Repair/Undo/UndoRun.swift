package import Datasets
import Devices

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
        try Undo.confirm(log, on: pool.candidate.devices.mapValues(OverlayTarget.init))
    }

    /// Puts the old bytes back.
    package func run() throws(RepairError) {
        try confirm()
        try InUseCheck(pool).checkKernel()
        try Undo.run(log, pool: pool.guid, on: try PoolTargets.open(pool))
    }
}
