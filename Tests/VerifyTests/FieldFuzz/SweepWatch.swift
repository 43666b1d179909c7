import Foundation

/// How long a look takes, on a machine that does other things besides: the time on the clock, or what the process worked in
/// it where that is less.
struct SweepWatch {
    private let start = ContinuousClock.now
    private let work = clock()

    var time: Duration {
        // POSIX has the clock of a process count in microseconds.
        min(ContinuousClock.now - start, .microseconds(clock() - work))
    }
}
