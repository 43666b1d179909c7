package import Bytes

/// Names one block by what it belongs to: object set, object, level and index.
///
/// Level -1 is the intent log, -2 a dnode or spill block. Mirrors `zbookmark_phys_t`
/// (`include/sys/zio.h`).
package struct BlockBookmark: Sendable, Hashable {
    /// Its size on disk in bytes.
    package static let byteCount = 32

    package let objectSet: UInt64
    package let object: UInt64
    package let level: Int64
    package let index: UInt64

    package init(objectSet: UInt64, object: UInt64, level: Int64, index: UInt64) {
        self.objectSet = objectSet
        self.object = object
        self.level = level
        self.index = index
    }

    package init(_ bytes: RawSpan, _ order: ByteOrder) throws(FormatError) {
        objectSet = try Layout.objectSet.read(bytes, order)
        object = try Layout.object.read(bytes, order)
        level = try Layout.level.read(bytes, order)
        index = try Layout.index.read(bytes, order)
    }

    /// All zeros: where a walk begins.
    package static let start = BlockBookmark(objectSet: 0, object: 0, level: 0, index: 0)

    /// Where each field of `zbookmark_phys_t` lies on disk.
    package enum Layout {
        package static let objectSet = Field<UInt64>("zb_objset", at: 0)
        package static let object = Field<UInt64>("zb_object", at: 8)
        package static let level = Field<Int64>("zb_level", at: 16)
        package static let index = Field<UInt64>("zb_blkid", at: 24)

        package static let fields = [
            AnyField(objectSet), AnyField(object), AnyField(level), AnyField(index),
        ]
    }
}
