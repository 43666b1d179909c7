package import Bytes
import Vdevs

extension DMUObject {
    /// The object in one line, with the columns of zdb's list of objects.
    package var summary: Record {
        Record([
            "object": .signed(Int64(bitPattern: number)), "levels": .number(UInt64(dnode.levels)),
            "indirect_block_size": .bytes(UInt64(dnode.indirectBlockSize)),
            "data_block_size": .bytes(UInt64(blockSize)), "used": .bytes(dnode.usedBytes),
            "dnode_size": .bytes(UInt64(dnode.byteCount)), "length": .bytes(byteCount),
            "full_percent": .ratio(fillPercentage), "type": .text("\(type)"),
        ])
    }

    /// The summary with all of the dnode's fields.
    package var record: Record {
        var record = summary
        for entry in dnode.record.entries where record[entry.name] == nil {
            record.add(entry.name, entry.value)
        }
        return record
    }

    /// The pointers of the object's tree in order, at most `limit` of them; damage stands in its place.
    package func treeRecords(limit: Int = .max) -> [Record] {
        struct Full: Error {}
        var records: [Record] = []
        do throws(Full) {
            try forEachBlockPointer { step throws(Full) in
                guard records.count < limit else { throw Full() }
                records.append(record(of: step))
            }
        } catch {
            // As many as were asked for.
        }
        return records
    }

    private func record(of step: IndirectTree.Step) -> Record {
        switch step {
        case .pointer(let pointer, let level, let index):
            var record = Record(["level": .number(UInt64(level)), "index": .number(index)])
            record.add("offset", offset(level: level, index).map { .offset($0) })
            for entry in pointer.record.entries where entry.name != "level" {
                record.add(entry.name, entry.value)
            }
            return record
        case .damaged(let error, let level, let index):
            return Record([
                "level": .number(UInt64(level)), "index": .number(index),
                "damaged": .text("\(error)"),
            ])
        }
    }

    /// Where in the object a block of its tree begins, in bytes; nil past 64 bits.
    private func offset(level: UInt8, _ index: UInt64) -> UInt64? {
        let shift = tree.shift(from: level, to: 0)
        guard shift < 64, index <= .max >> shift else { return nil }
        let (offset, overflow) = (index << shift).multipliedReportingOverflow(
            by: UInt64(blockSize))
        return overflow ? nil : offset
    }
}
