import Bytes
package import Datasets
package import Devices
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
        try Undo.confirm(log, on: devices)
    }

    /// The devices by the GUIDs that the log has for them. One that goes by another GUID since is known by what stands in all
    /// places that the log tells of.
    private var devices: [GUID: any BlockDevice] {
        names.compactMapValues { pool.candidate.devices[$0] }
    }

    /// The GUID in the pool of each device of the log.
    private var names: [GUID: GUID] {
        let own = pool.candidate.devices.filter { pool.rootConfig.node($0.key) != nil }
        var names: [GUID: GUID] = [:]
        for guid in Set(log.records.map(\.device)) {
            guard own[guid] == nil else {
                names[guid] = guid
                continue
            }
            let found = own.first { other in
                (try? Undo.confirm(log, on: [guid: other.value], only: guid)) != nil
            }
            names[guid] = found?.key
        }
        return names
    }

    /// What puts everything back, with the GUIDs of the pool.
    private func stages() throws(RepairError) -> [[DeviceWrite]] {
        let names = names
        return try log.restoringStages().map { stage in
            stage.map { write in
                DeviceWrite(
                    names[write.device] ?? write.device, at: write.patch.offset,
                    write.patch.bytes)
            }
        }
    }

    /// Puts the old bytes back, after what stands there now was kept in an undo log of its own at `path`, which must not
    /// exist: with that the repair is carried out again.
    package func run(
        undoLog path: String, interruption: Interruption = Interruption()
    ) throws(RepairError) {
        try InUseCheck(pool).checkKernel()
        let targets = try PoolTargets.open(pool)
        // Nobody else writes to them from now on.
        try confirm()
        let stages = try stages()
        try UndoLog.keep(stages, of: pool, oldTxg: log.newTxg, newTxg: log.oldTxg, at: path)
        guard !interruption.isRequested else {
            OutputFile.discard(path)
            throw .cancelled
        }
        try CommitSequence.run(stages, on: targets, undoLog: path, holding: interruption)
    }

    /// Writes an overlay with which the pool is as if it had been taken back; the pool is left alone.
    package func run(overlay path: String, over old: PoolOverlay?) throws(RepairError) {
        try confirm()
        let writes = try stages().flatMap(\.self)
        try RepairError.ownFile { () throws(PoolError) in
            try PoolOverlay.write(
                writes, of: pool, newTxg: log.oldTxg, over: old, to: path)
        }
    }
}
