import Bytes
package import Codecs
import Synchronization

/// A dataset's own keys, unwrapped, and what is decrypted with them.
///
/// Each block names a salt, from which with the master key the block's own key is made; few different salts
/// are in use, so the keys are kept. Mirrors `zio_crypt_key_t` (`include/sys/zio_crypt.h`).
package final class DatasetKey: Sendable {
    /// More salts than a dataset sees between two that are used up (each lasts 400 million blocks).
    private static let cacheLimit = 64

    package let suite: EncryptionSuite
    package let version: UInt64
    package let guid: UInt64
    private let master: SecretBytes
    let hmacKey: SecretBytes
    private let blockKeys = Mutex<[[UInt8]: SecretBytes]>([:])

    /// Unwraps the keys of a key object; nil where the wrapping key does not open it.
    ///
    /// Mirrors `zio_crypt_key_unwrap` (`module/os/linux/zfs/zio_crypt.c`).
    package init?(_ object: KeyObject, wrappingKey: SecretBytes) throws(PoolError) {
        guard let size = object.suite.keyByteCount else {
            throw .damagedKey(object.object, "names \(object.suite), which is no cipher")
        }
        guard wrappingKey.count == KeyDerivation.wrappingKeyByteCount else {
            throw .badKey("a wrapping key has 32 bytes, this one \(wrappingKey.count)")
        }
        var proven = Self.littleEndian(object.guid)
        if object.version > 0 {
            proven += Self.littleEndian(object.suite.rawValue)
            proven += Self.littleEndian(object.version)
        }
        var plain: [UInt8]?
        do {
            plain = try AEAD.open(
                AEAD.Sealed(
                    vector: object.vector, code: object.code, authenticated: proven,
                    payload: object.wrappedMasterKey.prefix(size) + object.wrappedHMACKey),
                // Always with the whole wrapping key, whatever the length of the keys inside.
                object.suite.isCCM ? .aes256CCM : .aes256GCM, key: wrappingKey)
        } catch {
            throw .damagedKey(object.object, "can't be opened: \(error)")
        }
        guard var opened = plain else { return nil }
        plain = nil
        defer { SecretBytes.wipe(&opened) }
        let all = SecretBytes(copying: opened.rawBytes)
        guard let master = all.part(0, size), let hmac = all.part(size, HMACSHA512.byteCount) else {
            return nil
        }
        suite = object.suite
        version = object.version
        guid = object.guid
        self.master = master
        hmacKey = hmac
    }

    /// The key for the blocks of that salt.
    func blockKey(salt: [UInt8]) throws(CodecError) -> SecretBytes {
        if let key = blockKeys.withLock({ $0[salt] }) { return key }
        let key = try KeyDerivation.blockKey(
            master: master, salt: salt, count: suite.keyByteCount ?? 0)
        blockKeys.withLock { keys in
            if keys.count >= Self.cacheLimit { keys.removeAll() }
            keys[salt] = key
        }
        return key
    }

    static func littleEndian(_ word: UInt64) -> [UInt8] {
        (0..<8).map { UInt8(truncatingIfNeeded: word >> UInt64($0 * 8)) }
    }
}
