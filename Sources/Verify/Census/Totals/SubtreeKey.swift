import Vdevs

/// The place of the first copy of a block of pointers, by which the census knows it.
enum SubtreeKey {
    /// One number for each place of a pool of up to 2^16 vdevs of up to 2^57 bytes; nil for a block that has no place.
    static func key(_ pointer: BlockPointer) -> UInt64? {
        guard !pointer.isEmbedded, !pointer.isHole else { return nil }
        let address = pointer.dva(0)
        return UInt64(address.vdev) << 48 ^ address.offset >> 9
    }
}
