package import Bytes

extension DSLDirectory {
    package var record: Record {
        var record = Record()
        record.add("creation_time", .time(creationTime))
        record.add("head_dataset", .number(headDataset))
        record.add("parent", .number(parent))
        record.add("origin", .number(origin))
        record.add("child_map", .number(childMap))
        record.add("used_bytes", .bytes(usedBytes))
        record.add("compressed_bytes", .bytes(compressedBytes))
        record.add("uncompressed_bytes", .bytes(uncompressedBytes))
        record.add("quota", .bytes(quota))
        record.add("reserved", .bytes(reserved))
        record.add("properties", .number(properties))
        record.add("delegations", .number(delegations))
        record.add("flags", .word(flags))
        record.add("used_by_head", .bytes(usedByHead))
        record.add("used_by_snapshots", .bytes(usedBySnapshots))
        record.add("used_by_children", .bytes(usedByChildren))
        record.add("used_by_child_reservations", .bytes(usedByChildReservations))
        record.add("used_by_reservation", .bytes(usedByReservation))
        record.add("clones", .number(clones))
        return record
    }
}
