import Bytes
import CKernels

/// Four nested sums over a block's 32-bit words: ZFS's default checksum.
///
/// Mirrors `fletcher_4_native` and `fletcher_4_byteswap` (`module/zcommon/zfs_fletcher.c`).
enum Fletcher4 {
    /// The checksum of `bytes` whose words are in `order`; a rest of less than four bytes is left out.
    static func checksum(_ bytes: RawSpan, _ order: ByteOrder) -> Checksum {
        let isForeign = order.native(UInt16(1)) != 1
        var sums: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
        unsafe bytes.withUnsafeBytes { buffer in
            unsafe withUnsafeMutableBytes(of: &sums) { result in
                // Sound: the kernel reads `count` bytes and writes four words.
                unsafe zi_fletcher4(
                    buffer.baseAddress, buffer.count, isForeign,
                    result.baseAddress?.assumingMemoryBound(to: UInt64.self))
            }
        }
        return Checksum(sums.0, sums.1, sums.2, sums.3)
    }
}
