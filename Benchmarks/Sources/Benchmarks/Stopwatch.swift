import Glibc

/// Times work by the processor time of the thread that does it.
enum Stopwatch {
    /// GB/s of `body`, which handles `size` bytes: the best of seven turns of about 64 MiB each.
    static func speed(_ size: Int, _ body: () -> Void) -> Double {
        let repeats = max(1, (64 << 20) / size)
        var best = 0.0
        for _ in 0..<7 {
            let start = nanoseconds()
            for _ in 0..<repeats { body() }
            let took = nanoseconds() - start
            best = max(best, Double(repeats * size) / Double(max(took, 1)))
        }
        return best
    }

    /// Nanoseconds on the clock on the wall.
    static func now() -> UInt64 { nanoseconds(CLOCK_MONOTONIC) }

    private static func nanoseconds(_ clock: clockid_t = CLOCK_THREAD_CPUTIME_ID) -> UInt64 {
        var time = timespec()
        unsafe clock_gettime(clock, &time)
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }
}
