package import Bytes

extension Bookmark {
    package var record: Record {
        var record = Record([
            "guid": .guid(guid),
            "creation_txg": .txg(creationTxg),
            "creation_time": .time(creationTime),
        ])
        if redactionList != 0 { record.add("redaction_list", .number(redactionList)) }
        if hasFreedSums {
            record.add("referenced_bytes", .bytes(referencedBytes))
            record.add("compressed_bytes", .bytes(compressedBytes))
            record.add("uncompressed_bytes", .bytes(uncompressedBytes))
            record.add("referenced_freed_bytes", .bytes(referencedFreedBytes))
            record.add("compressed_freed_bytes", .bytes(compressedFreedBytes))
            record.add("uncompressed_freed_bytes", .bytes(uncompressedFreedBytes))
        }
        record.add("snapshot_exists", .flag(snapshotExists))
        if ivsetGUID.rawValue != 0 { record.add("ivset_guid", .guid(ivsetGUID)) }
        return record
    }
}
