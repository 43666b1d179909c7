package import Bytes

extension CondensingState {
    package var record: Record {
        var record = Record()
        record.add("vdev", .number(vdev))
        record.add("previous_obsolete_map", .number(previousObsoleteMap))
        record.add("next_mapping", .number(nextMapping))
        return record
    }
}
