import Bytes

/// Edon-R 512 with the pool's salt fed in first as a whole block.
///
/// This is the hash of the second round of the SHA-3 contest, with the change that XORs the block and
/// the old state into the new one. Mirrors `module/zfs/edonr_zfs.c`.
struct EdonR: Sendable, Hashable {
    /// The double pipe: chaining values of the first and the second row.
    private var first: SIMD8<UInt64>
    private var second: SIMD8<UInt64>
    /// Bytes taken in so far, which the padding tells.
    private var count: UInt64 = 0

    private static let blockCount = 128

    /// The plain hash, as its published vectors have it.
    init() {
        var words = (SIMD8<UInt64>(), SIMD8<UInt64>())
        for index in 0..<8 {
            let low = UInt64(index) * 0x0808_0808_0808_0808
            words.0[index] = 0x8081_8283_8485_8687 + low
            words.1[index] = 0xc0c1_c2c3_c4c5_c6c7 + low
        }
        (first, second) = words
    }

    /// The hash of all that follows the salt, which is stretched to a block by hashing it twice.
    init(salt: [UInt8]) {
        self.init()
        let once = Self().digest(salt.rawBytes)
        let twice = Self().digest(Self.bytes(once).rawBytes)
        absorb(once, twice)
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
        var state = self
        let whole = bytes.byteCount / Self.blockCount
        for index in 0..<whole {
            // Sound: index < whole, so both halves of the block lie inside the span.
            let low = unsafe bytes.unsafeLoadUnaligned(
                fromUncheckedByteOffset: index * Self.blockCount, as: SIMD8<UInt64>.self)
            let high = unsafe bytes.unsafeLoadUnaligned(
                fromUncheckedByteOffset: index * Self.blockCount + 64, as: SIMD8<UInt64>.self)
            state.absorb(Self.native(low), Self.native(high))
        }
        state.finish(bytes.extracting(whole * Self.blockCount..<bytes.byteCount))
        return state.second
    }

    /// Takes in the rest, a one bit, zeros, and the length in bits as the last word of a block.
    private mutating func finish(_ rest: RawSpan) {
        let bits = (count + UInt64(rest.byteCount)) * 8
        var words = (SIMD8<UInt64>(), SIMD8<UInt64>())
        func put(_ byte: UInt8, at offset: Int) {
            let value = UInt64(byte) << UInt64(offset % 8 * 8)
            if offset < 64 {
                words.0[offset / 8] |= value
            } else {
                words.1[offset / 8 - 8] |= value
            }
        }
        for offset in 0..<rest.byteCount {
            // Sound: offset < byteCount.
            put(
                unsafe rest.unsafeLoad(fromUncheckedByteOffset: offset, as: UInt8.self), at: offset)
        }
        put(0x80, at: rest.byteCount)
        if rest.byteCount >= Self.blockCount - 8 {
            absorb(words.0, words.1)
            words = (SIMD8(), SIMD8())
        }
        words.1[7] = bits
        absorb(words.0, words.1)
    }

    /// Takes in one block, given as its two halves.
    private mutating func absorb(_ low: SIMD8<UInt64>, _ high: SIMD8<UInt64>) {
        let (d0, d1) = (Quasigroup.Words(low), Quasigroup.Words(high))
        var p = Quasigroup.multiply(d1.reversed, d0)
        var q = Quasigroup.multiply(p, d1)
        p = Quasigroup.multiply(Quasigroup.Words(second), p)
        q = Quasigroup.multiply(p, q)
        p = Quasigroup.multiply(p, Quasigroup.Words(first))
        q = Quasigroup.multiply(q, p)
        p = Quasigroup.multiply(d0.reversed, p)
        q = Quasigroup.multiply(p, q)
        first ^= high ^ p.simd
        second ^= low ^ q.simd
        count += UInt64(Self.blockCount)
    }

    /// Little-endian words as loaded, turned into numbers.
    @inline(__always)
    private static func native(_ words: SIMD8<UInt64>) -> SIMD8<UInt64> {
        guard UInt64(1).littleEndian != 1 else { return words }
        var swapped = words
        for index in swapped.indices { swapped[index] = swapped[index].byteSwapped }
        return swapped
    }

    private static func bytes(_ words: SIMD8<UInt64>) -> [UInt8] {
        (0..<64).map { UInt8(truncatingIfNeeded: words[$0 / 8] >> UInt64($0 % 8 * 8)) }
    }
}
