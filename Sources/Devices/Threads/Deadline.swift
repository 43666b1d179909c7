import Glibc

/// A moment on the monotonic clock, which no change of the time of day moves.
package struct Deadline: Sendable {
    /// Seconds and nanoseconds of `CLOCK_MONOTONIC`.
    let time: timespec

    /// The moment `seconds` from now; anything above ten years counts as ten years.
    package init(secondsFromNow seconds: Double) {
        var now = timespec()
        unsafe clock_gettime(CLOCK_MONOTONIC, &now)
        let bounded = max(0, min(seconds, 315_360_000))
        let whole = Int(bounded)
        let nanoseconds = now.tv_nsec + Int((bounded - Double(whole)) * 1e9)
        time = timespec(
            tv_sec: now.tv_sec + whole + nanoseconds / 1_000_000_000,
            tv_nsec: nanoseconds % 1_000_000_000)
    }
}
