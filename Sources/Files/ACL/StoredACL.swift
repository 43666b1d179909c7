package import Bytes
package import Objects

/// The ACL at the end of a znode: its entries, or the object that has them.
///
/// Mirrors `zfs_acl_phys_t` and `zfs_acl_phys_v0_t` (`include/sys/zfs_acl.h`).
package struct StoredACL: Sendable, Hashable {
    /// The object that holds the entries; 0 where they are here.
    package let externalObject: UInt64
    /// Bytes of all entries.
    package let size: UInt64
    /// 0 where all entries have 12 bytes, 1 where they have 8, 16 or 48.
    package let version: UInt16
    package let count: UInt64
    /// The 72 bytes for entries, as stored.
    package let entries: [UInt8]
    package let order: ByteOrder

    package init(_ bytes: RawSpan, _ order: ByteOrder) throws(FormatError) {
        externalObject = try Layout.externalObject.read(bytes, order)
        version = try Layout.version.read(bytes, order)
        let size = try Layout.size.read(bytes, order)
        if version == 0 {
            count = UInt64(size)
            self.size = UInt64(size) * 12
        } else {
            count = UInt64(try Layout.count.read(bytes, order))
            self.size = UInt64(size)
        }
        do {
            entries = try bytes.slice(
                at: Layout.entries.range.lowerBound, count: Layout.capacity
            ).array
        } catch {
            throw FormatError(Layout.entries.name, .outOfBounds(error))
        }
        self.order = order
    }

    /// The decoded list, from the object that holds it where that is another one.
    package func list(in set: ObjectSet) throws(ObjectError) -> AccessList {
        guard externalObject != 0 else {
            let here = entries.prefix(Int(truncatingIfNeeded: min(size, 72)))
            return AccessList(
                [UInt8](here).rawBytes, count: count, isOld: version == 0, order)
        }
        let object = try set.object(externalObject)
        let wanted = min(size, UInt64(AccessList.entryLimit * 48), object.byteCount)
        let bytes = try object.read(at: 0, count: Int(truncatingIfNeeded: wanted))
        let blockOrder = try object.orderedBlock(0)?.order ?? order
        return AccessList(bytes.rawBytes, count: count, isOld: version == 0, blockOrder)
    }
}
