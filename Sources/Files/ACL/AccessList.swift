package import Bytes

/// A file's NFSv4 ACL.
///
/// Every file has one; most say no more than the mode. Mirrors `zfs_acl_node_read`
/// (`module/os/linux/zfs/zfs_acl.c`).
package struct AccessList: Sendable, Hashable {
    /// The most entries that ZFS accepts, and so the most that are decoded (`MAX_ACL_ENTRIES`).
    package static let entryLimit = 2048

    package let entries: [AccessEntry]
    /// Why there are fewer entries than the file says.
    package let problem: FormatError?

    /// Decodes `count` entries, as many as there are bytes for.
    package init(_ bytes: RawSpan, count: UInt64, isOld: Bool, _ order: ByteOrder) {
        var entries: [AccessEntry] = []
        var problem: FormatError?
        var offset = 0
        if count > UInt64(Self.entryLimit) {
            problem = FormatError("z_acl_count", .badValue(count))
        }
        while entries.count < Int(truncatingIfNeeded: min(count, UInt64(Self.entryLimit))) {
            do throws(FormatError) {
                let entry =
                    isOld
                    ? try AccessEntry(old: bytes, at: &offset, order)
                    : try AccessEntry(bytes, at: &offset, order)
                entries.append(entry)
            } catch {
                problem = error
                break
            }
        }
        self.entries = entries
        self.problem = problem
    }

    package var record: Record {
        var record = Record(["entries": .list(entries.map { .text($0.description) })])
        if let problem { record.add("damage", .text(problem.description)) }
        return record
    }
}
