import Codecs
import Vdevs

/// The payload that a block pointer carries in place of addresses and checksum.
///
/// Mirrors `decode_embedded_bp_compressed` (`module/zfs/blkptr.c`).
enum EmbeddedBlock {
    /// The stored bytes, still compressed, of an embedded pointer.
    static func read(_ pointer: BlockPointer) throws(BlockError) -> ReadOutcome {
        guard pointer.embeddedType == 0 else {
            throw BlockError(
                pointer, .badPointer("embeds a payload of unknown type \(pointer.embeddedType)"))
        }
        let count = pointer.physicalSize
        guard count <= BlockPointer.embeddedCapacity else {
            throw BlockError(
                pointer,
                .badPointer(
                    "claims \(count) embedded bytes, of which it can hold "
                        + "\(BlockPointer.embeddedCapacity)"))
        }
        return ReadOutcome(bytes: pointer.embeddedBytes(count: count))
    }
}
