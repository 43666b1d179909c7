import Bytes
import CKernels

/// BLAKE3 with the pool's salt as its key. Mirrors `module/zfs/blake3_zfs.c`.
struct BLAKE3: Sendable, Hashable {
    /// The eight words of the key; of the hash without a key, they are those that SHA-256 begins with.
    private let key: SIMD8<UInt32>
    private let mode: UInt32

    /// Keyed by the pool's salt, 32 bytes.
    init(salt: [UInt8]) {
        var key = SIMD8<UInt32>()
        for (index, byte) in salt.prefix(32).enumerated() {
            key[index / 4] |= UInt32(byte) << UInt32(index % 4 * 8)
        }
        self.key = key
        mode = UInt32(zi_blake3_keyed)
    }

    /// The hash without a key, as its published vectors have it.
    init() {
        key = [
            0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a,
            0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19,
        ]
        mode = UInt32(zi_blake3_hash)
    }

    /// The digest of `bytes`, its words read in `order`.
    func checksum(_ bytes: RawSpan, _ order: ByteOrder) -> Checksum {
        var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
        unsafe withUnsafeBytes(of: key) { key in
            unsafe bytes.withUnsafeBytes { buffer in
                unsafe withUnsafeMutableBytes(of: &words) { digest in
                    // Sound: a key of eight words, `count` bytes, and room for 32 bytes of digest.
                    unsafe zi_blake3(
                        buffer.baseAddress, buffer.count,
                        key.baseAddress?.assumingMemoryBound(to: UInt32.self), mode,
                        digest.baseAddress?.assumingMemoryBound(to: UInt8.self))
                }
            }
        }
        return Checksum(
            order.native(words.0), order.native(words.1), order.native(words.2),
            order.native(words.3))
    }
}
