package import Bytes
package import Codecs
package import Vdevs

/// The way from a block's bytes to what is stored and the pointer to it: what `BlockReader` does, backwards.
///
/// Mirrors `zio_write_compress`, `zio_encrypt` (`module/zfs/zio.c`) and `zio_checksum_compute` (`module/zfs/zio_checksum.c`).
/// Blocks are never embedded in their pointer or split into a gang.
package enum BlockBuilder {
    /// Packs a block as its compression asks for, or leaves it as it is where that saves no allocation unit; then encrypts it
    /// where it is one of an encrypted dataset.
    ///
    /// - Parameters:
    ///   - unit: the smallest allocation of the pool in bytes, to which the stored size is rounded up.
    ///   - room: the least size to store, for a block whose place was allocated before its contents were known; every
    ///     compression tells by itself where its payload ends.
    ///   - encryptor: that of the dataset which the block belongs to; nil where that is not encrypted.
    package static func pack(
        _ bytes: [UInt8], _ template: BlockTemplate, unit: Int, room: Int = 0,
        encryptor: (any BlockEncryptor)? = nil
    ) throws(CodecError) -> PackedBlock {
        guard let encryptor else {
            return try pack(bytes, template.compression, unit: unit, room: room)
        }
        // What of these stands in the clear must be found without a key, so it is never compressed (`dmu_write_policy`).
        let isOpen = template.level == 0 && (template.type == .dnode || template.type == .objectSet)
        let packed = try pack(
            bytes, isOpen ? .off : template.compression, unit: unit, room: room)
        return try encryptor.protect(packed, plain: bytes, template)
    }

    private static func pack(
        _ bytes: [UInt8], _ compression: CompressionAlgorithm, unit: Int, room: Int
    ) throws(CodecError) -> PackedBlock {
        let whole = PackedBlock(stored: bytes, compression: .off, logicalSize: bytes.count)
        guard compression != .off, room < bytes.count else { return whole }
        let limit = bytes.count - bytes.count / 8
        guard var stored = try compression.compress(bytes.rawBytes, limit: limit) else {
            return whole
        }
        let size = max(room, (stored.count + unit - 1) / unit * unit)
        guard size < bytes.count else { return whole }
        stored += [UInt8](repeating: 0, count: size - stored.count)
        return PackedBlock(stored: stored, compression: compression, logicalSize: bytes.count)
    }

    /// The pointer to a packed block.
    package static func pointer(
        to block: PackedBlock, _ template: BlockTemplate, at addresses: [DVA],
        birth: TransactionGroup, fill: UInt64, salt: ChecksumSalt?
    ) throws(CodecError) -> BlockPointer {
        var checksum = try template.checksum.compute(
            block.stored.rawBytes, template.order, salt: salt)
        if let protection = block.protection, protection != .header {
            checksum = template.checksum.truncated(checksum)
        }
        var pointer = BlockPointer(
            type: template.type, level: template.level, logicalSize: block.logicalSize,
            physicalSize: block.stored.count, compression: block.compression,
            checksumAlgorithm: template.checksum, checksum: checksum, order: template.order,
            addresses: addresses, birth: birth, fill: fill)
        if let protection = block.protection { pointer.protect(protection) }
        return pointer
    }
}
