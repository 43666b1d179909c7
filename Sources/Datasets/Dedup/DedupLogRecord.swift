package import Bytes

/// One record of a fast dedup table's log: an entry that stands for the one in the table.
///
/// A header word (`dlr_info`) of type, length in bytes, storage type and class, then key and value. A record
/// of type 0 ends its block. Mirrors `ddt_log_record_t` (`include/sys/ddt_impl.h`).
package struct DedupLogRecord: Sendable, Hashable {
    /// The number of the class, which may be one that this version does not know.
    package let rawClass: UInt8
    package let entry: DedupEntry

    package var storageClass: DedupClass? { DedupClass(rawValue: rawClass) }

    private enum Bits {
        static let type = BitField(low: 0, count: 8)
        static let length = BitField(low: 8, count: 16)
        static let storageClass = BitField(low: 56, count: 8)
    }

    /// The records of one block of the log, up to the end of the block or `limit` bytes of it.
    ///
    /// `order` is the block's own. Throws at the first record that can't be one.
    package static func records(
        in block: RawSpan, _ order: ByteOrder, isFlat: Bool
    ) throws(FormatError) -> [DedupLogRecord] {
        var records: [DedupLogRecord] = []
        var offset = 0
        let header = 8
        let smallest = header + DedupKey.byteCount + DedupEntry.valueSize(isFlat: isFlat)
        while block.byteCount - offset >= header {
            let info: UInt64 = try Field("dlr_info", at: offset).read(block, order)
            let type = Bits.type.read(info)
            if type == 0 { break }
            let length = Int(truncatingIfNeeded: Bits.length.read(info))
            guard type == 1, length >= smallest, length <= block.byteCount - offset else {
                throw FormatError("dlr_info", .badValue(info))
            }
            let own = block.extracting(offset..<offset + length)
            let key = try DedupKey(own.extracting(header..<length), order)
            let value = own.extracting(header + DedupKey.byteCount..<length)
            records.append(
                DedupLogRecord(
                    rawClass: UInt8(truncatingIfNeeded: Bits.storageClass.read(info)),
                    entry: try DedupEntry(key: key, value: value, order, isFlat: isFlat)))
            offset += length
        }
        return records
    }
}
