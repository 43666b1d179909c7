import Glibc

/// A moment as the system calls take it.
package struct OutputTime: Sendable, Hashable {
    package let seconds: Int64
    /// 0 to 999,999,999.
    package let nanoseconds: Int64

    package init(seconds: Int64, nanoseconds: Int64) {
        self.seconds = seconds
        self.nanoseconds = nanoseconds
    }

    var system: timespec { timespec(tv_sec: Int(seconds), tv_nsec: Int(nanoseconds)) }
}
