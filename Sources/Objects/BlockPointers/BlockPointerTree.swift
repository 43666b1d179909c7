package import Bytes

/// The queue of trees of blocks that are being freed in the background: destroyed datasets.
///
/// Mirrors `bptree_phys_t` (`include/sys/bptree.h`) and `module/zfs/bptree.c`.
package struct BlockPointerTree: Sendable {
    package let object: DMUObject
    /// The first entry that is not freed yet.
    package let begin: UInt64
    /// One past the last entry.
    package let end: UInt64
    /// Space on disk of all that is left.
    package let bytes: UInt64
    package let compressedBytes: UInt64
    package let uncompressedBytes: UInt64

    /// Reads the header from the object's bonus; throws where that is cut off.
    package init(_ object: DMUObject) throws(ObjectError) {
        self.object = object
        let bonus = object.bonus
        do {
            begin = try Layout.begin.read(bonus.rawBytes, object.order)
            end = try Layout.end.read(bonus.rawBytes, object.order)
            bytes = try Layout.bytes.read(bonus.rawBytes, object.order)
            compressedBytes = try Layout.compressedBytes.read(bonus.rawBytes, object.order)
            uncompressedBytes = try Layout.uncompressedBytes.read(bonus.rawBytes, object.order)
        } catch {
            throw ObjectError(object: object.number, .format(error))
        }
    }

    /// Gives the entries that are left to `body`; one that can't be read ends the walk with its error.
    ///
    /// An entry may lie on both sides of a block's end.
    package func entries() throws(ObjectError) -> [Entry] {
        let room = object.byteCount / UInt64(Entry.byteCount)
        guard begin <= end, end <= room, end - begin <= Self.entryLimit else {
            throw ObjectError(
                object: object.number,
                .outOfRange("bt_begin \(begin) and bt_end \(end) with room for \(room) entries"))
        }
        var entries: [Entry] = []
        for index in begin..<end {
            let offset = index * UInt64(Entry.byteCount)
            let bytes = try object.read(at: offset, count: Entry.byteCount)
            let order = try object.orderedBlock(offset / UInt64(object.blockSize))?.order
            do {
                entries.append(try Entry(bytes.rawBytes, order ?? object.order))
            } catch {
                throw ObjectError(object: object.number, .format(error))
            }
        }
        return entries
    }

    /// More datasets than anybody destroys at once; guards against a made-up count.
    private static let entryLimit: UInt64 = 1 << 20

    /// Where each field of `bptree_phys_t` lies on disk.
    package enum Layout {
        package static let begin = Field<UInt64>("bt_begin", at: 0)
        package static let end = Field<UInt64>("bt_end", at: 8)
        package static let bytes = Field<UInt64>("bt_bytes", at: 16)
        package static let compressedBytes = Field<UInt64>("bt_comp", at: 24)
        package static let uncompressedBytes = Field<UInt64>("bt_uncomp", at: 32)

        package static let fields = [
            AnyField(begin), AnyField(end), AnyField(bytes), AnyField(compressedBytes),
            AnyField(uncompressedBytes),
        ]
    }
}
