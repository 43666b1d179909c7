package import Bytes

extension Uberblock {
    package var record: Record {
        var record = Record([
            "txg": .txg(txg), "time": .time(timestamp), "version": .number(version),
            "software_version": .number(softwareVersion), "guid_sum": .word(guidSum),
            "byte_order": .text("\(order)"),
        ])
        record.add("root_pointer", .record(rootPointer.record))
        record.add("multihost", .record(multihost.record))
        record.add("checkpoint_txg", .txg(checkpointTxg))
        record.add("raidz_reflow", .record(reflow.record))
        return record
    }
}
