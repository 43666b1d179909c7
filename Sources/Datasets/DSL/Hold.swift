package import Bytes

/// A user's hold on a snapshot, which keeps it from being destroyed.
package struct Hold: Sendable, Hashable {
    package let tag: String
    /// When it was taken, in seconds since 1970.
    package let time: UInt64

    package var record: Record { Record(["tag": .text(tag), "time": .time(time)]) }
}
