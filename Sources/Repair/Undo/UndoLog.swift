package import Bytes
package import Datasets
package import Devices
import Vdevs

/// A file with what stood in every place that a commit writes to, so that the commit can be taken back.
///
/// It is complete and on stable storage before the first write. Like `e2undo` of e2fsprogs.
package struct UndoLog: Sendable {
    private let file: PatchFile

    package var pool: GUID { file.pool }
    /// The group that the pool was at, and the one that the commit makes.
    package var oldTxg: TransactionGroup { file.oldTxg }
    package var newTxg: TransactionGroup { file.newTxg }
    /// The places, with the hashes of what the commit writes there.
    package var records: [PatchFile.Entry] { file.entries }

    /// Reads the list of what is kept, and proves it; throws where the file is no undo log, is damaged or not complete.
    package static func read(_ file: any BlockDevice) throws(RepairError) -> UndoLog {
        try RepairError.ownFile { () throws(PoolError) in
            UndoLog(file: try PatchFile.read(.undoLog, file))
        }
    }

    /// The bytes that stood in a record's place, proved by its hash.
    package func oldBytes(of record: PatchFile.Entry) throws(RepairError) -> [UInt8] {
        try RepairError.ownFile { () throws(PoolError) in try file.bytes(of: record) }
    }

    /// What puts everything back, in the order of the commit backwards: all of a stage, a flush, the next.
    func restoringStages() throws(RepairError) -> [[DeviceWrite]] {
        var stages: [[DeviceWrite]] = []
        for stage in Set(records.map(\.stage)).sorted(by: >) {
            var writes: [DeviceWrite] = []
            for record in records.reversed() where record.stage == stage {
                writes.append(
                    DeviceWrite(record.device, at: record.offset, try oldBytes(of: record)))
            }
            stages.append(writes)
        }
        return stages
    }
}

extension UndoLog {
    /// Keeps what stands in every place that a commit writes to, and returns when it is on stable storage.
    ///
    /// `file` is new and empty; it must not lie on the pool. Throws where a device can't be read, or the file not written.
    package static func write(
        _ commit: PreparedCommit, of pool: Pool, to file: OutputFile
    ) throws(RepairError) {
        try write(
            commit.stages, of: pool, oldTxg: pool.txg, newTxg: commit.txg, to: file)
    }

    /// The same for writes of any kind that bring the pool to another group, in a new file at `path`; what can't be completed is
    /// not left behind.
    static func keep(
        _ stages: [[DeviceWrite]], of pool: Pool, oldTxg: TransactionGroup? = nil,
        newTxg: TransactionGroup, at path: String
    ) throws(RepairError) {
        let file: OutputFile
        do {
            file = try OutputFile.create(path)
        } catch {
            throw .device(error)
        }
        do throws(RepairError) {
            try write(stages, of: pool, oldTxg: oldTxg ?? pool.txg, newTxg: newTxg, to: file)
        } catch {
            OutputFile.discard(path)
            throw error
        }
    }

    private static func write(
        _ stages: [[DeviceWrite]], of pool: Pool, oldTxg: TransactionGroup,
        newTxg: TransactionGroup, to file: OutputFile
    ) throws(RepairError) {
        let heading = PatchFile.Heading(
            .undoLog, pool: pool.guid, oldTxg: oldTxg, newTxg: newTxg)
        try RepairError.ownFile { () throws(PoolError) in
            try PatchFile.write(heading, stages, of: pool.candidate.devices, to: file)
        }
    }
}
