/// What is to stand in the place of a data block.
package enum BlockEdit: Sendable, Hashable {
    /// As many bytes as the object's blocks have.
    case bytes([UInt8])
    /// Nothing: the block is freed and reads as zeros.
    case hole
}
