package import Bytes

extension DedupLogHeader {
    package var record: Record {
        var record = Record()
        record.add("info", .word(info))
        record.add("length", .bytes(length))
        record.add("first_txg", .txg(firstTxg))
        record.add("checkpoint0", .word(checkpoint0))
        record.add("checkpoint1", .word(checkpoint1))
        record.add("checkpoint2", .word(checkpoint2))
        record.add("checkpoint3", .word(checkpoint3))
        record.add("checkpoint_properties", .word(checkpointProperties))
        return record
    }
}
