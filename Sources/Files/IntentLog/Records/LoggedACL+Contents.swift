package import Bytes

extension LoggedACL {
    /// The entries of an ACL as a log record holds them, which creations do too.
    package struct Contents: Sendable, Hashable {
        /// How many entries there are.
        package let count: UInt64
        /// How many domain names follow.
        package let domainCount: UInt64
        package let flags: UInt64
        /// The entries as stored, each an `ace_t` of 12 bytes or an object entry of 44.
        package let entries: [UInt8]
        /// The log's own FUIDs that stand for users and groups without a number.
        package let fuids: [UInt64]

        /// Decodes the five numbers at `counts` and the entries at `offset`, which moves past the FUIDs.
        init(
            _ bytes: RawSpan, counts: Int, at offset: inout Int, _ order: ByteOrder
        ) throws(FormatError) {
            count = try Field("lr_aclcnt", at: counts).read(bytes, order)
            domainCount = try Field("lr_domcnt", at: counts + 8).read(bytes, order)
            let fuidCount: UInt64 = try Field("lr_fuidcnt", at: counts + 16).read(bytes, order)
            let byteCount: UInt64 = try Field("lr_acl_bytes", at: counts + 24).read(bytes, order)
            flags = try Field("lr_acl_flags", at: counts + 32).read(bytes, order)
            entries = try bytes.takeBytes("lr_acl_bytes", byteCount, at: &offset)
            // What follows is aligned to 8 bytes (`ZIL_ACE_LENGTH`).
            offset += (8 - entries.count % 8) % 8
            fuids = try bytes.takeWords("lr_fuidcnt", fuidCount, at: &offset, order)
        }

        /// The entries of a record of the first form: `count` of 12 bytes and nothing else.
        init(oldEntries bytes: RawSpan, count: UInt64) throws(FormatError) {
            self.count = count
            domainCount = 0
            flags = 0
            fuids = []
            var offset = Layout.byteCountOld
            guard count <= UInt64(bytes.byteCount) else {
                throw FormatError("lr_aclcnt", .badValue(count))
            }
            entries = try bytes.takeBytes("lr_aclcnt", count * 12, at: &offset)
        }

        package var record: Record {
            var record = Record([
                "entry_count": .number(count), "flags": .word(flags), "entries": .data(entries),
            ])
            if !fuids.isEmpty { record.add("fuids", .list(fuids.map { .word($0) })) }
            return record
        }
    }
}
