import Bytes
package import Codecs
package import Vdevs

extension DedupEntry {
    /// A pointer to the block in one of its forms, without the mark of dedup.
    ///
    /// With what such a pointer can't know (salt and IV are there, what the block is a part of is not), as the kernel makes it
    /// to free the block. Mirrors `ddt_bp_create` and `ddt_phys_free` (`module/zfs/ddt.c`).
    package func pointer(to variant: DedupVariant, of checksum: ChecksumAlgorithm) -> BlockPointer {
        var pointer = BlockPointer(
            type: .plainFile, level: 0, logicalSize: Int(key.logicalSize),
            physicalSize: Int(key.physicalSize), compression: key.compression,
            checksumAlgorithm: checksum, checksum: key.checksum, order: .little,
            addresses: variant.dvas, birth: variant.physicalBirth, fill: 1)
        if key.isEncrypted { pointer.protect(.header) }
        return pointer
    }
}

extension DedupTable {
    /// The blocks to which nothing refers any more, and which are freed only when their log is flushed
    /// (`ddt_sync_flush_entry`, `module/zfs/ddt.c`), with the logs that have them.
    package func freedBlocks() -> [(pointer: BlockPointer, log: UInt64)] {
        logged().filter { $0.value.entry.variants.contains(where: \.isFreed) }
            .sorted { $0.key < $1.key }.flatMap { _, own in
                own.entry.variants.filter(\.isFreed).map { variant in
                    (own.entry.pointer(to: variant, of: checksum), own.log)
                }
            }
    }
}

extension DedupVariant {
    /// The block is there, and nothing refers to it.
    fileprivate var isFreed: Bool { isInUse && references == 0 }
}
