package import Bytes

/// Where a problem is: those of the contract's keys that apply. Offsets and sizes are in bytes.
package struct Location: Sendable, Hashable {
    package var device: String?
    package var label: UInt64?
    package var slot: UInt64?
    package var vdev: UInt64?
    package var metaslab: UInt64?
    package var offset: UInt64?
    package var size: UInt64?
    package var dataset: String?
    package var objectSet: UInt64?
    package var object: UInt64?
    package var level: Int64?
    package var blockID: UInt64?
    package var path: String?
    package var key: String?
    package var txg: TransactionGroup?

    package init() {}

    /// The keys in the order and with the names that the JSON contract gives them.
    package var record: Record {
        var record = Record()
        record.add("device", device.map(Record.Value.text))
        record.add("label", label.map(Record.Value.number))
        record.add("slot", slot.map(Record.Value.number))
        record.add("vdev", vdev.map(Record.Value.number))
        record.add("metaslab", metaslab.map(Record.Value.number))
        record.add("offset", offset.map(Record.Value.offset))
        record.add("size", size.map(Record.Value.bytes))
        record.add("dataset", dataset.map(Record.Value.text))
        record.add("objset", objectSet.map(Record.Value.number))
        record.add("object", object.map(Record.Value.number))
        record.add("level", level.map(Record.Value.signed))
        record.add("blkid", blockID.map(Record.Value.number))
        record.add("path", path.map(Record.Value.text))
        record.add("key", key.map(Record.Value.text))
        record.add("txg", txg.map(Record.Value.txg))
        return record
    }
}
