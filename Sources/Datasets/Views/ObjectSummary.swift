package import Bytes
package import Objects
import Vdevs

/// One object as a list of objects shows it: what `zdb -dd` prints in a line.
package struct ObjectSummary: Sendable {
    package let object: DMUObject

    package init(_ object: DMUObject) { self.object = object }

    /// The size up to the end of the last block, in bytes.
    package var logicalSize: UInt64 { object.byteCount }

    /// The share of the logical size that is stored, 0 to 1.
    package var filled: Double {
        guard logicalSize > 0 else { return 0 }
        let units = object.number == 0 ? max(1, object.blockSize / Dnode.slotSize) : 1
        return Double(object.dnode.fill) * Double(object.blockSize) / Double(units)
            / Double(logicalSize)
    }

    package var record: Record {
        let dnode = object.dnode
        var record = Record([
            "object": .number(object.number),
            "levels": .number(UInt64(dnode.levels)),
            "indirect_block": .bytes(UInt64(dnode.indirectBlockSize)),
            "data_block": .bytes(UInt64(dnode.dataBlockSize)),
            "disk_bytes": .bytes(dnode.usedBytes),
            "dnode_bytes": .bytes(UInt64(dnode.byteCount)),
            "logical_bytes": .bytes(logicalSize),
            "filled": .ratio(filled),
            "type": .text("\(dnode.type)"),
        ])
        if dnode.bonusLength > 0 {
            record.add("bonus_type", .text("\(dnode.bonusType)"))
            record.add("bonus_bytes", .bytes(UInt64(dnode.bonusLength)))
        }
        return record
    }
}
