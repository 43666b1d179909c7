package import Blocks
package import Bytes
package import Vdevs

/// One block of an object's tree with what is needed to make sense of its bytes.
package struct TreeBlock: Sendable {
    package let bytes: [UInt8]
    /// The pointer that led to it.
    package let pointer: BlockPointer
    /// Copies that were missing or wrong although the read succeeded.
    package let incidents: [ReadOutcome.Incident]
    /// The bonus buffers in this block of dnodes are still encrypted, for want of a key.
    package let isSealed: Bool

    init(_ outcome: ReadOutcome, _ pointer: BlockPointer) {
        bytes = outcome.bytes
        incidents = outcome.incidents
        isSealed = outcome.isSealed
        self.pointer = pointer
    }

    /// The order of its integers: one pool may hold blocks of both orders, and the pointer to each says
    /// which.
    package var order: ByteOrder { pointer.order }
}
