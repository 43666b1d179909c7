import Bytes

/// Skein-512 of version 1.3 with an output of up to 512 bits; ZFS takes 256 and the pool's salt as key.
///
/// Mirrors `module/zfs/skein_zfs.c`.
struct Skein: Sendable, Hashable {
    /// The chaining value after the key and the configuration, where each message begins.
    private let start: SIMD8<UInt64>

    /// What a call of the chaining function is for, as the tweak says it.
    private enum BlockType: UInt64 {
        case key = 0
        case configuration = 4
        case message = 48
        case output = 63
    }

    private static let first: UInt64 = 1 << 62
    private static let final: UInt64 = 1 << 63
    private static let blockCount = 64

    /// - Parameters:
    ///   - outputBits: goes into the configuration, so each length is a hash of its own.
    ///   - key: none for the plain hash.
    init(outputBits: UInt64, key: [UInt8] = []) {
        var value = SIMD8<UInt64>()
        if !key.isEmpty { value = Self.chain(value, .key, key.rawBytes) }
        // "SHA3", version 1; then the output's length; no tree.
        let configuration = SIMD8<UInt64>(0x0000_0001_3341_4853, outputBits, 0, 0, 0, 0, 0, 0)
        start = Threefish512.chain(
            value, tweak: (32, BlockType.configuration.rawValue << 56 | Self.first | Self.final),
            configuration)
    }

    /// The first 256 bits of the digest of `bytes`, its words read in `order`.
    func checksum(_ bytes: RawSpan, _ order: ByteOrder) -> Checksum {
        let words = digest(bytes)
        return Checksum(
            order.native(words[0].littleEndian), order.native(words[1].littleEndian),
            order.native(words[2].littleEndian), order.native(words[3].littleEndian))
    }

    /// The 512 bits of output as eight little-endian words.
    func digest(_ bytes: RawSpan) -> SIMD8<UInt64> {
        let value = Self.chain(start, .message, bytes)
        return Threefish512.chain(
            value, tweak: (8, BlockType.output.rawValue << 56 | Self.first | Self.final), .zero)
    }

    /// Chains all of `bytes`, the last block padded with zeros; no bytes at all make one such block.
    private static func chain(
        _ start: SIMD8<UInt64>, _ type: BlockType, _ bytes: RawSpan
    ) -> SIMD8<UInt64> {
        var value = start
        var flags = type.rawValue << 56 | first
        let whole = max(0, bytes.byteCount - 1) / blockCount
        for index in 0..<whole {
            // Sound: index < whole, so the 64 bytes lie inside the span.
            let block = unsafe bytes.unsafeLoadUnaligned(
                fromUncheckedByteOffset: index * blockCount, as: SIMD8<UInt64>.self)
            let position = UInt64(index + 1) * UInt64(blockCount)
            value = Threefish512.chain(value, tweak: (position, flags), native(block))
            flags &= ~first
        }
        var last = SIMD8<UInt64>()
        for offset in whole * blockCount..<bytes.byteCount {
            // Sound: offset < byteCount.
            let byte = unsafe bytes.unsafeLoad(fromUncheckedByteOffset: offset, as: UInt8.self)
            last[offset % blockCount / 8] |= UInt64(byte) << UInt64(offset % 8 * 8)
        }
        return Threefish512.chain(
            value, tweak: (UInt64(bytes.byteCount), flags | final), last)
    }

    /// Little-endian words as loaded, turned into numbers.
    @inline(__always)
    private static func native(_ words: SIMD8<UInt64>) -> SIMD8<UInt64> {
        guard UInt64(1).littleEndian != 1 else { return words }
        var swapped = words
        for index in swapped.indices { swapped[index] = swapped[index].byteSwapped }
        return swapped
    }
}
