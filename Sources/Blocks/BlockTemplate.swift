package import Bytes
package import Codecs
package import Vdevs

/// What a block that is to be written has in common with the one that it replaces, or with its neighbours.
package struct BlockTemplate: Sendable, Hashable {
    package var type: ObjectType
    /// 0 for data.
    package var level: UInt8
    package var compression: CompressionAlgorithm
    package var checksum: ChecksumAlgorithm
    /// The order of its integers.
    package var order: ByteOrder

    package init(
        type: ObjectType, level: UInt8, compression: CompressionAlgorithm,
        checksum: ChecksumAlgorithm, order: ByteOrder
    ) {
        self.type = type
        self.level = level
        self.compression = compression
        self.checksum = checksum
        self.order = order
    }
}
