package import Bytes

/// Mode, owner, size or times of a file were set; `mask` says which.
///
/// Mirrors `lr_setattr_t` (`include/sys/zil.h`).
package struct LoggedAttributes: LogRecordBody {
    package let object: UInt64
    package let mask: Mask
    package let mode: UInt64
    /// A number, or a FUID of the log's own where the upper half is set.
    package let user: UInt64
    package let group: UInt64
    package let size: UInt64
    package let accessTime: FileTime
    package let modificationTime: FileTime
    package let optional: LoggedOptionalAttributes?

    /// `lr_mask`, the `ATTR_*` bits of the Linux kernel.
    package struct Mask: OptionSet, Sendable, Hashable {
        package let rawValue: UInt64
        package init(rawValue: UInt64) { self.rawValue = rawValue }

        package static let mode = Mask(rawValue: 1 << 0)
        package static let user = Mask(rawValue: 1 << 1)
        package static let group = Mask(rawValue: 1 << 2)
        package static let size = Mask(rawValue: 1 << 3)
        package static let accessTime = Mask(rawValue: 1 << 4)
        package static let modificationTime = Mask(rawValue: 1 << 5)
        package static let changeTime = Mask(rawValue: 1 << 6)
        /// Optional attributes follow (`ATTR_XVATTR`).
        package static let optional = Mask(rawValue: 1 << 31)
    }

    package init(_ bytes: RawSpan, _ order: ByteOrder) throws(FormatError) {
        object = try Layout.object.read(bytes, order)
        mask = Mask(rawValue: try Layout.mask.read(bytes, order))
        mode = try Layout.mode.read(bytes, order)
        user = try Layout.user.read(bytes, order)
        group = try Layout.group.read(bytes, order)
        size = try Layout.size.read(bytes, order)
        accessTime = try FileTime(
            Layout.accessTime.name, bytes, at: Layout.accessTime.range.lowerBound, order)
        modificationTime = try FileTime(
            Layout.modificationTime.name, bytes, at: Layout.modificationTime.range.lowerBound,
            order)
        var offset = Layout.byteCount
        optional =
            mask.contains(.optional)
            ? try LoggedOptionalAttributes(bytes, at: &offset, order) : nil
    }

    package var record: Record {
        var record = Record(["object": .number(object), "mask": .word(mask.rawValue)])
        if mask.contains(.mode) { record.add("mode", .text(String(mode, radix: 8))) }
        if mask.contains(.user) { record.add("user", .number(user)) }
        if mask.contains(.group) { record.add("group", .number(group)) }
        if mask.contains(.size) { record.add("size", .bytes(size)) }
        if mask.contains(.accessTime) { record.add("access_time", accessTime.value) }
        if mask.contains(.modificationTime) {
            record.add("modification_time", modificationTime.value)
        }
        if let optional { record.add("attributes", .record(optional.record)) }
        return record
    }
}
