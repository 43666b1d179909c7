package import Codecs

/// A block as it is going to be stored.
package struct PackedBlock: Sendable, Hashable {
    /// As many bytes as its physical size.
    package let stored: [UInt8]
    package let compression: CompressionAlgorithm
    /// Bytes before compression.
    package let logicalSize: Int
}
