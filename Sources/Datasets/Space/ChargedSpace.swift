package import Bytes
package import Vdevs

/// What blocks are charged to a dataset: the three sums that every account of the DSL keeps, in bytes.
///
/// Sums wrap as the kernel's do, so that lists of frees can take away more than others added; only equality means
/// anything once a pool is damaged. Mirrors the arguments of `dsl_dir_diduse_space` (`module/zfs/dsl_dir.c`).
package struct ChargedSpace: Sendable, Hashable {
    /// Space on disk without parity (`bp_get_dsize_sync`).
    package var used: UInt64 = 0
    /// Physical sizes (`BP_GET_PSIZE`).
    package var compressed: UInt64 = 0
    /// Logical sizes of data, physical ones of metadata (`BP_GET_UCSIZE`).
    package var uncompressed: UInt64 = 0

    package init() {}

    package init(used: UInt64, compressed: UInt64, uncompressed: UInt64) {
        self.used = used
        self.compressed = compressed
        self.uncompressed = uncompressed
    }

    /// What one block is charged; holes and redaction marks are nothing.
    package init(_ pointer: BlockPointer, _ deflation: Deflation) {
        guard !pointer.isHole, !pointer.isRedacted else { return }
        if !pointer.isEmbedded {
            for copy in 0..<pointer.copyLimit where pointer.hasCopy(copy) {
                used &+= deflation.charged(pointer.dva(copy))
            }
            compressed = UInt64(truncatingIfNeeded: pointer.physicalSize)
        }
        uncompressed =
            pointer.level > 0 || pointer.type.isMetadata
            ? compressed : UInt64(truncatingIfNeeded: pointer.logicalSize)
    }

    package static func + (left: Self, right: Self) -> Self {
        Self(
            used: left.used &+ right.used, compressed: left.compressed &+ right.compressed,
            uncompressed: left.uncompressed &+ right.uncompressed)
    }

    package static func - (left: Self, right: Self) -> Self {
        Self(
            used: left.used &- right.used, compressed: left.compressed &- right.compressed,
            uncompressed: left.uncompressed &- right.uncompressed)
    }

    package static func += (left: inout Self, right: Self) { left = left + right }
    package static func -= (left: inout Self, right: Self) { left = left - right }
}

extension ChargedSpace {
    package var record: Record {
        Record([
            "used": .bytes(used), "compressed": .bytes(compressed),
            "uncompressed": .bytes(uncompressed),
        ])
    }
}

extension DSLDataset {
    /// What it says that it refers to (`ds_referenced_bytes` and the two after it).
    package var referenced: ChargedSpace {
        ChargedSpace(
            used: referencedBytes, compressed: compressedBytes, uncompressed: uncompressedBytes)
    }
}

extension DeadlistHeader {
    package var space: ChargedSpace {
        ChargedSpace(
            used: usedBytes, compressed: compressedBytes, uncompressed: uncompressedBytes)
    }
}
