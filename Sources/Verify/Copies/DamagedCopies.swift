package import Vdevs

/// Blocks of which a copy, a column or parity is wrong while the block itself can be read, for whoever mends them.
package struct DamagedCopies: Sendable {
    package private(set) var blocks: [BlockPointer] = []
    /// Bytes of the copies that differ.
    package private(set) var byteCount: UInt64 = 0
    /// Whether all of them are here; what is more than a repair in place is for is left out.
    package private(set) var isComplete = true

    /// A plan holds all bytes that it writes; a device with more damage than this is one for a resilver.
    private static let mostBlocks = 1 << 16
    private static let mostBytes: UInt64 = 256 << 20

    mutating func add(_ block: BlockPointer, byteCount count: UInt64) {
        // Sound: what is added is at most a few times the size of a block, and the sum is bounded.
        guard blocks.count < Self.mostBlocks, byteCount + count <= Self.mostBytes else {
            isComplete = false
            return
        }
        blocks.append(block)
        byteCount += count
    }
}
