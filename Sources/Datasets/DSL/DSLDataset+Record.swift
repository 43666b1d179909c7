package import Bytes

extension DSLDataset {
    package var record: Record {
        var record = Record()
        record.add("directory", .number(directory))
        record.add("previous_snapshot", .number(previousSnapshot))
        record.add("previous_snapshot_txg", .txg(previousSnapshotTxg))
        record.add("next_snapshot", .number(nextSnapshot))
        record.add("snapshot_names", .number(snapshotNames))
        record.add("child_count", .number(childCount))
        record.add("creation_time", .time(creationTime))
        record.add("creation_txg", .txg(creationTxg))
        record.add("deadlist", .number(deadlist))
        record.add("referenced_bytes", .bytes(referencedBytes))
        record.add("compressed_bytes", .bytes(compressedBytes))
        record.add("uncompressed_bytes", .bytes(uncompressedBytes))
        record.add("unique_bytes", .bytes(uniqueBytes))
        record.add("fsid_guid", .guid(fsidGUID))
        record.add("guid", .guid(guid))
        record.add("raw_flags", .word(rawFlags))
        record.add("next_clones", .number(nextClones))
        record.add("snapshot_properties", .number(snapshotProperties))
        record.add("holds", .number(holds))
        return record
    }
}
