package import Bytes
package import Codecs
package import Vdevs

/// The code that an encrypted dataset's indirect block carries in the pointer to it: a hash of those below.
///
/// It needs no key, so a scrub can check it. Mirrors `zio_crypt_do_indirect_mac_checksum`
/// (`module/os/linux/zfs/zio_crypt.c`).
package enum PointerCodes {
    /// The format that is written (`ZIO_CRYPT_KEY_CURRENT_VERSION`).
    static let currentVersion: UInt64 = 1

    /// The 16 bytes of the code over an indirect block's plain bytes, in the format of that version.
    package static func compute(
        _ block: [UInt8], _ order: ByteOrder, version: UInt64
    ) throws(CodecError) -> [UInt8] {
        var message: [UInt8] = []
        let raw = block.rawBytes
        for offset in stride(
            from: 0, through: block.count - BlockPointer.byteCount, by: BlockPointer.byteCount)
        {
            do {
                message += try BlockPointer(raw, at: offset, order).portable(version: version)
            } catch {
                throw .authentication("the indirect block is malformed: \(error)")
            }
        }
        return [UInt8](try SHA512.digest(message.rawBytes).prefix(AEAD.codeByteCount))
    }

    /// Whether the code in `pointer` is that of the indirect block; both formats are tried.
    package static func prove(
        _ pointer: BlockPointer, _ block: [UInt8]
    ) throws(CodecError) -> Bool {
        for version in UInt64(0)...1
        where try compute(block, pointer.order, version: version) == pointer.authenticationCode {
            return true
        }
        return false
    }
}
