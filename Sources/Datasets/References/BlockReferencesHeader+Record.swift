package import Bytes

extension BlockReferencesHeader {
    package var record: Record {
        var record = Record()
        record.add("entries", .number(entries))
        record.add("size", .number(size))
        record.add("byte_order", .number(byteOrder))
        record.add("total_count", .number(totalCount))
        record.add("range_size", .bytes(rangeSize))
        record.add("used_space", .bytes(usedSpace))
        record.add("saved_space", .bytes(savedSpace))
        return record
    }
}
