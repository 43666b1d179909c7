import Bytes
import CCrypto

/// Keys made from other keys or from what a person can remember.
package enum KeyDerivation {
    /// The bytes of a wrapping key (`WRAPPING_KEY_LEN`).
    package static let wrappingKeyByteCount = 32

    /// The wrapping key of a passphrase: PBKDF2 with HMAC-SHA-1, salted with the property `pbkdf2salt`.
    ///
    /// Mirrors `derive_key` (`lib/libzfs/libzfs_crypto.c`).
    package static func wrappingKey(
        passphrase: SecretBytes, salt: UInt64, iterations: UInt64
    ) throws(CodecError) -> SecretBytes {
        guard let rounds = Int32(exactly: iterations), rounds > 0 else {
            throw .authentication("\(iterations) is no number of PBKDF2 iterations")
        }
        let saltBytes = (0..<8).map { UInt8(truncatingIfNeeded: salt >> UInt64($0 * 8)) }
        var result: Int32 = 0
        let key = SecretBytes(count: wrappingKeyByteCount) { output in
            passphrase.withBytes { secret in
                result = unsafe secret.withUnsafeBytes { secret in
                    unsafe output.withUnsafeMutableBytes { output in
                        // Sound: each pointer goes with the length of its own buffer.
                        unsafe PKCS5_PBKDF2_HMAC_SHA1(
                            secret.baseAddress?.assumingMemoryBound(to: CChar.self),
                            Int32(secret.count), saltBytes, Int32(saltBytes.count), rounds,
                            Int32(output.count),
                            output.baseAddress?.assumingMemoryBound(to: UInt8.self))
                    }
                }
            }
        }
        guard result == 1 else { throw .unavailable(algorithm: "PBKDF2", "libcrypto refused it") }
        return key
    }

    /// A block's key: HKDF with HMAC-SHA-512 over the master key, with the block's salt as its info.
    ///
    /// `count` is at most 64, so that one round of the expansion does. Mirrors `hkdf_sha512`
    /// (`module/os/linux/zfs/hkdf.c`).
    package static func blockKey(
        master: SecretBytes, salt: [UInt8], count: Int
    ) throws(CodecError) -> SecretBytes {
        precondition((1...64).contains(count), "one round of HKDF gives at most 64 bytes")
        let zeros = SecretBytes(count: 64) { _ in }
        let extracted = try HMACSHA512.compute(key: zeros, secret: master)
        let expanded = try extracted.withBytesOfCode(salt + [1])
        guard let key = expanded.part(0, count) else {
            throw .unavailable(algorithm: "HKDF", "libcrypto gave too few bytes")
        }
        return key
    }
}

extension SecretBytes {
    /// The HMAC of `message` under these bytes, as a secret.
    fileprivate func withBytesOfCode(_ message: [UInt8]) throws(CodecError) -> SecretBytes {
        try HMACSHA512.compute(key: self, secret: SecretBytes(copying: message.rawBytes))
    }
}
