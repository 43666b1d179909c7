import Bytes

/// Two nested sums over each of two interleaved streams of 64-bit words.
///
/// Mirrors `fletcher_2_native` and `fletcher_2_byteswap` (`module/zcommon/zfs_fletcher.c`).
enum Fletcher2 {
    /// The checksum of `bytes` whose words are in `order`; a rest of less than 16 bytes is left out.
    ///
    /// The first two words of the result are the simple sums of the even and the odd words, the last
    /// two the sums of those sums.
    static func checksum(_ bytes: RawSpan, _ order: ByteOrder) -> Checksum {
        switch order {
        case .little: sum(bytes) { UInt64(littleEndian: $0) }
        case .big: sum(bytes) { UInt64(bigEndian: $0) }
        }
    }

    @inline(__always)
    private static func sum(_ bytes: RawSpan, _ native: (UInt64) -> UInt64) -> Checksum {
        var sums = Checksum.zero
        for pair in 0..<bytes.byteCount / 16 {
            // Sound: pair * 16 + 16 <= byteCount, so both words lie inside the span.
            let even = unsafe bytes.unsafeLoadUnaligned(
                fromUncheckedByteOffset: pair * 16, as: UInt64.self)
            let odd = unsafe bytes.unsafeLoadUnaligned(
                fromUncheckedByteOffset: pair * 16 + 8, as: UInt64.self)
            sums.word0 &+= native(even)
            sums.word1 &+= native(odd)
            sums.word2 &+= sums.word0
            sums.word3 &+= sums.word1
        }
        return sums
    }
}
