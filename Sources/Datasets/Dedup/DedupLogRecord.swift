package import Bytes

/// One record of a fast dedup table's log: an entry that stands for the one in the table.
///
/// A header word (`dlr_info`) of type, length in bytes, storage type and class, then key and value. A record
/// of type 0 ends its block. Mirrors `ddt_log_record_t` (`include/sys/ddt_impl.h`).
package struct DedupLogRecord: Sendable, Hashable {
    /// `dlr_info`.
    package let info: UInt64
    package let entry: DedupEntry

    private enum Bits {
        static let type = BitField(low: 0, count: 8)
        static let length = BitField(low: 8, count: 16)
        static let reserved = BitField(low: 24, count: 24)
        static let storageType = BitField(low: 48, count: 8)
        static let storageClass = BitField(low: 56, count: 8)
    }

    /// Its length in bytes, header included.
    package var byteCount: Int { Int(truncatingIfNeeded: Bits.length.read(info)) }
    /// Bits without a meaning.
    package var reserved: UInt64 { Bits.reserved.read(info) }

    /// The store in which the entry stood when the record was written.
    package var place: Place {
        Place(
            type: UInt8(truncatingIfNeeded: Bits.storageType.read(info)),
            storageClass: UInt8(truncatingIfNeeded: Bits.storageClass.read(info)))
    }

    /// A store by the numbers of its type and its class, of which either may be one that there is not.
    package struct Place: Sendable, Hashable {
        package let type: UInt8
        package let storageClass: UInt8

        /// `DDT_TYPES` and `DDT_CLASSES`: the entry was in none.
        package static let none = Place(type: 1, storageClass: 3)

        /// Where entries of that class stand, in a ZAP as all do.
        package static func store(of storageClass: DedupClass) -> Place {
            Place(type: 0, storageClass: storageClass.rawValue)
        }
    }

    /// How long every record of a log is, in bytes (`ddt_log_begin`, `module/zfs/ddt_log.c`).
    package static func byteCount(isFlat: Bool) -> Int {
        8 + DedupKey.byteCount + DedupEntry.valueSize(isFlat: isFlat)
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
        let smallest = byteCount(isFlat: isFlat)
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
                    info: info,
                    entry: try DedupEntry(key: key, value: value, order, isFlat: isFlat)))
            offset += length
        }
        return records
    }
}
