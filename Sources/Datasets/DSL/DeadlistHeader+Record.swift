package import Bytes

extension DeadlistHeader {
    package var record: Record {
        var record = Record()
        record.add("used_bytes", .bytes(usedBytes))
        record.add("compressed_bytes", .bytes(compressedBytes))
        record.add("uncompressed_bytes", .bytes(uncompressedBytes))
        return record
    }
}
