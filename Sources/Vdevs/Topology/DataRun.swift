/// A run of a block's own bytes on one device, for those who order device reads themselves.
package struct DataRun: Sendable, Hashable {
    /// Which device, an index of `VdevTree.leaves`.
    package let leaf: Int
    /// Bytes from the start of the device.
    package let offset: UInt64
    /// Where the run stands in the stored block.
    package let blockOffset: Int
    package let byteCount: Int
}
