/// How far free space is in small pieces: 100 where all is in single sectors, 0 where all is in large runs.
///
/// A weighted mean over the histogram of free runs. Mirrors `metaslab_set_fragmentation` and `zfs_frag_table`
/// (`module/zfs/metaslab.c`) of OpenZFS 2.4; earlier versions used another table.
package enum Fragmentation {
    /// The weight in percent of runs of 512 bytes, 1 KiB, 2 KiB and so on; the last stands for all longer ones.
    package static let weights: [UInt64] = [
        100, 99, 97, 93, 88, 83, 77, 71, 64, 57, 50, 43, 36, 29, 23, 17, 12, 7, 3, 1, 0,
    ]

    /// The fragmentation in percent of free runs counted by their size.
    ///
    /// Bucket i of `histogram` counts runs of `1 << (i + shift)` bytes and more.
    package static func percent(
        histogram: [UInt64], shift: UInt8, weights: [UInt64] = weights
    ) -> UInt64 {
        var total = 0.0
        var weighted = 0.0
        for (bucket, count) in histogram.enumerated() where count > 0 {
            let power = bucket + Int(shift)
            let index = min(max(power - 9, 0), weights.count - 1)
            // Doubles, since the counts of a damaged histogram can be anything.
            var space = Double(count)
            for _ in 0..<power { space *= 2 }
            total += space
            weighted += space * Double(weights[index])
        }
        return total == 0 ? 0 : UInt64(weighted / total)
    }
}
