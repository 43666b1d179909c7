/// What the histogram of a space map can say at most.
///
/// It counts the free runs of the moment when it was last brought up to date. While a metaslab is not loaded, the kernel
/// only adds what is freed to it (`metaslab_sync`, `module/zfs/metaslab.c`), so neighbours are not joined and it need not
/// be that of the free runs. But the runs that it counts are free and never overlap: together they can't pass what is free.
struct HistogramBound {
    /// Log2 of the bytes that bucket 0 counts.
    let shift: UInt8
    /// The bytes of the metaslab that are free.
    let free: UInt64

    /// The bytes that the buckets stand for at least, where those are more than there are; `.max` where they pass 64 bits.
    func flaw(in histogram: [UInt64]) -> UInt64? {
        var total: UInt64 = 0
        for (bucket, count) in histogram.enumerated() where count > 0 {
            let power = UInt64(bucket) + UInt64(shift)
            guard power < 64, count <= .max >> power else { return .max }
            let (sum, overflow) = total.addingReportingOverflow(count << power)
            guard !overflow else { return .max }
            total = sum
        }
        return total > free ? total : nil
    }
}
