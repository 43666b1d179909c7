import Bytes
import CCrypto

/// SHA-256 and SHA-512/256 through OpenSSL.
///
/// The method is fetched once for the process, since fetching it costs as much as hashing half a
/// kilobyte does. Mirrors `module/zfs/sha2_zfs.c`.
@safe struct SHA2: @unchecked Sendable {
    static let sha256 = SHA2("SHA256", .sha256)
    static let sha512 = SHA2("SHA512-256", .sha512)

    private let algorithm: ChecksumAlgorithm
    /// Sound to share: OpenSSL counts its references atomically, and nothing changes it.
    private let method: OpaquePointer?

    private init(_ name: String, _ algorithm: ChecksumAlgorithm) {
        self.algorithm = algorithm
        unsafe method = EVP_MD_fetch(nil, name, nil)
    }

    /// The digest of `bytes`, its words read in `order`.
    func checksum(_ bytes: RawSpan, _ order: ByteOrder) throws(CodecError) -> Checksum {
        guard let method = unsafe method else {
            throw .unavailable(algorithm: "\(algorithm)", "libcrypto does not offer it")
        }
        var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
        let result = unsafe bytes.withUnsafeBytes { buffer in
            unsafe withUnsafeMutableBytes(of: &words) { digest in
                // Sound: both methods give exactly 32 bytes, the size of `words`.
                unsafe EVP_Digest(
                    buffer.baseAddress, buffer.count,
                    digest.baseAddress?.assumingMemoryBound(to: UInt8.self), nil, method, nil)
            }
        }
        guard result == 1 else {
            throw .unavailable(algorithm: "\(algorithm)", "libcrypto could not compute it")
        }
        return Checksum(
            order.native(words.0), order.native(words.1), order.native(words.2),
            order.native(words.3))
    }
}
