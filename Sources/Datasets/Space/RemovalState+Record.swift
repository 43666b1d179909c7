package import Bytes

extension RemovalState {
    package var record: Record {
        var record = Record()
        record.add("state", .text("\(state)"))
        record.add("removing_vdev", .number(removingVdev))
        record.add("previous_indirect_vdev", .number(previousIndirectVdev))
        record.add("start_time", .time(startTime))
        record.add("end_time", .time(endTime))
        record.add("to_copy", .bytes(toCopy))
        record.add("copied", .bytes(copied))
        return record
    }
}
