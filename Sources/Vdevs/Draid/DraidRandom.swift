/// The generator of dRAID permutations, a xoroshiro128++.
///
/// Its numbers are part of the on-disk format. Mirrors `vdev_draid_rand`
/// (`module/zfs/vdev_draid_rand.c`).
struct DraidRandom: Sendable {
    private var low: UInt64
    private var high: UInt64

    /// The half of the state that is the same for all dRAIDs (`VDEV_DRAID_SEED`).
    private static let start: UInt64 = 0xd_7a1d_5eed

    init(seed: UInt64) {
        low = Self.start
        high = seed
    }

    /// A number from 0 up to, but not including, `bound`.
    mutating func next(below bound: Int) -> Int {
        let result = Self.rotate(low &+ high, 17) &+ low
        let mixed = high ^ low
        low = Self.rotate(low, 49) ^ mixed ^ (mixed << 21)
        high = Self.rotate(mixed, 28)
        return Int(result % UInt64(bound))
    }

    private static func rotate(_ word: UInt64, _ count: UInt64) -> UInt64 {
        (word << count) | (word >> (64 - count))
    }
}
