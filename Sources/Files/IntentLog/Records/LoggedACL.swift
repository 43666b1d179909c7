package import Bytes

/// The ACL of a file was set. Mirrors `lr_acl_t` and `lr_acl_v0_t` (`include/sys/zil.h`).
package struct LoggedACL: LogRecordBody {
    package let object: UInt64
    package let contents: Contents
    package let domains: [String]

    package init(
        _ bytes: RawSpan, _ order: ByteOrder, _ type: LogRecordType
    ) throws(FormatError) {
        object = try Layout.object.read(bytes, order)
        if type == .setOldACL {
            contents = try Contents(
                oldEntries: bytes, count: try Layout.count.read(bytes, order))
            domains = []
            return
        }
        var offset = Layout.byteCount
        contents = try Contents(bytes, counts: Layout.count.offset, at: &offset, order)
        domains = try Self.domains(bytes, contents.domainCount, at: &offset)
    }

    package var record: Record {
        var record = Record(["object": .number(object)])
        for entry in contents.record.entries { record.add(entry.name, entry.value) }
        if !domains.isEmpty { record.add("domains", .list(domains.map { .text($0) })) }
        return record
    }

    /// The names of domains that follow the FUIDs; `offset` moves past them.
    static func domains(
        _ bytes: RawSpan, _ count: UInt64, at offset: inout Int
    ) throws(FormatError) -> [String] {
        // Each name takes a byte at least.
        guard count <= UInt64(bytes.byteCount) else {
            throw FormatError("lr_domcnt", .badValue(count))
        }
        var domains: [String] = []
        for _ in 0..<count {
            domains.append(FileName(try bytes.takeString("domain", at: &offset)).description)
        }
        return domains
    }
}
