import Bytes
import Vdevs

extension BlockPointer {
    /// Where a log record's block lies and since when, without its checksum.
    var brief: Record {
        if isHole {
            return Record(["hole": .flag(true), "logical_size": .bytes(UInt64(logicalSize))])
        }
        var record = Record()
        if isEmbedded {
            record.add("embedded", .flag(true))
        } else {
            let addresses = (0..<(isEncrypted ? 2 : 3)).map { dva($0) }.filter { !$0.isEmpty }
            record.add("dvas", .list(addresses.map { .text($0.description) }))
        }
        record.add("logical_size", .bytes(UInt64(logicalSize)))
        record.add("physical_size", .bytes(UInt64(physicalSize)))
        record.add("birth", .txg(birth))
        return record
    }
}
