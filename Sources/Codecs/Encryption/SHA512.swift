import Bytes
import CCrypto

/// The full SHA-512, by which encrypted datasets chain the codes of their blocks.
package enum SHA512 {
    package static let byteCount = 64

    package static func digest(_ bytes: RawSpan) throws(CodecError) -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: byteCount)
        let result = unsafe bytes.withUnsafeBytes { buffer in
            // Sound: the method gives 64 bytes, which the array has.
            unsafe EVP_Digest(buffer.baseAddress, buffer.count, &digest, nil, EVP_sha512(), nil)
        }
        guard result == 1 else {
            throw .unavailable(algorithm: "SHA-512", "libcrypto could not compute it")
        }
        return digest
    }
}
