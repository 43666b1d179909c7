package import Bytes

extension HistoryHeader {
    package var record: Record {
        var record = Record()
        record.add("creation_end", .bytes(creationEnd))
        record.add("physical_end", .bytes(physicalEnd))
        record.add("begin", .bytes(begin))
        record.add("end", .bytes(end))
        record.add("records_lost", .number(recordsLost))
        return record
    }
}
