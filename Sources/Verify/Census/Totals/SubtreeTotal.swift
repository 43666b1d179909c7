package import Datasets
package import Vdevs

/// What blocks take together, in the terms in which datasets and objects are charged.
///
/// Mirrors what `dsl_dataset_block_born` (`module/zfs/dsl_dataset.c`) adds to `ds_referenced_bytes`,
/// `ds_compressed_bytes` and `ds_uncompressed_bytes`.
package struct SubtreeTotal: Sendable, Hashable {
    /// Bytes that all copies are charged as, parity left out (`bp_get_dsize`).
    package private(set) var charged: UInt64 = 0
    /// Bytes as stored, without copies; nothing for embedded blocks (`BP_GET_PSIZE`).
    package private(set) var compressed: UInt64 = 0
    /// Bytes of file data after decompression, of metadata as stored (`BP_GET_UCSIZE`).
    package private(set) var uncompressed: UInt64 = 0

    package init() {}

    /// What one block takes by itself; nothing for a hole or a redacted one.
    ///
    /// The table is borrowed: all workers have the same, and what initializers take over by default they count references to.
    package init(_ pointer: BlockPointer, _ deflation: borrowing Deflation) {
        guard !pointer.isHole, !pointer.isRedacted else { return }
        let stored = pointer.isEmbedded ? 0 : UInt64(truncatingIfNeeded: pointer.physicalSize)
        let isMetadata = pointer.level > 0 || pointer.type.isMetadata
        charged = deflation.charged(pointer)
        compressed = stored
        uncompressed =
            isMetadata ? stored : UInt64(truncatingIfNeeded: pointer.logicalSize)
    }

    /// Sound where the trees are: sizes below 2^42 of at most 2^55 blocks. Those of a tree that leads to itself wrap around.
    package mutating func add(_ other: SubtreeTotal) {
        charged &+= other.charged
        compressed &+= other.compressed
        uncompressed &+= other.uncompressed
    }
}
