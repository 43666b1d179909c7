package import Bytes
package import Vdevs

extension BlockPointerTree {
    /// One destroyed dataset whose blocks are being freed.
    ///
    /// Mirrors `bptree_entry_phys_t` (`include/sys/bptree.h`).
    package struct Entry: Sendable, Hashable {
        /// Its size on disk in bytes.
        package static let byteCount = 168

        /// The root of its blocks, an object set.
        package let pointer: BlockPointer
        /// Only blocks born after this txg go with it.
        package let birth: TransactionGroup
        /// Where freeing goes on.
        package let bookmark: BlockBookmark

        package init(_ bytes: RawSpan, _ order: ByteOrder) throws(FormatError) {
            pointer = try BlockPointer(bytes, at: Layout.pointer.range.lowerBound, order)
            birth = TransactionGroup(try Layout.birth.read(bytes, order))
            let start = Layout.bookmark.range.lowerBound
            guard bytes.byteCount >= Self.byteCount else {
                throw FormatError(
                    Layout.bookmark.name,
                    .outOfBounds(
                        OutOfBounds(
                            offset: start, count: BlockBookmark.byteCount,
                            available: bytes.byteCount)))
            }
            bookmark = try BlockBookmark(bytes.extracting(start..<Self.byteCount), order)
        }

        /// Where each field of `bptree_entry_phys_t` lies on disk.
        package enum Layout {
            package static let pointer = AnyField("be_bp", 0..<128)
            package static let birth = Field<UInt64>("be_birth_txg", at: 128)
            package static let bookmark = AnyField("be_zb", 136..<168)

            package static let fields = [pointer, AnyField(birth), bookmark]
        }
    }
}
