import Foundation

/// Where the random tests begin; `ZINSPECT_SEED=N` repeats a run.
package enum Seed {
    /// The seed of this run, printed once, so that a failure can be repeated.
    package static let current: UInt64 = {
        let given = ProcessInfo.processInfo.environment["ZINSPECT_SEED"].flatMap { UInt64($0) }
        let seed = given ?? UInt64.random(in: 0...UInt64.max)
        print("random tests: ZINSPECT_SEED=\(seed)")
        return seed
    }()

    /// Random numbers that depend on the run's seed and on `bytes` alone, not on the order of the tests.
    package static func generator(for bytes: [UInt8] = []) -> SplitMix64 {
        generator(for: bytes, from: current)
    }

    /// The same from another seed than the run's.
    package static func generator(for bytes: [UInt8], from seed: UInt64) -> SplitMix64 {
        var state = seed
        for byte in bytes { state = (state ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
        return SplitMix64(state: state)
    }
}
