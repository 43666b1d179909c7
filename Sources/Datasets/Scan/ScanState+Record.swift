package import Bytes

extension ScanState {
    package var record: Record {
        var record = Record()
        record.add("function", .text("\(function)"))
        record.add("state", .text("\(state)"))
        record.add("queue", .number(queue))
        record.add("min_txg", .txg(minTxg))
        record.add("max_txg", .txg(maxTxg))
        record.add("current_min_txg", .txg(currentMinTxg))
        record.add("current_max_txg", .txg(currentMaxTxg))
        record.add("start_time", .time(startTime))
        record.add("end_time", .time(endTime))
        record.add("to_examine", .bytes(toExamine))
        record.add("examined", .bytes(examined))
        record.add("skipped", .bytes(skipped))
        record.add("processed", .bytes(processed))
        record.add("errors", .number(errors))
        record.add("dedup_class_max", .number(dedupClassMax))
        record.add("dedup_class", .number(dedupClass))
        record.add("dedup_type", .number(dedupType))
        record.add("dedup_checksum", .number(dedupChecksum))
        record.add("dedup_cursor", .word(dedupCursor))
        record.add("dataset", .number(dataset))
        record.add("object", .number(object))
        record.add("level", .signed(level))
        record.add("block", .number(block))
        record.add("flags", .word(flags))
        return record
    }
}
