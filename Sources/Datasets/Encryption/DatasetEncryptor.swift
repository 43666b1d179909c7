package import Blocks
package import Codecs
import Vdevs

/// Encrypts and proves what is written to a dataset, as one session of ZFS with its key does: with a salt of its own, and for
/// each block a vector that nobody has used before.
///
/// Mirrors `zio_encrypt` (`module/zfs/zio.c`) with `spa_do_crypt_abd` (`module/zfs/dsl_crypt.c`).
package struct DatasetEncryptor: BlockEncryptor {
    package let key: DatasetKey
    private let salt: [UInt8]

    package init(_ key: DatasetKey) {
        self.key = key
        salt = Self.random(8)
    }

    /// Bytes of the system's generator (`random_get_pseudo_bytes`).
    private static func random(_ count: Int) -> [UInt8] {
        var generator = SystemRandomNumberGenerator()
        return (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
    }

    package func protect(
        _ block: PackedBlock, plain: [UInt8], _ template: BlockTemplate
    ) throws(CodecError) -> PackedBlock {
        if template.level > 0 {
            // Whatever the version of the key, new codes are of the current format.
            let code = try PointerCodes.compute(
                plain, template.order, version: PointerCodes.currentVersion)
            return block.protected(.authenticated(code: code))
        }
        if template.type == .objectSet { return block.protected(.header) }
        guard template.type.isEncrypted else {
            return block.protected(.authenticated(code: try key.code(of: block.stored)))
        }
        let vector = Self.random(AEAD.vectorByteCount)
        let sealed = try key.encrypt(
            block.stored, template.type, template.order, salt: salt, vector: vector)
        return block.protected(
            .encrypted(salt: salt, vector: vector, code: sealed.code), stored: sealed.bytes)
    }
}

extension PackedBlock {
    fileprivate func protected(
        _ protection: BlockProtection, stored bytes: [UInt8]? = nil
    ) -> PackedBlock {
        PackedBlock(
            stored: bytes ?? stored, compression: compression, logicalSize: logicalSize,
            protection: protection)
    }
}
