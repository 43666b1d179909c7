package import Bytes
import Codecs
package import Objects

/// One of the two logs of a fast dedup table.
///
/// One log is written while the other is flushed into the table. An entry in the log that is written stands for
/// the one in the log that is flushed, and that for the one in the table. Mirrors `ddt_log_load_one`
/// (`module/zfs/ddt_log.c`).
package struct DedupLog: Sendable {
    package let name: String
    package let object: DMUObject
    package let header: DedupLogHeader

    package init(name: String, _ object: DMUObject) throws(PoolError) {
        self.name = name
        self.object = object
        header = try object.bonus(as: DedupLogHeader.self)
    }

    private enum Bits {
        static let version = BitField(low: 0, count: 8)
        static let flags = BitField(low: 8, count: 8)
    }

    /// 1 is the only one so far.
    package var version: UInt64 { Bits.version.read(header.info) }
    /// The log is being flushed (`DDL_FLAG_FLUSHING`).
    package var isFlushing: Bool { Bits.flags.read(header.info) & 1 != 0 }
    /// Entries up to the checkpoint have been flushed (`DDL_FLAG_CHECKPOINT`).
    package var hasCheckpoint: Bool { Bits.flags.read(header.info) & 2 != 0 }

    /// The last key that was flushed; nil where there is none.
    package var checkpoint: DedupKey? {
        guard hasCheckpoint else { return nil }
        return DedupKey(
            checksum: Checksum(
                header.checkpoint0, header.checkpoint1, header.checkpoint2, header.checkpoint3),
            properties: header.checkpointProperties)
    }

    /// The records that count, the newest for each key. What can't be read is given to `problem`.
    package func entries(
        isFlat: Bool, problem: (String) -> Void
    ) -> [DedupKey: DedupLogRecord] {
        var entries: [DedupKey: DedupLogRecord] = [:]
        forEachRecord(isFlat: isFlat, problem: problem) { entries[$0.entry.key] = $0 }
        return entries
    }

    /// Gives the records that are not flushed yet, in the order in which they were written: the last of a key counts. What
    /// can't be read is given to `problem`.
    package func forEachRecord(
        isFlat: Bool, problem: (String) -> Void, _ body: (DedupLogRecord) -> Void
    ) {
        let checkpoint = checkpoint
        let blocks = blockCount
        if header.length > object.byteCount {
            problem("dlh_length is \(header.length), but the log has \(object.byteCount) bytes")
        }
        for index in 0..<blocks {
            do throws(ObjectError) {
                guard let block = try object.orderedBlock(index) else {
                    problem("block \(index) of the log is a hole")
                    continue
                }
                let records: [DedupLogRecord]
                do {
                    records = try DedupLogRecord.records(
                        in: block.bytes.rawBytes, block.order, isFlat: isFlat)
                } catch {
                    throw ObjectError(object: object.number, .format(error))
                }
                // A block is empty where its records end (`ddt_log_entry`); a record after that would not be read.
                let end = records.reduce(0) { $0 + $1.byteCount }
                if block.bytes.dropFirst(end).contains(where: { $0 != 0 }) {
                    problem("block \(index) of the log goes on behind the end of its records")
                }
                for record in records {
                    if let checkpoint, !(checkpoint < record.entry.key) { continue }
                    body(record)
                }
            } catch {
                problem("\(error)")
            }
        }
    }

    /// Blocks in use: the length in whole blocks.
    private var blockCount: UInt64 {
        let size = UInt64(max(1, object.blockSize))
        let length = min(header.length, object.byteCount)
        return length / size + (length % size == 0 ? 0 : 1)
    }

    package var record: Record {
        var record = Record([
            "name": .text(name), "object": .number(object.number), "version": .number(version),
            "flushing": .flag(isFlushing), "length": .bytes(header.length),
            "first_txg": .txg(header.firstTxg),
        ])
        record.add("checkpoint", checkpoint.map { "\($0.checksum)" })
        return record
    }
}
