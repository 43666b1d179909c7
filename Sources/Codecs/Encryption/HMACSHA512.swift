import Bytes
import CCrypto

/// The keyed hash by which encrypted datasets authenticate what they do not encrypt.
package enum HMACSHA512 {
    package static let byteCount = 64

    /// The code of `message`, of which ZFS stores the first 16 or 32 bytes.
    package static func compute(
        key: SecretBytes, _ message: RawSpan
    ) throws(CodecError) -> [UInt8] {
        var code = [UInt8](repeating: 0, count: byteCount)
        let isDone = unsafe code.withUnsafeMutableBytes { output in
            unsafe compute(key, message, into: output)
        }
        guard isDone else { throw .unavailable(algorithm: "HMAC", "libcrypto refused it") }
        return code
    }

    /// The same where message and code are secret.
    static func compute(
        key: SecretBytes, secret message: SecretBytes
    ) throws(CodecError) -> SecretBytes {
        var isDone = false
        let code = SecretBytes(count: byteCount) { output in
            message.withBytes { message in
                isDone = unsafe output.withUnsafeMutableBytes { output in
                    unsafe compute(key, message, into: output)
                }
            }
        }
        guard isDone else { throw .unavailable(algorithm: "HMAC", "libcrypto refused it") }
        return code
    }

    private static func compute(
        _ key: SecretBytes, _ message: RawSpan, into output: UnsafeMutableRawBufferPointer
    ) -> Bool {
        var length: UInt32 = 0
        key.withBytes { key in
            unsafe key.withUnsafeBytes { key in
                unsafe message.withUnsafeBytes { message in
                    // Sound: SHA-512 gives 64 bytes, which the output has room for.
                    _ = unsafe HMAC(
                        EVP_sha512(), key.baseAddress, Int32(key.count),
                        message.baseAddress?.assumingMemoryBound(to: UInt8.self), message.count,
                        output.baseAddress?.assumingMemoryBound(to: UInt8.self), &length)
                }
            }
        }
        return length == 64
    }
}
