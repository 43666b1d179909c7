package import Bytes

extension BlockPointerListHeader {
    package var record: Record {
        var record = Record(["pointers": .number(count), "used": .bytes(bytes)])
        record.add("compressed", compressedBytes.map { .bytes($0) })
        record.add("uncompressed", uncompressedBytes.map { .bytes($0) })
        record.add("sublist_object", subordinateObject.map { .number($0) })
        record.add("sublists", subordinateCount.map { .number($0) })
        record.add("freed", freedCount.map { .number($0) })
        return record
    }
}
