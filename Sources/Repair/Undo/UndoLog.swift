package import Bytes
import Devices

/// A file with what stood in every place that a commit writes to, so that the commit can be taken back.
///
/// It is complete and on stable storage before the first write. The form is ours, in little-endian order, each part guarded
/// by XXH3: a header, and for each write a record with the bytes that were there. Like `e2undo` of e2fsprogs.
package struct UndoLog: Sendable {
    /// What stood in the place of one write.
    package struct Record: Sendable, Hashable {
        /// The leaf's GUID.
        package let device: GUID
        /// The stage of the commit that it belongs to, from 0.
        package let stage: Int
        /// In bytes from the start of the device.
        package let offset: UInt64
        package let byteCount: Int
        /// The hash of what the commit writes there.
        let newHash: String
        /// The hash of the record, the old bytes included.
        let hash: String
        /// Where the old bytes begin in the file.
        let place: UInt64
    }

    package let pool: GUID
    /// The group that the pool was at, and the one that the commit makes.
    package let oldTxg: TransactionGroup
    package let newTxg: TransactionGroup
    package let records: [Record]
    private let file: any BlockDevice

    init(
        pool: GUID, oldTxg: TransactionGroup, newTxg: TransactionGroup, records: [Record],
        file: any BlockDevice
    ) {
        self.pool = pool
        self.oldTxg = oldTxg
        self.newTxg = newTxg
        self.records = records
        self.file = file
    }

    /// The bytes that stood in a record's place, proved by its hash.
    package func oldBytes(of record: Record) throws(RepairError) -> [UInt8] {
        let bytes: [UInt8]
        do {
            bytes = try file.read(at: record.place, count: record.byteCount)
        } catch {
            throw .device(error)
        }
        let found = try Layout.hash(of: [Layout.fields(of: record), bytes])
        guard found == record.hash else {
            throw .undoLog(
                "\(file.name) is damaged: the bytes at \(record.place) are not those that were kept"
            )
        }
        return bytes
    }
}
