package import Codecs
package import Vdevs

/// A block as it is going to be stored.
package struct PackedBlock: Sendable, Hashable {
    /// As many bytes as its physical size.
    package let stored: [UInt8]
    package let compression: CompressionAlgorithm
    /// Bytes before compression.
    package let logicalSize: Int
    /// What the pointer carries for a block of an encrypted dataset; nil for every other.
    package let protection: BlockProtection?

    package init(
        stored: [UInt8], compression: CompressionAlgorithm, logicalSize: Int,
        protection: BlockProtection? = nil
    ) {
        self.stored = stored
        self.compression = compression
        self.logicalSize = logicalSize
        self.protection = protection
    }
}
