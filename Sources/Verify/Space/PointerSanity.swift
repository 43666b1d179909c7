import Codecs
import Vdevs

/// What a block pointer must say whatever it points to.
///
/// Numbers of checksums, compressions and types that no version of OpenZFS knows, sizes that no block has, and bits
/// that are always zero. Mirrors `zfs_blkptr_verify` (`module/zfs/zio.c`), which goes no further than what the kernel
/// would trip over.
enum PointerSanity {
    struct Flaw {
        let field: String
        let value: UInt64
    }

    /// `ZIO_COMPRESS_FUNCTIONS` and `ZIO_CHECKSUM_FUNCTIONS` (`include/sys/zio_compress.h`, `include/sys/zio.h`).
    static let knownCompressions: UInt8 = 17
    static let knownChecksums: UInt8 = 15

    /// The first thing that is wrong; nil where nothing is.
    static func flaw(of pointer: BlockPointer, in place: BlockPlace) -> Flaw? {
        guard pointer.type.isKnown else {
            return Flaw(field: "type", value: UInt64(pointer.type.rawValue))
        }
        // Of what has blocks below it, the walk tells; lists of blocks name those of any level.
        let isData = place.level == 0 && place.origin == .tree && pointer.type != .dnode
        guard pointer.level == 0 || !isData else {
            return Flaw(field: "level", value: UInt64(pointer.level))
        }
        guard pointer.compression.rawValue < knownCompressions else {
            return Flaw(field: "compression", value: UInt64(pointer.compression.rawValue))
        }
        if pointer.isEmbedded {
            // 0 is data, 2 a redaction mark; 1 was never used.
            guard pointer.embeddedType == 0 || pointer.embeddedType == 2 else {
                return Flaw(field: "embedded type", value: UInt64(pointer.embeddedType))
            }
            return pointer.physicalSize <= 112
                ? nil
                : Flaw(
                    field: "embedded size", value: UInt64(truncatingIfNeeded: pointer.physicalSize))
        }
        guard pointer.checksumAlgorithm.rawValue < knownChecksums else {
            return Flaw(field: "checksum", value: UInt64(pointer.checksumAlgorithm.rawValue))
        }
        return sizeFlaw(of: pointer) ?? paddingFlaw(of: pointer)
    }

    /// The largest block is 16 MiB (`SPA_MAXBLOCKSIZE`).
    private static let longest = 1 << 24

    private static func sizeFlaw(of pointer: BlockPointer) -> Flaw? {
        if pointer.logicalSize > longest {
            return Flaw(
                field: "logical size", value: UInt64(truncatingIfNeeded: pointer.logicalSize))
        }
        if pointer.physicalSize > longest {
            return Flaw(
                field: "physical size", value: UInt64(truncatingIfNeeded: pointer.physicalSize))
        }
        return nil
    }

    /// `blk_pad` is zero in every version; its neighbour became a second word of properties.
    private static func paddingFlaw(of pointer: BlockPointer) -> Flaw? {
        pointer.words[8] == 0 ? nil : Flaw(field: "padding", value: pointer.words[8])
    }
}
