/// Some bits of a 64-bit word, in the manner of ZFS's `BF64_GET` (`include/sys/bitops.h`).
///
/// Inlinable throughout, so that a constant one costs a shift and a mask.
@usableFromInline
@frozen package struct BitField: Sendable, Hashable {
    /// The lowest bit, 0 to 63.
    @usableFromInline package let low: Int
    /// How many bits, 1 to 64 - `low`.
    @usableFromInline package let count: Int

    @inlinable @inline(__always)
    package init(low: Int, count: Int) {
        precondition(low >= 0 && count >= 1 && low + count <= 64, "a bit field outside its word")
        self.low = low
        self.count = count
    }

    @inlinable @inline(__always)
    var mask: UInt64 { count == 64 ? .max : (1 << UInt64(count)) - 1 }

    @inlinable @inline(__always)
    package func read(_ word: UInt64) -> UInt64 { (word >> UInt64(low)) & mask }

    /// `word` with these bits replaced by the low bits of `value`.
    @inlinable @inline(__always)
    package func write(_ value: UInt64, into word: UInt64) -> UInt64 {
        (word & ~(mask << UInt64(low))) | ((value & mask) << UInt64(low))
    }
}
